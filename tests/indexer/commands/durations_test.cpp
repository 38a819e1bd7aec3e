// Durations as users write them.
#include "indexer/commands/durations.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

using std::chrono::seconds;

TEST(parse_duration, reads_a_number_and_its_unit) {
  EXPECT_EQ(parse_duration("90s").value(), seconds(90));
  EXPECT_EQ(parse_duration("15m").value(), seconds(900));
  EXPECT_EQ(parse_duration("2h").value(), seconds(7200));
  EXPECT_EQ(parse_duration("1d").value(), seconds(86'400));
  for (const char* text : {"", "m", "15", "-1m", "1.5h", "1 h", "1w", "9999999999s", "1hm"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(format_duration, says_it_in_the_largest_whole_unit) {
  for (const char* text : {"90s", "15m", "25h", "2d"})
    EXPECT_EQ(format_duration(parse_duration(text).value()), text);
  EXPECT_EQ(format_duration(seconds(7200)), "2h");
  EXPECT_EQ(format_duration(seconds(0)), "0s");
}

}  // namespace
}  // namespace broadsheet::indexer
