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

std::string range(const char* text) {
  const auto read = read_instants(text);
  if (!read) return "nothing";
  const std::string earliest = format_utc(read->earliest);
  return read->earliest == read->latest ? earliest : earliest + " " + format_utc(read->latest);
}

TEST(read_instants, are_one_where_nothing_is_left_open) {
  EXPECT_EQ(range("2035-01-02T10:00:00+09:00"), "2035-01-02T01:00:00Z");
  EXPECT_EQ(range("2035-01-02 10:00Z"), "2035-01-02T10:00:00Z");
  EXPECT_EQ(range("20350102T100000-0500"), "2035-01-02T15:00:00Z");
  EXPECT_EQ(range("Tue, 02 Jan 2035 10:00:00 GMT"), "2035-01-02T10:00:00Z");
  EXPECT_EQ(range("2 January 2035 10:00 CET"), "2035-01-02T09:00:00Z");
  EXPECT_EQ(range("2051222400"), "2035-01-01T00:00:00Z");
}

TEST(read_instants, allow_for_every_zone_where_none_is_sure) {
  constexpr const char* kAnywhere = "2035-01-01T20:00:00Z 2035-01-02T22:00:00Z";
  EXPECT_EQ(range("2035-01-02T10:00:00"), kAnywhere);
  EXPECT_EQ(range("2 Jan 2035 10:00:00"), kAnywhere);
  EXPECT_EQ(range("2 Jan 2035 10:00:00 XYZ"), kAnywhere);
  EXPECT_EQ(range("2 Jan 2035 10:00:00 IST"), kAnywhere);  // India's, Israel's or Ireland's
}

TEST(read_instants, span_what_a_date_without_a_time_may_mean) {
  constexpr const char* kDay = "2035-01-01T10:00:00Z 2035-01-03T12:00:00Z";
  EXPECT_EQ(range("2035-01-02"), kDay);
  EXPECT_EQ(range("20350102"), kDay);
  EXPECT_EQ(range("January 2, 2035"), kDay);
  EXPECT_EQ(range("2035-01"), "2034-12-31T10:00:00Z 2035-02-01T12:00:00Z");
  EXPECT_EQ(range("2035-W01"), "2034-12-31T10:00:00Z 2035-01-08T12:00:00Z");
  EXPECT_EQ(range("2036"), "2035-12-31T10:00:00Z 2037-01-01T12:00:00Z");
}

TEST(read_instants, are_nothing_where_only_custom_tells_what_is_meant) {
  for (const char* text : {"", "later", "6.7.2035", "6/7/2035", "2 Jan 35 10:00 GMT", "201506"})
    EXPECT_EQ(range(text), "nothing") << text;
  EXPECT_NE(range("13.7.2035 10:00"), "nothing");
}

}  // namespace
}  // namespace broadsheet::indexer
