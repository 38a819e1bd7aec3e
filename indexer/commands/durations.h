// Lengths of time as the user writes them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::indexer {

// "90s", "15m", "2h", "1d": a whole number and its unit. invalid_argument: anything else.
[[nodiscard]] Result<std::chrono::seconds> parse_duration(std::string_view text);

// The same way round, in the largest unit that leaves nothing over.
[[nodiscard]] std::string format_duration(std::chrono::seconds time);

}  // namespace broadsheet::indexer
