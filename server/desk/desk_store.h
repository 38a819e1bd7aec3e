// desk.db: opening it, and the one connection that reads or writes it. See README.md for its
// tables.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::server {

enum class DeskUse { read, write };

// A connection to the desk of a data folder, opened when first asked for and again when another
// file has taken its name. One thread at a time.
class DeskStore {
 public:
  DeskStore(const std::filesystem::path& data_dir, DeskUse use);

  // Null for reading where there is no desk yet; for writing it is made. All failures are
  // `unavailable`, with a hint that may be told to clients; `message` is for the log alone.
  [[nodiscard]] Result<sqlite::Database*> database();

 private:
  struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
  };

  [[nodiscard]] std::optional<FileStamp> stamp() const;
  Result<void> open();

  std::filesystem::path file_;
  DeskUse use_;
  FileStamp opened_;
  std::optional<sqlite::Database> database_;
};

// A failure of the desk as callers see it: `unavailable`, whatever SQLite called it.
[[nodiscard]] tl::unexpected<Error> desk_failure(const Error& error, DeskUse use);

}  // namespace broadsheet::server
