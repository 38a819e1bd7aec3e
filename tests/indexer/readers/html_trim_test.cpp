// What is left of a page before the tree is built.
#include "indexer/readers/html_trim.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

struct Example {
  const char* page;
  const char* trimmed;
};

class TrimHtml : public testing::TestWithParam<Example> {};

TEST_P(TrimHtml, keeps_what_tells_something) {
  EXPECT_EQ(trim_html(GetParam().page), GetParam().trimmed);
}

INSTANTIATE_TEST_SUITE_P(
    trim_html,
    TrimHtml,
    testing::Values(Example{"<P Class=a onclick='x()'>b</P >", "<p class=\"a\">b</p>"},
                    Example{"a<!-- <p> -->b<!-->c<!--", "abc"},
                    Example{"<script>if (a<b) '</p>'</SCRIPT >x", "x"},
                    Example{"<style>p{}</style><svg><path d=''/></svg>x", "x"},
                    Example{"<script type=application/ld+json>{\"a\":\"<b>\"}</script>",
                            "<script type=\"application/ld+json\">{\"a\":\"<b>\"}</script>"},
                    Example{"<script>never closed <p>x", ""},
                    Example{"3 < 4 <3 <", "3 &lt; 4 &lt;3 &lt;"},
                    Example{"<a href='say \"x\"' href=second>", "<a href=\"say &quot;x&quot;\">"},
                    Example{"<a href=x/y>z", "<a href=\"x/y\">z"},
                    Example{"<time datetime = '2020' pubdate/>",
                            "<time datetime=\"2020\" pubdate=\"\">"},
                    Example{"<meta content=\"a > b\">", "<meta content=\"a > b\">"},
                    Example{"<!DOCTYPE html><?php x ?></>y", "y"},
                    Example{"<a href=\"never closed>", "<a href=\"never closed>\">"}));

TEST(trim_html, long_values_are_cut_between_characters) {
  std::string value;
  while (value.size() < 10'000)
    value += "é";
  const std::string trimmed = trim_html("<meta content=' " + value + "'>");
  EXPECT_LT(trimmed.size(), 9'000U);
  EXPECT_TRUE(trimmed.ends_with("é\">"));
}

}  // namespace
}  // namespace broadsheet::indexer
