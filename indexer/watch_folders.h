// The folders of `watch`: files in the order they came, and out again when they were read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "indexer/import.h"
#include "indexer/intake/folder_watcher.h"
#include "indexer/readers/input.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Logs what becomes of folders and files. Not thread-safe.
class WatchedFolders {
 public:
  // As FolderWatcher::open(); invalid_argument too for a folder that holds the archive or lies in
  // it.
  [[nodiscard]] static Result<std::unique_ptr<WatchedFolders>> open(
      const std::vector<std::filesystem::path>& folders, const std::filesystem::path& data_dir);

  [[nodiscard]] int descriptor() const { return watcher_.descriptor(); }

  [[nodiscard]] std::optional<std::int64_t> next_look() const { return watcher_.next_look(); }

  // Whether the last take() left some.
  [[nodiscard]] bool has_more() const { return has_more_; }

  // The next batch of files, to be imported at once. `now`: seconds since 1970 UTC.
  [[nodiscard]] std::vector<InputFile> take(std::int64_t now);

  // Moves those of the batch away that the import has read; the others wait for the next take().
  void move_away(const ImportOutcome& outcome, std::int64_t now);

  // The import failed: all of the batch waits for the next take().
  void put_back();

 private:
  explicit WatchedFolders(FolderWatcher watcher) : watcher_(std::move(watcher)) {}

  FolderWatcher watcher_;
  std::vector<FoundFile> batch_;
  bool has_more_ = false;
};

}  // namespace broadsheet::indexer
