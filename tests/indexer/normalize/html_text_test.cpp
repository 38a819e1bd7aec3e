// HTML becomes the text a reader sees, in linear time whatever it looks like.
#include "indexer/normalize/html_text.h"

#include <gtest/gtest.h>

#include "indexer/normalize/text.h"

namespace broadsheet::indexer {
namespace {

struct HtmlCase {
  const char* name;
  std::string html;
  std::string text;
};

class Html : public testing::TestWithParam<HtmlCase> {};

TEST_P(Html, becomes_text) {
  EXPECT_EQ(clean_paragraphs(html_to_text(GetParam().html)).text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    all,
    Html,
    testing::Values(
        HtmlCase{"plain", "no tags at all", "no tags at all"},
        HtmlCase{"paragraphs", "<p>One <b>bold</b> word.</p><p>Two.</p>", "One bold word.\n\nTwo."},
        HtmlCase{"upper_case", "<P>One</P><DIV>Two</DIV>", "One\n\nTwo"},
        HtmlCase{"line_break", "one<br>two<br/>three", "one\ntwo\nthree"},
        HtmlCase{"source_lines_are_blanks", "<p>one\ntwo\r\n  three</p>", "one two three"},
        HtmlCase{"list", "<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"},
        HtmlCase{
            "table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"},
        HtmlCase{"inline_tags_join", "un<i>break</i>able", "unbreakable"},
        HtmlCase{"script", "a<script>if (a<b) alert('</p>')</script>b", "ab"},
        HtmlCase{"script_in_capitals", "a<SCRIPT>x</Script >b", "ab"},
        HtmlCase{"style", "<style>p { color: red }</style>text", "text"},
        HtmlCase{"script_without_end", "a<script>b", "a"},
        HtmlCase{"svg_without_end", "a<svg>b", "ab"},
        HtmlCase{"self_closed_frame", "a<iframe src=x/>b", "ab"},
        HtmlCase{"head", "<html><head><title>T</title></head><body>B</body></html>", "B"},
        HtmlCase{"header_is_no_head",
                 "<head></head><p>a</p><head><header>b</header>c</head>d",
                 "a\n\nd"},
        HtmlCase{"head_without_end", "<head><title>T</title><BODY class=x>B", "B"},
        HtmlCase{"head_ended_by_its_own_tag", "<head><header>x</header></head>b", "b"},
        HtmlCase{"cdata_without_end", "<![CDATA[a < b", "a < b"},
        HtmlCase{"cdata_empty", "a<![CDATA[]]>b", "ab"},
        HtmlCase{"comment", "a<!-- <p>hidden</p> -->b", "ab"},
        HtmlCase{"comment_without_end", "a<!-- b", "a"},
        HtmlCase{"cdata", "<![CDATA[a < b]]> c", "a < b c"},
        HtmlCase{"declaration", "<!DOCTYPE html><?xml version='1.0'?>a", "a"},
        HtmlCase{"greater_in_attribute", "<a title=\"x > y\" href='>'>link</a>", "link"},
        HtmlCase{"quote_without_end", "<a href=\"x>link</a> more", "link more"},
        HtmlCase{"tag_without_end", "text <a href=x", "text"},
        HtmlCase{"not_a_tag", "2 < 3 and <3 <", "2 < 3 and <3 <"},
        HtmlCase{"named",
                 "Caf&eacute; &amp; Bar &ndash; 5&nbsp;&euro;",
                 "Caf\xC3\xA9 & Bar \xE2\x80\x93 5 \xE2\x82\xAC"},
        HtmlCase{"numbered", "&#8217;&#x2019;&#X2019;", "\xE2\x80\x99\xE2\x80\x99\xE2\x80\x99"},
        HtmlCase{"numbered_by_windows", "&#146;", "\xE2\x80\x99"},
        HtmlCase{"escaped_tags_are_text", "&lt;p&gt;", "<p>"},
        HtmlCase{"no_reference",
                 "AT&T &unknown; &; &#; &#xZZ; &amp",
                 "AT&T &unknown; &; &#; &#xZZ; &amp"},
        HtmlCase{"impossible_number",
                 "a&#0;b&#xFFFFFFF;",
                 "a\xEF\xBF\xBD"
                 "b\xEF\xBF\xBD"}),
    [](const auto& given) { return std::string(given.param.name); });

// Each of these makes a scanner that searches again and again take the square of the length.
TEST(html_to_text, takes_linear_time_on_hostile_input) {
  for (const std::string piece : {"<a href=\"",
                                  "<svg>",
                                  "<!--",
                                  "<",
                                  "&",
                                  "<a href='x' title=\"",
                                  "</",
                                  "<div>",
                                  "<iframe>",
                                  "<![CDATA["}) {
    std::string html;
    while (html.size() < (std::size_t{4} << 20U))
      html += piece;
    EXPECT_LE(html_to_text(html).size(), html.size() * 2) << piece;
  }
}

}  // namespace
}  // namespace broadsheet::indexer
