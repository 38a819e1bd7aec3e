// Times are read as sources write them, kept with zone and precision, and written back the same.
#include "schema/time.h"

#include <gtest/gtest.h>

namespace broadsheet {
namespace {

struct TimeCase {
  const char* text;
  std::int64_t seconds;
  int offset_minutes;
  Precision precision;
};

class Readable : public testing::TestWithParam<TimeCase> {};

TEST_P(Readable, time_is_read) {
  const TimeCase& expected = GetParam();
  const auto time = parse_timestamp(expected.text);
  ASSERT_TRUE(time) << expected.text;
  EXPECT_EQ(time->seconds, expected.seconds) << expected.text;
  EXPECT_EQ(time->offset_minutes, expected.offset_minutes) << expected.text;
  EXPECT_EQ(time->precision, expected.precision) << expected.text;
}

INSTANTIATE_TEST_SUITE_P(
    all,
    Readable,
    testing::Values(TimeCase{"1970-01-01T00:00:00Z", 0, 0, Precision::second},
                    TimeCase{"2025-04-18T10:00:00+09:00", 1744938000, 540, Precision::second},
                    TimeCase{"2025-04-18 10:00:00+0900", 1744938000, 540, Precision::second},
                    TimeCase{"2025-04-18T10:00+09", 1744938000, 540, Precision::minute},
                    TimeCase{
                        "2025-04-18T10:00:00.123456-05:30", 1744990200, -330, Precision::second},
                    TimeCase{"2025-04-18t10:00:00z", 1744970400, 0, Precision::second},
                    TimeCase{"2025-04-18T10:00:00", 1744970400, 0, Precision::second},
                    TimeCase{"2016-12-31T23:59:60Z", 1483228799, 0, Precision::second},
                    TimeCase{"2025-04-18", 1744934400, 0, Precision::day},
                    TimeCase{"1601-01-01", -11644473600, 0, Precision::day},
                    TimeCase{"0001-11-30", -62106825600, 0, Precision::day},
                    TimeCase{"2024-02-29", 1709164800, 0, Precision::day}));

TEST(parse_timestamp, gives_nothing_for_what_is_no_time) {
  for (const char* text : {"",
                           "yesterday",
                           "2025-02-29",
                           "2025-13-01",
                           "2025-00-10",
                           "0000-01-01",
                           "2025-04-18T25:00:00Z",
                           "2025-04-18T10:60:00Z",
                           "2025-04-18T10:00:00+19:00",
                           "2025-04-18T10:00:00Zulu",
                           "2025-04-18T",
                           "25-04-18",
                           "2025-04-18x",
                           "12025-04-18",
                           "2025-4-18"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
}

TEST(format_timestamp, writes_what_was_read) {
  for (const char* text : {"2025-04-18T10:00:00+09:00",
                           "2025-04-18T10:00:00Z",
                           "2025-04-18T23:30:00-11:30",
                           "1926-01-01T00:00:00Z",
                           "2025-04-18"}) {
    const auto time = parse_timestamp(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(format_timestamp(*time), text);
  }
}

TEST(format_clock, is_the_local_time_and_empty_for_a_day) {
  EXPECT_EQ(format_clock(*parse_timestamp("2025-04-18T10:05:59+09:00")), "10:05");
  EXPECT_EQ(format_clock(*parse_timestamp("2025-04-18")), "");
}

TEST(format_utc_basic, has_no_marks_between_numbers) {
  EXPECT_EQ(format_utc_basic(1744938000), "20250418T010000Z");
}

TEST(format_utc, ends_in_z) {
  EXPECT_EQ(format_utc(1744938000), "2025-04-18T01:00:00Z");
  EXPECT_EQ(format_utc(-1), "1969-12-31T23:59:59Z");
}

TEST(civil_date_of, is_the_inverse_of_seconds_of) {
  for (std::int64_t day = -200'000; day <= 200'000; day += 37) {
    EXPECT_EQ(seconds_of(civil_date_of(day * 86'400 + 86'399)), day * 86'400);
  }
}

TEST(time_zone, knows_summer_time) {
  const auto berlin = TimeZone::find("Europe/Berlin");
  ASSERT_TRUE(berlin);
  EXPECT_EQ(berlin->offset_at(seconds_of({2025, 1, 15})), 3600);
  EXPECT_EQ(berlin->offset_at(seconds_of({2025, 7, 15})), 7200);
}

TEST(time_zone, knows_when_a_day_begins_on_the_days_the_clock_is_set) {
  const auto berlin = TimeZone::find("Europe/Berlin");
  ASSERT_TRUE(berlin);
  EXPECT_EQ(format_utc(berlin->start_of_day({2025, 3, 30})), "2025-03-29T23:00:00Z");
  EXPECT_EQ(format_utc(berlin->start_of_day({2025, 3, 31})), "2025-03-30T22:00:00Z");
  EXPECT_EQ(format_utc(berlin->start_of_day({2025, 10, 26})), "2025-10-25T22:00:00Z");
}

TEST(time_zone, may_be_an_offset) {
  const auto zone = TimeZone::find("+09:00");
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->offset_at(0), 9 * 3600);
  const CivilDate date = zone->date_at(seconds_of({2025, 4, 18}) + 16 * 3600);
  EXPECT_EQ(date.day, 19U);
}

TEST(time_zone, is_not_found_under_a_wrong_name) {
  for (const char* name : {"", "Europe/Atlantis", "+99:00", "GMT+", "../etc/passwd"}) {
    EXPECT_FALSE(TimeZone::find(name)) << name;
  }
}

}  // namespace
}  // namespace broadsheet
