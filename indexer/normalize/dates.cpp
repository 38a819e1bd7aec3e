// Every shape is tried in turn: the common ones first.
#include "indexer/normalize/dates.h"

#include <charconv>

#include "indexer/normalize/date_shapes.h"

namespace broadsheet::indexer {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kAllowedAhead = 2 * kSecondsADay;

// The zones in use reach from 14 hours east to 12 hours west of UTC.
constexpr std::int64_t kEasternmost = 14 * kHour;
constexpr std::int64_t kWesternmost = 12 * kHour;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

WrittenTime at(std::int64_t seconds) {
  return {Timestamp{seconds}, 0, true};
}

// 9 to 10 digits are seconds (1973 to 2286), 12 to 13 milliseconds of the same years.
std::optional<WrittenTime> read_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  if (text.size() == 9 || text.size() == 10) return at(number);
  if (text.size() == 12 || text.size() == 13) return at(number / 1000);
  return std::nullopt;
}

std::optional<WrittenTime> read_time(std::string_view text) {
  text = trimmed(text);
  for (const auto read : {parse_plain_date, read_number, parse_iso_date, parse_written_date}) {
    if (auto written = read(text)) return written;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Timestamp> read_publication_date(std::string_view text, std::int64_t now) {
  static const std::int64_t kFirst = seconds_of({1600, 1, 1});
  const auto written = read_time(text);
  if (!written) return std::nullopt;
  const Timestamp& time = written->time;
  if (time.seconds < kFirst || time.seconds > now + kAllowedAhead) return std::nullopt;
  return time;
}

std::optional<InstantRange> read_instants(std::string_view text) {
  const auto written = read_time(text);
  if (!written || !written->is_certain) return std::nullopt;
  const Timestamp& time = written->time;
  if (written->has_zone) return InstantRange{time.seconds, time.seconds + written->span};
  const std::int64_t local = time.seconds + std::int64_t{time.offset_minutes} * 60;
  return InstantRange{local - kEasternmost, local + written->span + kWesternmost};
}

}  // namespace broadsheet::indexer
