// Stretches of time that articles are counted by: whole hours, days, weeks, months, years of the
// caller's zone.
#pragma once

#include <string>
#include <vector>

#include "schema/result.h"
#include "schema/time.h"
#include "server/search/facet_types.h"
#include "server/store/index_reader.h"

namespace broadsheet::server {

// More than a screen is wide; 41 days by the hour.
inline constexpr std::size_t kMostBuckets = 1000;
// What Interval::automatic settles for.
inline constexpr std::size_t kFewBuckets = 60;

// Buckets without a gap, from the one of the first article to that of the last.
struct BucketPlan {
  Interval interval = Interval::day;  // never automatic
  TimeBounds bounds;
  std::vector<std::string> starts;  // as clients read them
};

// Weeks begin on Monday. Times that are a day only count to that day in every zone, and by the hour
// to its first. invalid_argument, naming the next wider interval that fits, for more than
// kMostBuckets.
[[nodiscard]] Result<BucketPlan> plan_buckets(const TimeExtent& extent,
                                              Interval interval,
                                              const TimeZone& zone);

// The first day that begins in a zone at an instant or later, in 00:00 UTC of it.
[[nodiscard]] std::int64_t first_day_from(std::int64_t instant, const TimeZone& zone);

// The days that begin in a zone within a window, in 00:00 UTC of them, as days are stored; empty
// when it is open.
[[nodiscard]] std::optional<TimeWindow> day_window(const TimeWindow& window, const TimeZone& zone);

// Counts what matches, and what part of all coverage that is.
[[nodiscard]] Result<Histogram> make_histogram(IndexReader& index,
                                               const AllMatches& matches,
                                               DateField field,
                                               Interval interval,
                                               const TimeZone& zone);

}  // namespace broadsheet::server
