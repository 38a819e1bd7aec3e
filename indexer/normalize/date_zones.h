// Names of time zones as they stand behind dates.
#pragma once

#include <cstdint>
#include <string_view>

namespace broadsheet::indexer {

struct ZoneOffset {
  int minutes = 0;          // east of UTC
  bool is_certain = false;  // no other zone bears the name
};

// What a zone name ("GMT", "EST", "ET"; upper case) means at a local time, given in seconds as if
// it were UTC. Names not known here mean UTC, and are not certain.
[[nodiscard]] ZoneOffset zone_offset(std::string_view name, std::int64_t local_seconds);

}  // namespace broadsheet::indexer
