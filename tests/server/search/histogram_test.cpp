// Buckets by hand for known times, and counts over a small archive.
#include "server/search/histogram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/newsroom.h"

namespace broadsheet::server {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::article_named;
using tests::Newsroom;

constexpr std::int64_t kSeen = 1'745'000'000;

std::int64_t at(const char* text) {
  return parse_timestamp(text)->seconds;
}

TimeZone zone(const char* name) {
  return *TimeZone::find(name);
}

TimeExtent between(const char* first, const char* last) {
  return {TimeExtent::Ends{at(first), at(last)}, std::nullopt};
}

std::vector<std::string> starts(const TimeExtent& extent, Interval interval, const char* tz) {
  return plan_buckets(extent, interval, zone(tz))->starts;
}

TEST(Histogram, buckets_are_days_of_the_zone) {
  const TimeExtent extent = between("2025-04-17T16:00:00Z", "2025-04-18T14:59:59Z");
  EXPECT_THAT(starts(extent, Interval::day, "UTC"), ElementsAre("2025-04-17", "2025-04-18"));
  EXPECT_THAT(starts(extent, Interval::day, "Asia/Tokyo"), ElementsAre("2025-04-18"));
  EXPECT_THAT(starts(extent, Interval::day, "+09:00"), ElementsAre("2025-04-18"));
}

TEST(Histogram, weeks_begin_on_monday_months_and_years_on_their_first) {
  const TimeExtent extent = between("2024-12-29T12:00:00Z", "2025-01-07T12:00:00Z");
  EXPECT_THAT(starts(extent, Interval::week, "UTC"),
              ElementsAre("2024-12-23", "2024-12-30", "2025-01-06"));
  EXPECT_THAT(starts(extent, Interval::month, "UTC"), ElementsAre("2024-12-01", "2025-01-01"));
  EXPECT_THAT(starts(extent, Interval::year, "UTC"), ElementsAre("2024-01-01", "2025-01-01"));
  const TimeExtent old = between("1969-12-31T12:00:00Z", "1970-01-01T12:00:00Z");
  EXPECT_THAT(starts(old, Interval::week, "UTC"), ElementsAre("1969-12-29"));
}

TEST(Histogram, months_of_any_length_follow_each_other) {
  EXPECT_THAT(
      starts(between("2024-01-31T12:00:00Z", "2024-05-01T12:00:00Z"), Interval::month, "UTC"),
      ElementsAre("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"));
}

TEST(Histogram, hours_tell_the_offset_that_holds) {
  // The clock went from 02:00 to 03:00.
  const TimeExtent extent = between("2025-03-30T00:10:00Z", "2025-03-30T01:10:00Z");
  EXPECT_THAT(starts(extent, Interval::hour, "Europe/Berlin"),
              ElementsAre("2025-03-30T01:00:00+01:00", "2025-03-30T03:00:00+02:00"));
  EXPECT_THAT(starts(extent, Interval::hour, "Asia/Kolkata"),
              ElementsAre("2025-03-30T05:00:00+05:30", "2025-03-30T06:00:00+05:30"));
}

TEST(Histogram, days_are_as_long_as_the_clock_makes_them) {
  const auto plan = plan_buckets(between("2025-03-30T12:00:00Z", "2025-03-31T12:00:00Z"),
                                 Interval::day,
                                 zone("Europe/Berlin"));
  EXPECT_EQ(plan->bounds.at[1] - plan->bounds.at[0], 23 * 3600);
  EXPECT_EQ(plan->bounds.days[1] - plan->bounds.days[0], 24 * 3600);
}

TEST(Histogram, too_many_buckets_name_the_next_wider_stretch_that_fits) {
  const auto days = plan_buckets(
      between("2020-01-01T00:00:00Z", "2025-01-01T00:00:00Z"), Interval::day, zone("UTC"));
  ASSERT_FALSE(days);
  EXPECT_EQ(days.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(days.error().hint, HasSubstr("histogram=week"));
  const auto hours = plan_buckets(
      between("1900-01-01T00:00:00Z", "2025-01-01T00:00:00Z"), Interval::hour, zone("UTC"));
  EXPECT_THAT(hours.error().hint, HasSubstr("histogram=year"));
}

TEST(Histogram, automatic_takes_the_narrowest_that_gives_few) {
  const auto automatic = [](const char* first, const char* last) {
    return plan_buckets(between(first, last), Interval::automatic, zone("UTC"))->interval;
  };
  EXPECT_EQ(automatic("2025-04-18T00:00:00Z", "2025-04-19T23:00:00Z"), Interval::hour);
  EXPECT_EQ(automatic("2025-04-01T00:00:00Z", "2025-04-30T00:00:00Z"), Interval::day);
  EXPECT_EQ(automatic("2025-01-01T00:00:00Z", "2025-12-30T00:00:00Z"), Interval::week);
  EXPECT_EQ(automatic("2021-01-01T00:00:00Z", "2025-04-30T00:00:00Z"), Interval::month);
  EXPECT_EQ(automatic("1600-01-01T00:00:00Z", "2062-04-30T00:00:00Z"), Interval::year);
}

class SmallArchive : public testing::Test {
 protected:
  SmallArchive() {
    newsroom_.add({article_named("late", "2025-04-18T23:30:00Z"),
                   article_named("day", "2025-04-18"),
                   article_named("noon", "2025-04-20T12:00:00Z"),
                   article_named("undated", "")},
                  kSeen);
  }

  Histogram histogram(SearchRequest request) { return *newsroom_.search(request).histogram; }

  static std::vector<std::string> counts(const Histogram& histogram) {
    std::vector<std::string> all;
    for (const HistogramBucket& bucket : histogram.buckets)
      all.push_back(bucket.start + " " + std::to_string(bucket.count));
    return all;
  }

  Newsroom newsroom_;
};

TEST_F(SmallArchive, is_counted_without_gaps_or_undated_articles) {
  EXPECT_THAT(counts(histogram({.histogram = Interval::day})),
              ElementsAre("2025-04-18 2", "2025-04-19 0", "2025-04-20 1"));
}

TEST_F(SmallArchive, keeps_days_on_their_day_in_every_zone) {
  EXPECT_THAT(counts(histogram({.tz = "America/Los_Angeles", .histogram = Interval::day})),
              ElementsAre("2025-04-18 2", "2025-04-19 0", "2025-04-20 1"));
  EXPECT_THAT(counts(histogram({.tz = "Asia/Tokyo", .histogram = Interval::day})),
              ElementsAre("2025-04-18 1", "2025-04-19 1", "2025-04-20 1"));
  const Histogram hours = histogram({.tz = "Asia/Tokyo", .histogram = Interval::hour});
  EXPECT_EQ(hours.buckets.front().start, "2025-04-18T00:00:00+09:00");
  EXPECT_EQ(hours.buckets.front().count, 1U);
}

TEST_F(SmallArchive, tells_the_share_of_all_coverage) {
  const Histogram found = histogram({.query = "late OR noon", .histogram = Interval::day});
  ASSERT_EQ(found.buckets.size(), 3U);
  EXPECT_THAT(found.buckets[0].share, DoubleEq(0.5));
  EXPECT_THAT(found.buckets[1].share, DoubleEq(0));
  EXPECT_THAT(found.buckets[2].share, DoubleEq(1));
}

TEST_F(SmallArchive, has_no_buckets_where_nothing_is_dated) {
  const Histogram found = histogram({.query = "undated", .histogram = Interval::automatic});
  EXPECT_THAT(found.buckets, IsEmpty());
  EXPECT_EQ(found.interval, Interval::day);
}

}  // namespace
}  // namespace broadsheet::server
