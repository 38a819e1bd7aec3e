// The syndication module is known by its names alone: nobody else uses them in a channel.
#include "indexer/readers/feed_freshness.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/readers/ascii.h"
#include "indexer/readers/feed_parts.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::minutes;

constexpr minutes kYear = std::chrono::hours(24 * 365);

struct Period {
  std::string_view name;
  minutes length;
};

constexpr std::array kPeriods = {
    Period{"hourly", std::chrono::hours(1)},
    Period{"daily", std::chrono::hours(24)},
    Period{"weekly", std::chrono::hours(24 * 7)},
    Period{"monthly", std::chrono::hours(24 * 30)},
    Period{"yearly", kYear},
};

// A whole number of at most seven digits; 0 for anything else.
std::int64_t number_of(XmlNode node) {
  const std::string text = trimmed_text(node);
  const bool is_number =
      !text.empty() && text.size() <= 7 &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? std::stoll(text) : 0;
}

minutes period_of(XmlNode channel) {
  const XmlNode period = channel.child("updatePeriod");
  if (!period) return minutes(0);
  const std::string name = lower_case(trimmed_text(period));
  const auto* row = std::find_if(
      kPeriods.begin(), kPeriods.end(), [&](const Period& known) { return known.name == name; });
  if (row == kPeriods.end()) return minutes(0);
  return row->length / std::max<std::int64_t>(number_of(channel.child("updateFrequency")), 1);
}

}  // namespace

minutes freshness_of(XmlNode channel) {
  const minutes ttl(number_of(channel.child("ttl")));
  return std::min(std::max(ttl, period_of(channel)), kYear);
}

}  // namespace broadsheet::indexer
