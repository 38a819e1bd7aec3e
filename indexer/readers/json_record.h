// One JSON value of the input, read with all the care that foreign bytes need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "schema/result.h"

namespace broadsheet::indexer {

// Deeper nesting is refused: nothing in an article needs it, and writing it back recurses.
inline constexpr std::size_t kMaxJsonDepth = 64;

// More values in one record are refused: small ones take far more memory than their text.
inline constexpr std::size_t kMaxJsonValues = 200'000;

// Reads a JSON value; what had to be mended is told in `repairs`. Never throws. invalid_argument:
// not JSON, or more than the limits.
[[nodiscard]] Result<nlohmann::json> parse_json_record(std::string_view text,
                                                       std::vector<std::string>& repairs);

}  // namespace broadsheet::indexer
