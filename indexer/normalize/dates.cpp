// What schema/time reads, numbers of seconds, and then the other shapes (date_shapes.h).
#include "indexer/normalize/dates.h"

#include <charconv>

#include "indexer/normalize/date_shapes.h"

namespace broadsheet::indexer {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kAllowedAhead = 2 * kDay;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// 9 to 10 digits are seconds (1973 to 2286), 12 to 13 milliseconds of the same years.
std::optional<Timestamp> read_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  if (text.size() == 9 || text.size() == 10) return Timestamp{number};
  if (text.size() == 12 || text.size() == 13) return Timestamp{number / 1000};
  return std::nullopt;
}

std::optional<Timestamp> read_time(std::string_view text) {
  text = trimmed(text);
  if (auto time = parse_timestamp(text)) return time;
  if (auto time = read_number(text)) return time;
  if (auto time = parse_iso_date(text)) return time;
  return parse_written_date(text);
}

}  // namespace

std::optional<Timestamp> read_publication_date(std::string_view text, std::int64_t now) {
  static const std::int64_t kFirst = seconds_of({1600, 1, 1});
  const auto time = read_time(text);
  if (!time || time->seconds < kFirst || time->seconds > now + kAllowedAhead) return std::nullopt;
  return time;
}

std::optional<std::int64_t> read_instant(std::string_view text) {
  const auto time = read_time(text);
  return time ? std::optional(time->seconds) : std::nullopt;
}

}  // namespace broadsheet::indexer
