// Names of time zones as they stand behind dates.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace broadsheet::indexer {

// Minutes east of UTC that a zone name ("GMT", "EST", "ET"; upper case) means at a local time,
// given in seconds as if it were UTC. Empty for names not known here.
[[nodiscard]] std::optional<int> zone_offset(std::string_view name, std::int64_t local_seconds);

}  // namespace broadsheet::indexer
