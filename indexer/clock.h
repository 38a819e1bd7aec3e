// The time of day, asked for at the edge and handed down: what lies below decides by what it is
// given.
#pragma once

#include <chrono>
#include <cstdint>

namespace broadsheet::indexer {

// Seconds since 1970 UTC by the system's clock.
[[nodiscard]] inline std::int64_t unix_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace broadsheet::indexer
