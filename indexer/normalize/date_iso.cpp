// A date of digits and dashes first, then what follows a "T".
#include <algorithm>
#include <charconv>

#include "indexer/normalize/date_shapes.h"

namespace broadsheet::indexer {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits_at_front(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

// Takes `count` digits off the front; -1 when they are not there.
int take(std::string_view& text, std::size_t count) {
  if (digits_at_front(text) < count) return -1;
  int number = 0;
  std::from_chars(text.data(), text.data() + count, number);
  text.remove_prefix(count);
  return number;
}

bool take_dash(std::string_view& text) {
  if (!text.starts_with('-')) return false;
  text.remove_prefix(1);
  return true;
}

// 1 is Monday.
int weekday_of(std::int64_t day) {
  return static_cast<int>(((day + 3) % 7 + 7) % 7) + 1;
}

std::int64_t first_of(int year) {
  return seconds_of({year, 1, 1}) / kSecondsADay;
}

// Some days in a row; the first is counted since 1970.
struct Days {
  std::int64_t first = 0;
  std::int64_t count = 1;
};

// Week 1 holds January 4th.
std::optional<Days> day_of_week(int year, int week, int weekday) {
  if (week < 1 || week > 53 || weekday < 1 || weekday > 7) return std::nullopt;
  const std::int64_t fourth = first_of(year) + 3;
  return Days{fourth - weekday_of(fourth) + weekday + std::int64_t{7} * (week - 1)};
}

std::optional<Days> day_of_year(int year, int number) {
  const std::int64_t day = first_of(year) + number - 1;
  if (number < 1 || day >= first_of(year + 1)) return std::nullopt;
  return Days{day};
}

std::optional<Days> day_of_month(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const CivilDate date{year, static_cast<unsigned>(month), static_cast<unsigned>(day)};
  const std::int64_t seconds = seconds_of(date);
  const CivilDate check = civil_date_of(seconds);
  if (check.day != date.day || check.month != date.month) return std::nullopt;
  return Days{seconds / kSecondsADay};
}

std::optional<Days> with_count(std::optional<Days> days, std::int64_t count) {
  if (days) days->count = count;
  return days;
}

std::optional<Days> take_week(std::string_view& text, int year) {
  text.remove_prefix(1);
  const int week = take(text, 2);
  const bool dashed = take_dash(text);
  const bool has_day = dashed || digits_at_front(text) == 1;
  return has_day ? day_of_week(year, week, take(text, 1))
                 : with_count(day_of_week(year, week, 1), 7);
}

// The date at the front.
std::optional<Days> take_days(std::string_view& text) {
  const int year = take(text, 4);
  if (year < 1) return std::nullopt;
  const bool dashed = take_dash(text);
  if (text.starts_with('W')) return take_week(text, year);
  const std::size_t digits = digits_at_front(text);
  constexpr std::int64_t kLongestYear = 366;
  constexpr std::int64_t kLongestMonth = 31;
  if (digits == 0 && !dashed) return with_count(day_of_month(year, 1, 1), kLongestYear);
  if (digits == 3) return day_of_year(year, take(text, 3));
  if (digits != 2 && (dashed || digits != 4)) return std::nullopt;
  if (digits == 2 && !dashed) return std::nullopt;  // year and month, or a short date: unclear
  const int month = take(text, 2);
  const bool has_day = !dashed || take_dash(text);
  return has_day ? day_of_month(year, month, take(text, 2))
                 : with_count(day_of_month(year, month, 1), kLongestMonth);
}

// "101010Z" of the basic form as "10:10:10Z"; other times as they are.
std::string spread_clock(std::string_view clock) {
  std::string out;
  const std::size_t digits = digits_at_front(clock);
  if (digits != 2 && digits != 4 && digits != 6) return std::string(clock);
  if (digits == 2 && clock.substr(2).starts_with(':')) return std::string(clock);
  for (std::size_t i = 0; i < digits; i += 2) {
    if (i > 0) out += ':';
    out += clock.substr(i, 2);
  }
  if (digits == 2) out += ":00";
  return out + std::string(clock.substr(digits));
}

// Whether an offset or "Z" ends the time of day.
bool ends_with_zone(std::string_view clock) {
  return clock.find_first_of("Zz+-") != std::string_view::npos;
}

}  // namespace

std::optional<WrittenTime> parse_plain_date(std::string_view text) {
  const auto time = parse_timestamp(text);
  if (!time) return std::nullopt;
  constexpr std::size_t kDateLength = std::string_view("2025-04-18").size();
  const bool is_day = time->precision == Precision::day;
  return WrittenTime{*time, is_day ? kSecondsADay : 0, ends_with_zone(text.substr(kDateLength))};
}

std::optional<WrittenTime> parse_iso_date(std::string_view text) {
  const auto days = take_days(text);
  if (!days) return std::nullopt;
  const std::int64_t begin = days->first * kSecondsADay;
  if (text.empty()) return WrittenTime{{begin, 0, Precision::day}, days->count * kSecondsADay};
  if (text.front() != 'T' && text.front() != 't') return std::nullopt;
  auto written = parse_plain_date("1970-01-01T" + spread_clock(text.substr(1)));
  if (written) written->time.seconds += begin;
  return written;
}

}  // namespace broadsheet::indexer
