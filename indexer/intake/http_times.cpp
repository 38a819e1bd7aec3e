// The forms of dates are written out as patterns: letters stand for what is read, all else for
// itself.
#include "indexer/intake/http_times.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::seconds;

constexpr std::array<std::string_view, 12> kMonths = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// More digits than any number of seconds that makes sense: ten give 300 years.
constexpr std::size_t kMostDigits = 10;

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return small;
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// A number of nothing but digits; one that is too long counts as the largest.
std::optional<std::int64_t> digits(std::string_view text) {
  const bool all =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || !all) return std::nullopt;
  if (text.size() > kMostDigits) return 9'999'999'999;
  return std::stoll(std::string(text));
}

struct DateParts {
  int year = -1;
  bool short_year = false;
  unsigned month = 0;
  std::int64_t day = 0;
  std::int64_t hour = 0;
  std::int64_t minute = 0;
  std::int64_t second = 0;
};

// Reads "06 Nov 1994", "06-Nov-94" (day first) or "Nov  6" by its words.
bool take_word(std::string_view word, DateParts& parts) {
  const auto* month = std::find(kMonths.begin(), kMonths.end(), word.substr(0, 3));
  if (month != kMonths.end() && word.size() == 3) {
    parts.month = static_cast<unsigned>(month - kMonths.begin()) + 1;
    return true;
  }
  const auto number = digits(word);
  if (!number) return false;
  if (parts.day == 0 && word.size() <= 2) {
    parts.day = *number;
  } else if (parts.year < 0 && (word.size() == 4 || word.size() == 2)) {
    parts.year = static_cast<int>(*number);
    parts.short_year = word.size() == 2;
  } else {
    return false;
  }
  return true;
}

bool take_clock(std::string_view word, DateParts& parts) {
  if (word.size() != 8 || word[2] != ':' || word[5] != ':') return false;
  const auto hour = digits(word.substr(0, 2));
  const auto minute = digits(word.substr(3, 2));
  const auto second = digits(word.substr(6, 2));
  if (!hour || !minute || !second) return false;
  parts.hour = *hour;
  parts.minute = *minute;
  parts.second = *second;
  return parts.hour < 24 && parts.minute < 60 && parts.second <= 60;
}

bool is_weekday(std::string_view word) {
  static constexpr std::string_view kDays = "sun mon tue wed thu fri sat";
  return word.size() >= 3 && kDays.find(word.substr(0, 3)) % 4 == 0;
}

std::optional<DateParts> read_parts(std::string_view text) {
  DateParts parts;
  bool has_clock = false;
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size(); ++words) {
    const std::size_t begin = text.find_first_not_of(" ,-", at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(" ,-", begin), text.size());
    const std::string_view word = text.substr(begin, at - begin);
    if (words == 0 && is_weekday(word)) continue;
    if (word == "gmt" || word == "utc") continue;
    if (!has_clock && take_clock(word, parts)) {
      has_clock = true;
    } else if (!take_word(word, parts)) {
      return std::nullopt;
    }
  }
  if (!has_clock || parts.year < 0 || parts.month == 0) return std::nullopt;
  return parts;
}

// RFC 9110: a year of two digits more than 50 years ahead is one of the century before.
int full_year(int two_digits, std::int64_t now) {
  const int today = civil_date_of(now).year;
  const int year = today - today % 100 + two_digits;
  return year > today + 50 ? year - 100 : year;
}

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text, std::int64_t now) {
  if (text.size() > 64) return std::nullopt;
  auto parts = read_parts(lower(text));
  if (!parts) return std::nullopt;
  if (parts->short_year) parts->year = full_year(parts->year, now);
  const CivilDate date{parts->year, parts->month, static_cast<unsigned>(parts->day)};
  if (date.day == 0 || date.year == 0) return std::nullopt;
  const std::int64_t day = seconds_of(date);
  const CivilDate back = civil_date_of(day);
  if (back.month != date.month || back.day != date.day) return std::nullopt;
  return day + parts->hour * 3600 + parts->minute * 60 + parts->second;
}

std::optional<seconds> parse_retry_after(std::string_view text, std::int64_t now) {
  text = trim(text);
  if (const auto wait = digits(text)) return seconds(*wait);
  const auto date = parse_http_date(text, now);
  if (!date) return std::nullopt;
  return seconds(std::max<std::int64_t>(*date - now, 0));
}

std::optional<seconds> parse_max_age(std::string_view cache_control) {
  std::optional<seconds> age;
  const std::string all = lower(cache_control);
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view part = trim(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (part == "no-store" || part == "no-cache") return std::nullopt;
    if (!part.starts_with("max-age=")) continue;
    part.remove_prefix(8);
    if (part.size() > 2 && part.front() == '"' && part.back() == '"') {
      part = part.substr(1, part.size() - 2);
    }
    if (const auto number = digits(part)) age = seconds(*number);
  }
  return age;
}

}  // namespace broadsheet::indexer
