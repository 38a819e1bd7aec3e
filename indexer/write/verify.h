// Looking at a generation before it goes live: whether it holds what the catalog does, and how its
// answers differ from those of the live one.
#pragma once

#include <cstdint>

#include "schema/index.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Articles compared word by word.
inline constexpr std::uint64_t kComparedArticles = 200;

// Fails (internal, and the live index is as it was) unless `built` holds as many articles as are
// visible in the catalog at `now` (seconds since 1970 UTC), and a sample of kComparedArticles of
// them, another at each `now`, word by word and label by label as they would be indexed now.
// Returns how many were compared. `expected`: the visible articles, counted by count_visible().
[[nodiscard]] Result<std::uint64_t> verify_generation(const LiveIndex& built,
                                                      sqlite::Database& catalog,
                                                      std::uint64_t expected,
                                                      std::int64_t now);

}  // namespace broadsheet::indexer
