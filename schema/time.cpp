// Calendar arithmetic by <chrono>, zones by ICU. Numbers are read by hand: never through the C
// locale.
#include "schema/time.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <memory>

#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace broadsheet {
namespace {

// Reads exactly `count` digits at the front of text and drops them; empty if they are not there.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take_char(std::string_view& text, std::string_view allowed) {
  if (text.empty() || allowed.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<CivilDate> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take_char(text, "-")) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take_char(text, "-")) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day || *year == 0) return std::nullopt;
  const CivilDate date{*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)};
  const std::chrono::year_month_day check{
      std::chrono::year{date.year}, std::chrono::month{date.month}, std::chrono::day{date.day}};
  if (!check.ok()) return std::nullopt;
  return date;
}

// "Z", "+09:00", "+0900", "+09" or nothing; minutes east of UTC.
std::optional<int> take_offset(std::string_view& text) {
  if (text.empty()) return 0;
  if (take_char(text, "Zz")) return 0;
  const bool west = text.front() == '-';
  if (!take_char(text, "+-")) return std::nullopt;
  const auto hours = take_digits(text, 2);
  if (!hours || *hours > 18) return std::nullopt;
  int minutes = 0;
  if (!text.empty()) {
    take_char(text, ":");
    const auto read = take_digits(text, 2);
    if (!read || *read > 59) return std::nullopt;
    minutes = *read;
  }
  const int total = *hours * 60 + minutes;
  return west ? -total : total;
}

struct ClockTime {
  int seconds = 0;  // of the day
  Precision precision = Precision::minute;
};

// "10:00" or "10:00:59.123"; a leap second counts as the second before it.
std::optional<ClockTime> take_clock(std::string_view& text) {
  const auto hours = take_digits(text, 2);
  if (!hours || *hours > 23 || !take_char(text, ":")) return std::nullopt;
  const auto minutes = take_digits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  ClockTime clock{*hours * 3600 + *minutes * 60, Precision::minute};
  if (!take_char(text, ":")) return clock;
  const auto seconds = take_digits(text, 2);
  if (!seconds || *seconds > 60) return std::nullopt;
  clock.seconds += std::min(*seconds, 59);
  clock.precision = Precision::second;
  if (take_char(text, ".,")) {
    while (take_char(text, "0123456789")) {
    }
  }
  return clock;
}

struct ClockParts {
  CivilDate date;
  int hour, minute, second;
};

ClockParts split(std::int64_t seconds) {
  const CivilDate date = civil_date_of(seconds);
  const auto rest = static_cast<int>(((seconds % kSecondsADay) + kSecondsADay) % kSecondsADay);
  return {date, rest / 3600, rest / 60 % 60, rest % 60};
}

std::string format_date(const CivilDate& date) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", date.year, date.month, date.day);
  return text.data();
}

std::string format_local(std::int64_t local_seconds) {
  const ClockParts parts = split(local_seconds);
  std::array<char, 32> text{};
  std::snprintf(
      text.data(), text.size(), "T%02d:%02d:%02d", parts.hour, parts.minute, parts.second);
  return format_date(parts.date) + text.data();
}

// Asking ICU for a zone by name costs more than a hundred questions to the zone, so each thread
// keeps the last one.
const icu::TimeZone& icu_zone(const std::string& name) {
  struct Kept {
    std::string name;
    std::unique_ptr<icu::TimeZone> zone;
  };

  thread_local Kept kept;
  if (!kept.zone || kept.name != name) {
    kept.zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
    kept.name = name;
  }
  return *kept.zone;  // NOLINT(clang-analyzer-cplusplus.NewDelete): it lives as long as the thread
}

}  // namespace

std::optional<CivilDate> parse_date(std::string_view text) {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  const auto date = take_date(text);
  if (!date) return std::nullopt;
  if (text.empty()) return Timestamp{seconds_of(*date), 0, Precision::day};
  if (!take_char(text, "Tt ")) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  take_char(text, " ");
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return Timestamp{seconds_of(*date) + clock->seconds - std::int64_t{*offset} * 60,
                   static_cast<std::int16_t>(*offset),
                   clock->precision};
}

std::string format_timestamp(const Timestamp& time) {
  if (time.precision == Precision::day) return format_date(civil_date_of(time.seconds));
  const int offset = time.offset_minutes;
  const std::string local = format_local(time.seconds + std::int64_t{offset} * 60);
  if (offset == 0) return local + "Z";
  std::array<char, 16> zone{};
  const int size = offset < 0 ? -offset : offset;
  std::snprintf(
      zone.data(), zone.size(), "%c%02d:%02d", offset < 0 ? '-' : '+', size / 60, size % 60);
  return local + zone.data();
}

std::string format_utc(std::int64_t seconds) {
  return format_local(seconds) + "Z";
}

std::string format_utc_basic(std::int64_t seconds) {
  std::string text = format_utc(seconds);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string format_clock(const Timestamp& time) {
  if (time.precision == Precision::day) return {};
  return format_local(time.seconds + std::int64_t{time.offset_minutes} * 60).substr(11, 5);
}

std::int64_t seconds_of(const CivilDate& date) {
  const std::chrono::sys_days days =
      std::chrono::year{date.year} / std::chrono::month{date.month} / std::chrono::day{date.day};
  return std::int64_t{days.time_since_epoch().count()} * kSecondsADay;
}

CivilDate civil_date_of(std::int64_t seconds) {
  const std::chrono::sys_days days = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds{std::chrono::seconds{seconds}});
  const std::chrono::year_month_day date{days};
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day())};
}

std::optional<TimeZone> TimeZone::find(std::string_view name) {
  if (name.empty() || name.size() > 64) return std::nullopt;
  std::string id(name);
  std::string_view rest = name;
  if (name.front() == '+' || name.front() == '-') {
    if (!take_offset(rest) || !rest.empty()) return std::nullopt;
    id = "GMT" + id;
  }
  if (id == "Z" || id == "utc") id = "UTC";
  if (icu_zone(id) == icu::TimeZone::getUnknown()) return std::nullopt;
  return TimeZone(std::move(id));
}

std::int64_t TimeZone::offset_at(std::int64_t seconds) const {
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  icu_zone(name_).getOffset(static_cast<double>(seconds) * 1000.0, 0, raw, summer, status);
  return U_FAILURE(status) ? 0 : (raw + summer) / 1000;
}

std::int64_t TimeZone::start_of_day(const CivilDate& date) const {
  const std::int64_t midnight = seconds_of(date);
  const std::int64_t guess = midnight - offset_at(midnight);
  // Asked again at the guess: the offset that holds at local midnight may differ from the one at
  // UTC's.
  return midnight - offset_at(guess);
}

CivilDate TimeZone::date_at(std::int64_t seconds) const {
  return civil_date_of(seconds + offset_at(seconds));
}

}  // namespace broadsheet
