// Dates are read as they are told, and doubted when they cannot be.
#include "indexer/normalize/dates.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

const std::int64_t kNow = seconds_of({2025, 6, 18}) + 9 * 3600;

TEST(read_publication_date, reads_times_days_and_numbers) {
  EXPECT_EQ(read_publication_date("2025-04-18T10:00:00+09:00", kNow)->seconds, 1744938000);
  EXPECT_EQ(read_publication_date(" 2025-04-18 \n", kNow)->precision, Precision::day);
  EXPECT_EQ(read_publication_date("1744938000", kNow)->seconds, 1744938000);
  EXPECT_EQ(read_publication_date("1744938000123", kNow)->seconds, 1744938000);
}

TEST(read_publication_date, gives_nothing_for_what_cannot_be) {
  for (const char* text : {"",
                           "soon",
                           "0001-11-30",
                           "0001-01-01T00:00:00Z",
                           "1599-12-31",
                           "2025-06-21",
                           "9999-12-31",
                           "2025-02-30",
                           "5",
                           "17449380001234567890",
                           "-1744938000"}) {
    EXPECT_FALSE(read_publication_date(text, kNow)) << text;
  }
}

TEST(read_publication_date, allows_two_days_ahead) {
  EXPECT_TRUE(read_publication_date("2025-06-20T09:00:00Z", kNow));
  EXPECT_FALSE(read_publication_date("2025-06-20T09:00:01Z", kNow));
  EXPECT_TRUE(read_publication_date("1600-01-01", kNow));
}

TEST(read_instant, may_lie_in_the_future) {
  EXPECT_EQ(read_instant("2035-01-01"), seconds_of({2035, 1, 1}));
  EXPECT_FALSE(read_instant("later"));
}

}  // namespace
}  // namespace broadsheet::indexer
