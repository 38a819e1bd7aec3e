// What commands do after they have changed the catalog.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "indexer/commands/commands.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Brings the index up to the catalog; the caller holds DATA/writer.lock. The error's hint says how
// to go on.
[[nodiscard]] Result<void> follow_in_index(const Session& session);

// The same, on so many threads, as the error says it; returns how many changes were applied.
[[nodiscard]] Result<std::uint64_t> apply_pending(const Session& session, int threads);

// Links what waits in table link_due, many articles at once; the caller holds the lock. What is
// done by a signal stays.
[[nodiscard]] Result<void> link_due(const Session& session);
// Whether any waits; without the lock.
[[nodiscard]] Result<bool> has_link_due(const std::filesystem::path& data_dir);

// Takes DATA/writer.lock into `lock` and makes changes of what became due; returns the time it is.
// For RebuildOptions::take_lock.
[[nodiscard]] Result<std::int64_t> lock_for_swap(const Session& session,
                                                 const char* command,
                                                 std::optional<WriterLock>& lock);

// Embargoes that have passed and articles that have expired become changes; the caller holds the
// lock.
[[nodiscard]] Result<void> release_due(const Session& session, std::int64_t now);

}  // namespace broadsheet::indexer
