// Care of the catalog's file: its size, what lies in its free pages, whether it is sound, copies.
#pragma once

#include <cstdint>
#include <filesystem>

#include "indexer/write/progress.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Writes the whole catalog anew, so that nothing that was ever deleted is left in the file, and
// empties its log. Readers go on; the caller holds DATA/writer.lock. internal: not enough room.
// unavailable: a reader kept the old log in use, which then still holds old pages.
[[nodiscard]] Result<void> rewrite_catalog(const std::filesystem::path& data_dir);

// Moves the log into the catalog, and writes the catalog anew when a quarter of it is free pages.
// The caller holds DATA/writer.lock.
[[nodiscard]] Result<void> tidy_catalog(const std::filesystem::path& data_dir);

// corrupt, with the first fault SQLite finds: the file is damaged. Reads all of it.
[[nodiscard]] Result<void> check_integrity(sqlite::Database& database,
                                           const std::filesystem::path& file);

// Copies a database as it stands at one moment while others write to it, checks the copy and
// makes it durable. Returns when `target` is complete; a failure leaves a part of it. interrupted:
// `keep_waiting` said so.
[[nodiscard]] Result<void> copy_database(const std::filesystem::path& source,
                                         const std::filesystem::path& target,
                                         const KeepWaiting& keep_waiting);

}  // namespace broadsheet::indexer
