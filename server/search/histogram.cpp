// Days are counted as whole numbers since 1970; only their beginnings ask the zone, once a bucket.
#include "server/search/histogram.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace broadsheet::server {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

std::int64_t floor_to(std::int64_t number, std::int64_t unit) {
  const std::int64_t rest = number % unit;
  return number - (rest < 0 ? rest + unit : rest);
}

// The day on which the bucket of a day begins, both in 00:00 UTC of them.
std::int64_t first_day_of(std::int64_t day, Interval interval) {
  constexpr std::int64_t kMonday = 4 * kDay;  // 1970-01-05
  if (interval == Interval::week) return kMonday + floor_to(day - kMonday, 7 * kDay);
  CivilDate date = civil_date_of(day);
  if (interval == Interval::month || interval == Interval::year) date.day = 1;
  if (interval == Interval::year) date.month = 1;
  return seconds_of(date);
}

std::int64_t next_day_of(std::int64_t first, Interval interval) {
  if (interval == Interval::day) return first + kDay;
  if (interval == Interval::week) return first + 7 * kDay;
  // Lies in the next month or year for sure.
  return first_day_of(first + (interval == Interval::month ? 31 : 366) * kDay, interval);
}

// The first and last day that hold an article, in 00:00 UTC of them.
TimeExtent::Ends days_of(const TimeExtent& extent, const TimeZone& zone) {
  std::vector<std::int64_t> days;
  if (extent.days) days = {extent.days->first, extent.days->last};
  if (extent.exact) {
    days.push_back(seconds_of(zone.date_at(extent.exact->first)));
    days.push_back(seconds_of(zone.date_at(extent.exact->last)));
  }
  const auto [first, last] = std::minmax_element(days.begin(), days.end());
  return {*first, *last};
}

std::string text_of_day(std::int64_t day) {
  return format_timestamp({day, 0, Precision::day});
}

// Empty for more than kMostBuckets, as the next.
std::optional<BucketPlan> day_buckets(const TimeExtent& extent,
                                      Interval interval,
                                      const TimeZone& zone) {
  const TimeExtent::Ends ends = days_of(extent, zone);
  BucketPlan plan{interval, {}, {}};
  std::int64_t day = first_day_of(ends.first, interval);
  for (; day <= ends.last; day = next_day_of(day, interval)) {
    if (plan.starts.size() == kMostBuckets) return std::nullopt;
    plan.starts.push_back(text_of_day(day));
    plan.bounds.days.push_back(day);
  }
  plan.bounds.days.push_back(day);
  for (const std::int64_t first : plan.bounds.days)
    plan.bounds.at.push_back(zone.start_of_day(civil_date_of(first)));
  return plan;
}

std::optional<BucketPlan> hour_buckets(const TimeExtent& extent, const TimeZone& zone) {
  std::vector<std::int64_t> times;
  if (extent.exact) times = {extent.exact->first, extent.exact->last};
  if (extent.days) {
    times.push_back(zone.start_of_day(civil_date_of(extent.days->first)));
    times.push_back(zone.start_of_day(civil_date_of(extent.days->last)));
  }
  const auto [first, last] = std::minmax_element(times.begin(), times.end());
  const std::int64_t offset = zone.offset_at(*first);
  const std::int64_t begin = floor_to(*first + offset, kHour) - offset;
  const auto count = static_cast<std::size_t>((*last - begin) / kHour) + 1;
  if (count > kMostBuckets) return std::nullopt;
  BucketPlan plan{Interval::hour, {}, {}};
  for (std::size_t i = 0; i <= count; ++i) {
    const std::int64_t at = begin + static_cast<std::int64_t>(i) * kHour;
    plan.bounds.at.push_back(at);
    plan.bounds.days.push_back(first_day_from(at, zone));
    const auto minutes = static_cast<std::int16_t>(zone.offset_at(at) / 60);
    if (i < count) plan.starts.push_back(format_timestamp({at, minutes, Precision::minute}));
  }
  return plan;
}

std::optional<BucketPlan> buckets(const TimeExtent& extent,
                                  Interval interval,
                                  const TimeZone& zone) {
  return interval == Interval::hour ? hour_buckets(extent, zone)
                                    : day_buckets(extent, interval, zone);
}

// The narrowest plan from an interval on that has no more than `most` buckets; that of years where
// none has.
BucketPlan narrowest(const TimeExtent& extent,
                     Interval from,
                     std::size_t most,
                     const TimeZone& zone) {
  for (Interval interval = from; interval != Interval::year;
       interval = static_cast<Interval>(static_cast<int>(interval) + 1)) {
    auto plan = buckets(extent, interval, zone);
    if (plan && plan->starts.size() <= most) return std::move(*plan);
  }
  return buckets(extent, Interval::year, zone).value_or(BucketPlan{Interval::year, {}, {}});
}

}  // namespace

std::int64_t first_day_from(std::int64_t instant, const TimeZone& zone) {
  // Asked of the zone, for a day need not begin at midnight where the clock is set then.
  const std::int64_t day = floor_to(instant + zone.offset_at(instant), kDay);
  return zone.start_of_day(civil_date_of(day)) >= instant ? day : day + kDay;
}

std::optional<TimeWindow> day_window(const TimeWindow& window, const TimeZone& zone) {
  if (window.is_open()) return std::nullopt;
  TimeWindow days;
  if (window.from) days.from = first_day_from(*window.from, zone);
  if (window.to) days.to = first_day_from(*window.to, zone);
  return days;
}

Result<BucketPlan> plan_buckets(const TimeExtent& extent, Interval interval, const TimeZone& zone) {
  const bool is_automatic = interval == Interval::automatic;
  if (!extent.exact && !extent.days)
    return BucketPlan{is_automatic ? Interval::day : interval, {}, {}};
  if (is_automatic) return narrowest(extent, Interval::hour, kFewBuckets, zone);
  if (auto plan = buckets(extent, interval, zone)) return std::move(*plan);
  const BucketPlan wider = narrowest(extent, interval, kMostBuckets, zone);
  return fail(ErrorCode::invalid_argument,
              "histogram: " + std::string(name_of(interval)) + " would give more than " +
                  std::to_string(kMostBuckets) + " buckets",
              "ask for histogram=" + std::string(name_of(wider.interval)) +
                  " or auto, or narrow from and to");
}

Result<Histogram> make_histogram(IndexReader& index,
                                 const AllMatches& matches,
                                 DateField field,
                                 Interval interval,
                                 const TimeZone& zone) {
  const auto extent = index.extent_of(matches, field);
  if (!extent) return pass_on(extent.error());
  auto plan = plan_buckets(*extent, interval, zone);
  if (!plan) return pass_on(plan.error());
  const auto counts = index.count_times(matches, field, plan->bounds);
  if (!counts) return pass_on(counts.error());
  const auto all = index.count_all_times(field, plan->bounds);
  if (!all) return pass_on(all.error());
  Histogram histogram{plan->interval, {}, !matches.is_exact()};
  for (std::size_t i = 0; i < plan->starts.size(); ++i) {
    const double share = (*all)[i] > 0 ? std::min(1.0, (*counts)[i] / (*all)[i]) : 0;
    const auto count = static_cast<std::uint64_t>(std::llround((*counts)[i]));
    histogram.buckets.push_back({std::move(plan->starts[i]), count, share});
  }
  return histogram;
}

}  // namespace broadsheet::server
