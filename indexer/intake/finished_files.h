// Files on their way out of a watched folder: what makes them the same file still, and moving them
// to `done/` or `failed/` beside where they lay.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::indexer {

inline constexpr std::string_view kDoneFolder = "done";
inline constexpr std::string_view kFailedFolder = "failed";

// A file as it was when it was found: another file put in its place, or more bytes in it, differ.
struct FoundFile {
  std::filesystem::path path;
  std::uint64_t device = 0;
  std::uint64_t number = 0;  // of the inode
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // nanoseconds since 1970 UTC

  friend bool operator==(const FoundFile&, const FoundFile&) = default;
};

// not_found: there is no regular file of this name (links do not count).
[[nodiscard]] Result<FoundFile> look_at_file(const std::filesystem::path& path);

// Moves a file that was read to `done/` and returns where it lies now. A name that is taken there
// gets the time behind it, and a number where that is taken too; nothing is overwritten. `now`:
// seconds since 1970 UTC. not_found: it is gone, or another file by now, which stays. internal: it
// cannot be moved.
[[nodiscard]] Result<std::filesystem::path> move_to_done(const FoundFile& file, std::int64_t now);

// The same to `failed/`, with the reason in NAME.reason beside it.
[[nodiscard]] Result<std::filesystem::path> move_to_failed(const FoundFile& file,
                                                           std::string_view reason,
                                                           std::int64_t now);

}  // namespace broadsheet::indexer
