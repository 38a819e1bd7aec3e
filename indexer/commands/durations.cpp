// The units, smallest first.
#include "indexer/commands/durations.h"

#include <algorithm>
#include <array>

namespace broadsheet::indexer {
namespace {

using std::chrono::seconds;

struct Unit {
  char letter;
  seconds length;
};

constexpr std::array kUnits = {Unit{'s', seconds(1)},
                               Unit{'m', std::chrono::minutes(1)},
                               Unit{'h', std::chrono::hours(1)},
                               Unit{'d', std::chrono::hours(24)}};

}  // namespace

Result<seconds> parse_duration(std::string_view text) {
  const auto* unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& known) {
    return text.ends_with(known.letter);
  });
  const std::string digits(text.substr(0, text.empty() ? 0 : text.size() - 1));
  const bool is_number =
      !digits.empty() && digits.size() <= 9 &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (unit == kUnits.end() || !is_number) {
    return fail(ErrorCode::invalid_argument,
                std::string(text) + " is no duration",
                "write a number and its unit, such as 90s, 15m, 2h or 1d");
  }
  return unit->length * std::stoll(digits);
}

std::string format_duration(seconds time) {
  const auto unit = std::find_if(kUnits.rbegin(), kUnits.rend(), [&](const Unit& known) {
    return time >= known.length && time % known.length == seconds(0);
  });
  if (unit == kUnits.rend()) return "0s";
  return std::to_string(time / unit->length) + unit->letter;
}

}  // namespace broadsheet::indexer
