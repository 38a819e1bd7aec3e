// Backups: a folder with catalog.db, desk.db where there is one, and manifest.json, which names
// each file with its size and SHA-256. The index is left out: it is made anew from the catalog.
#pragma once

#include <cstdint>
#include <filesystem>

#include "indexer/write/progress.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Copies what an archive holds at this moment into `folder`, which must be absent or empty, while
// both programs go on. The folder appears under its name once everything in it is written and
// checked. `now`: seconds since 1970 UTC, for the manifest. invalid_argument: the folder holds
// something. internal: no room. interrupted: `keep_waiting` said so; nothing is left.
[[nodiscard]] Result<void> make_backup(const std::filesystem::path& data_dir,
                                       const std::filesystem::path& folder,
                                       std::int64_t now,
                                       const KeepWaiting& keep_waiting = {});

// corrupt: a file of the backup is missing or not what its manifest says. not_found: no backup.
[[nodiscard]] Result<void> verify_backup(const std::filesystem::path& folder);

// Puts a backup in the place of what an archive holds; the caller holds DATA/writer.lock, and makes
// the index afterwards. What was there moves to a folder in the archive, whose path is returned;
// empty when there was nothing. The copy is verified before it takes the place. corrupt: it is not
// what the manifest says. unavailable: a server or another
// program has the catalog open. version_mismatch: made by a newer version.
[[nodiscard]] Result<std::filesystem::path> restore_backup(const std::filesystem::path& data_dir,
                                                           const std::filesystem::path& folder,
                                                           std::int64_t now);

}  // namespace broadsheet::indexer
