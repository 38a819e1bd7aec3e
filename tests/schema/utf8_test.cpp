// Any bytes become UTF-8, and what is UTF-8 stays as it is.
#include "schema/utf8.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace broadsheet {
namespace {

constexpr const char* kMark = "\xEF\xBF\xBD";

TEST(is_utf8, takes_characters_of_every_length) {
  for (const char* text : {"",
                           "plain",
                           "\xC2\x80",
                           "\xDF\xBF",
                           "\xE0\xA0\x80",
                           "\xED\x9F\xBF",
                           "\xEE\x80\x80",
                           "\xEF\xBF\xBF",
                           "\xF0\x90\x80\x80",
                           "\xF4\x8F\xBF\xBF",
                           "twelve ascii bytes and \xE2\x82\xAC"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
    EXPECT_EQ(repair_utf8(text), text);
  }
}

TEST(utf8_length, is_none_where_no_character_begins) {
  EXPECT_EQ(utf8_length("a\xE2\x82\xAC", 0), 1U);
  EXPECT_EQ(utf8_length("a\xE2\x82\xAC", 1), 3U);
  EXPECT_EQ(utf8_length("a\xE2\x82\xAC", 2), 0U);
  EXPECT_EQ(utf8_length("a\xE2\x82", 1), 0U);
  EXPECT_EQ(utf8_length(std::string_view("\0", 1), 0), 1U);
}

struct BadBytes {
  const char* name;
  std::string bytes;
  std::string repaired;
};

class IllFormed : public testing::TestWithParam<BadBytes> {};

TEST_P(IllFormed, bytes_become_replacement_characters) {
  EXPECT_FALSE(is_utf8(GetParam().bytes));
  EXPECT_EQ(repair_utf8(GetParam().bytes), GetParam().repaired);
  EXPECT_TRUE(is_utf8(repair_utf8(GetParam().bytes)));
}

const std::string mark = kMark;

INSTANTIATE_TEST_SUITE_P(
    all,
    IllFormed,
    testing::Values(BadBytes{"latin_1", "caf\xE9 au lait", "caf" + mark + " au lait"},
                    BadBytes{"lone_continuation", "a\x80z", "a" + mark + "z"},
                    BadBytes{"overlong", "\xC0\xAF", mark + mark},
                    BadBytes{"overlong_three", "\xE0\x80\xAF", mark + mark + mark},
                    BadBytes{"surrogate", "\xED\xA0\x80", mark + mark + mark},
                    BadBytes{"beyond_unicode", "\xF4\x90\x80\x80", mark + mark + mark + mark},
                    BadBytes{"cut_at_the_end", "a\xE2\x82", "a" + mark},
                    BadBytes{"cut_in_the_middle", "\xE2\x82z", mark + "z"},
                    BadBytes{"cut_long", "\xF0\x9F\x98 x", mark + " x"},
                    BadBytes{"ff", "\xFF\xFE", mark + mark}),
    [](const auto& given) { return std::string(given.param.name); });

}  // namespace
}  // namespace broadsheet
