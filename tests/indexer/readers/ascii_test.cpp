// White space and letters, of ASCII alone.
#include "indexer/readers/ascii.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

TEST(ascii, puts_white_space_in_order) {
  EXPECT_EQ(one_line(" \t a\r\n\v\fb  c\n"), "a b c");
  EXPECT_EQ(one_line(" \n"), "");
  EXPECT_EQ(one_line("\xC3\xA9\xC2\xA0x"), "\xC3\xA9\xC2\xA0x");
}

TEST(ascii, takes_white_space_off_the_ends) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
}

TEST(ascii, lowers_letters_of_ascii_alone) {
  EXPECT_EQ(lower_case("A-Z[@\xC3\x89"), "a-z[@\xC3\x89");
}

}  // namespace
}  // namespace broadsheet::indexer
