// A page before the tree is built: only what a reader of news looks at.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::indexer {

// What is left of a page beyond this is cut off. The largest seen leave a tenth of it.
inline constexpr std::size_t kMaxTrimmedBytes = std::size_t{8} << 20U;

// The page without scripts (JSON-LD stays), styles, comments, drawings and frames, each tag with
// the few attributes that tell something. Besides speed this bounds the tree: the parser takes time
// quadratic in the attributes of one tag. Never throws; time and memory grow with the bytes alone.
[[nodiscard]] std::string trim_html(std::string_view utf8);

}  // namespace broadsheet::indexer
