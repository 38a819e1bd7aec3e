// How many articles a plan matches, as far as the frequencies of its terms tell without a walk.
#pragma once

#include <cstdint>
#include <vector>

#include "server/store/compile.h"

namespace broadsheet::server {

// Matches there are at least, and at most, before anything hidden; equal: their number.
struct SizeBounds {
  std::uint64_t lower = 0;
  std::uint64_t upper = 0;
};

// Of a plan with its filters in one part. Throws Xapian::Error.
[[nodiscard]] SizeBounds size_bounds(const QueryNode& root,
                                     const std::vector<QueryNode>& filters,
                                     Reading reading,
                                     const CompileContext& context);

}  // namespace broadsheet::server
