// Making one compacted part of the live generation while writers and readers go on.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "indexer/write/progress.h"
#include "indexer/write/writer_lock.h"
#include "schema/result.h"

namespace broadsheet::indexer {

struct CompactOptions {
  // Takes DATA/writer.lock; called for a moment before the join and for the swap after it.
  std::function<Result<WriterLock>()> take_lock;
  std::chrono::milliseconds rebuild_timeout{0};  // how long to wait for a rebuild to end
  KeepWaiting keep_waiting;
  // What lies beside the live generation: kept for going back to, or deleted.
  enum class Others { keep, remove };
  Others others = Others::keep;
};

struct CompactReport {
  std::size_t parts = 0;            // joined into one; 1: there was nothing to join
  std::uintmax_t bytes_before = 0;  // of these parts
  std::uintmax_t bytes_after = 0;
};

// Joins all parts of the live generation into one. What the joined parts hid or had written over is
// nowhere in it. An archive without an index has no parts. internal: not enough room on the disk.
// unavailable: another rebuild is going on, or the lock was not to be had. interrupted:
// `keep_waiting` said so. After a failure the parts are as they were.
[[nodiscard]] Result<CompactReport> compact_index(const std::filesystem::path& data_dir,
                                                  const CompactOptions& options);

}  // namespace broadsheet::indexer
