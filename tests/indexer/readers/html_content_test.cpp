// One page a rule. How well they work together is measured in html_measure_test.cpp.
#include "indexer/readers/html_content.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kFirst =
    "The port said on Monday that the ferry would sail again, nine winters after she failed.";
const std::string kSecond =
    "“She was never scrapped, whatever people told you,” said the keeper of the berth, smiling.";
const std::string kTwo = "<p>" + kFirst + "</p><p>" + kSecond + "</p>";

std::string text(const std::string& body, std::string_view title = "") {
  const auto page = XmlDocument::parse_html("<body>" + body).value();
  return main_text(lay_out(page.root()), title);
}

TEST(main_text, is_the_paragraphs_split_by_blank_lines) {
  EXPECT_EQ(text("<div>" + kTwo + "</div>"), kFirst + "\n\n" + kSecond);
}

TEST(main_text, leaves_out_links_around_it) {
  EXPECT_EQ(text("<ul><li><a>News</a><li><a>Sport</a></ul><div>" + kTwo +
                 "<ul><li><a>Bridge tolls to rise in April</a></ul></div><div>Terms</div>"),
            kFirst + "\n\n" + kSecond);
}

TEST(main_text, leaves_out_boxes_named_as_something_else) {
  EXPECT_EQ(text("<div>" + kTwo +
                 "<div class=newsletter><p>Sign up for our letter, and get it "
                 "every day before breakfast.</p></div></div>"),
            kFirst + "\n\n" + kSecond);
}

TEST(main_text, does_not_believe_a_name_that_holds_all_the_prose) {
  EXPECT_EQ(text("<div class=sidebar>" + kTwo + "</div><div>Short.</div>"),
            kFirst + "\n\n" + kSecond);
}

TEST(main_text, leaves_out_teasers_of_other_articles) {
  EXPECT_THAT(text("<div>" + kTwo + kTwo +
                   "<div><h3><a>Gulls blamed</a></h3><p>Three sacks of "
                   "letters have gone since the new year, and nobody saw who took them.</p></div>"),
              Not(HasSubstr("sacks")));
}

TEST(main_text, begins_behind_the_title_even_where_that_stands_above) {
  const std::string lead =
      "Nine winters after her engine failed in mid-stream, the Heron is to sail again on Monday.";
  EXPECT_EQ(
      text("<h1>Ferry returns</h1><p>" + lead + "</p><div itemprop=articleBody>" + kTwo + "</div>",
           "Ferry returns"),
      lead + "\n\n" + kFirst + "\n\n" + kSecond);
  EXPECT_EQ(text("<div><p>Written by our own correspondent.</p><h2>Ferry returns</h2>" + kTwo,
                 "Ferry returns"),
            kFirst + "\n\n" + kSecond);
}

TEST(main_text, keeps_headings_that_something_follows) {
  EXPECT_EQ(text("<div><p>" + kFirst + "</p><h2>The keeper</h2><p>" + kSecond +
                 "</p><h2>Share this</h2></div>"),
            kFirst + "\n\nThe keeper\n\n" + kSecond);
}

TEST(main_text, keeps_a_paragraph_that_is_half_a_link) {
  const std::string half =
      "It is to cross twice an hour between seven and seven, <a>according to "
      "the timetable that the port put out on Thursday morning</a>.";
  EXPECT_THAT(text("<div>" + kTwo + "<p>" + half + "</p></div>"), HasSubstr("timetable"));
}

TEST(main_text, reads_scripts_without_latin_sentences) {
  const std::string chinese = "港口周一表示，渡轮将在九个冬天之后再次启航，连接两岸的居民。";
  EXPECT_EQ(text("<div><a>首页</a></div><div><p>" + chinese + "</p></div>"), chinese);
}

TEST(main_text, a_page_without_text_has_none) {
  EXPECT_EQ(text("<div id=app></div>"), "");
}

}  // namespace
}  // namespace broadsheet::indexer
