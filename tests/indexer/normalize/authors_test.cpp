// A byline is split into the people it names.
#include "indexer/normalize/authors.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

using Names = std::vector<std::string>;

struct Byline {
  const char* name;
  std::string text;
  Names names;
};

class SplitByline : public testing::TestWithParam<Byline> {};

TEST_P(SplitByline, gives_names) {
  EXPECT_EQ(split_byline(GetParam().text), GetParam().names);
}

INSTANTIATE_TEST_SUITE_P(
    all,
    SplitByline,
    testing::Values(
        Byline{"empty", "", {}},
        Byline{"one", "Ana One", {"Ana One"}},
        Byline{"commas", "Ana One, Ben Two,Cy Three", {"Ana One", "Ben Two", "Cy Three"}},
        Byline{"semicolons", "One, Ana; Two", {"One", "Ana", "Two"}},
        Byline{"and", "Ana One and Ben Two", {"Ana One", "Ben Two"}},
        Byline{"and_in_capitals", "ANA ONE AND BEN TWO", {"ANA ONE", "BEN TWO"}},
        Byline{"comma_and", "Ana One, Ben Two, and Cy Three", {"Ana One", "Ben Two", "Cy Three"}},
        Byline{"and_twice", "Ana and and Ben", {"Ana", "Ben"}},
        Byline{"and_at_the_ends", "and Ana and", {"Ana"}},
        Byline{"and_within_names", "Andy Sandler", {"Andy Sandler"}},
        Byline{"by", "By Ana One", {"Ana One"}},
        Byline{"by_within_names", "Bynum Abbey", {"Bynum Abbey"}},
        Byline{"junior", "Tom Howell, Jr., Ana One", {"Tom Howell, Jr.", "Ana One"}},
        Byline{"same_twice", "Ana, Ben, Ana", {"Ana", "Ben", "Ana"}},
        Byline{"only_marks", " , ;, and ", {}}),
    [](const auto& given) { return std::string(given.param.name); });

TEST(split_byline, takes_linear_time) {
  std::string text;
  while (text.size() < 64U * 1024)
    text += "a and b, ";
  EXPECT_EQ(split_byline(text).size(), 14'564U);
}

}  // namespace
}  // namespace broadsheet::indexer
