// What classes, ids and roles are taken to say.
#include "indexer/readers/html_hints.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

struct Example {
  const char* tag;
  HtmlHint hint;
};

class HintOf : public testing::TestWithParam<Example> {};

TEST_P(HintOf, goes_by_words_not_by_parts_of_words) {
  const auto page = XmlDocument::parse_html(std::string("<body>") + GetParam().tag + "x").value();
  EXPECT_EQ(hint_of(page.root().child("body").first()), GetParam().hint) << GetParam().tag;
}

INSTANTIATE_TEST_SUITE_P(hint_of,
                         HintOf,
                         testing::Values(Example{"<div>", HtmlHint::none},
                                         Example{"<nav>", HtmlHint::foreign},
                                         Example{"<aside>", HtmlHint::beside},
                                         Example{"<div hidden>", HtmlHint::beside},
                                         Example{"<div style='display: none'>", HtmlHint::beside},
                                         Example{"<div role=banner>", HtmlHint::beside},
                                         Example{"<div class=share-bar>", HtmlHint::beside},
                                         Example{"<div class=shareholders>", HtmlHint::none},
                                         Example{"<div class=relatedStories>", HtmlHint::beside},
                                         Example{"<div id=comments>", HtmlHint::foreign},
                                         Example{"<div class='no-comments'>", HtmlHint::none},
                                         Example{"<div class=has-sidebar>", HtmlHint::none},
                                         Example{"<div class='article modal-enabled'>",
                                                 HtmlHint::none},
                                         Example{"<div class=entry-content>", HtmlHint::content},
                                         Example{"<div itemprop=articleBody>", HtmlHint::content},
                                         Example{"<div class=social-embed>", HtmlHint::content}));

}  // namespace
}  // namespace broadsheet::indexer
