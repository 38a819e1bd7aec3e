// Keeps the records that were refused: DATA/quarantine/<UTC time>-<pid>.ndjson, one file a run.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::indexer {

// A record that was refused.
struct RefusedRecord {
  std::string_view file;     // as it was named; "-" for standard input
  std::uint64_t record = 0;  // its number in the file, from 1
  std::uint64_t offset = 0;  // of its first byte
  std::string_view reason;
  std::string_view text;  // the record itself; what is beyond 64 KiB is left out
};

// The file is made with the first record. Not thread-safe.
class Quarantine {
 public:
  // `now`: seconds since 1970 UTC, for the name.
  Quarantine(const std::filesystem::path& data_dir, std::int64_t now);

  [[nodiscard]] Result<void> add(const RefusedRecord& record);

  // Puts everything added so far on disk.
  [[nodiscard]] Result<void> flush();

  // Where the records are; the file exists once something was added.
  [[nodiscard]] const std::filesystem::path& file() const { return path_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  [[nodiscard]] Result<void> open();

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace broadsheet::indexer
