// Files that must be on the disk before something relies on them.
#pragma once

#include <filesystem>
#include <string>

#include "schema/result.h"

namespace broadsheet::indexer {

// Writes a new file, or over an old one, and makes it durable; its folder's entry is the caller's.
// internal: it cannot be written.
[[nodiscard]] Result<void> write_durably(const std::filesystem::path& file,
                                         const std::string& bytes);

// Makes durable what was written to a file, or which entries a folder has. internal: it cannot be.
[[nodiscard]] Result<void> make_durable(const std::filesystem::path& path);

}  // namespace broadsheet::indexer
