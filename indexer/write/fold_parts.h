// Making few parts of an index out of many.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "schema/index.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Joins parts whose number ranges do not overlap into one compacted database at `target`; numbers
// stay.
[[nodiscard]] Result<void> join_parts(const std::vector<std::filesystem::path>& parts,
                                      const std::filesystem::path& target);

// Articles in an index, counted over all its parts without what is hidden. Throws Xapian::Error.
[[nodiscard]] std::uint64_t count_articles(const LiveIndex& live);

// Room that fold_parts() takes for each byte of the parts: what is written to is copied, the copies
// grow, and all of it becomes the joined part.
inline constexpr std::uintmax_t kFoldCopies = 3;

// Joins neighbouring parts (newest first) into one at `target`. Tombstones stay unless `is_oldest`
// says that nothing older could be hidden by them. interrupted: `stopped` was set by another
// thread.
enum class Oldest { no, yes };
[[nodiscard]] Result<void> fold_parts(const std::vector<std::filesystem::path>& newest_first,
                                      const std::filesystem::path& target,
                                      Oldest is_oldest,
                                      const std::atomic<bool>& stopped);

}  // namespace broadsheet::indexer
