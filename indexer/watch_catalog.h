// Watches the catalog for `watch`: other programs write to it too, and it has dates that come due.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "indexer/intake/inotify.h"
#include "indexer/write/due.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Not thread-safe.
class CatalogWatcher {
 public:
  // The catalog must be there.
  [[nodiscard]] static Result<CatalogWatcher> open(const std::filesystem::path& data_dir);

  // Readable when a process has let go of the writer's lock.
  [[nodiscard]] int descriptor() const { return inotify_.descriptor(); }

  // Looks at the catalog if somebody may have written to it since; whether it did.
  [[nodiscard]] Result<bool> look();

  // The same after a turn of our own: all that is there now is indexed.
  [[nodiscard]] Result<void> look_after_turn();

  // Whether there is something to do for the index at `now`.
  [[nodiscard]] bool is_due(std::int64_t now) const;

  // When there will be; empty: not before somebody writes.
  [[nodiscard]] std::optional<std::int64_t> next_due() const { return state_.next_due; }

 private:
  CatalogWatcher(std::filesystem::path data_dir, Inotify inotify)
      : data_dir_(std::move(data_dir)), inotify_(std::move(inotify)) {}

  Result<void> read();

  std::filesystem::path data_dir_;
  Inotify inotify_;
  CatalogState state_;
  std::int64_t indexed_seq_ = 0;
};

}  // namespace broadsheet::indexer
