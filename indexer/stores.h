// What an import writes to, and whose turn it is to write: DATA/writer.lock goes with open stores,
// because another writer changes what they know.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "indexer/reindex.h"
#include "indexer/write/catalog_writer.h"
#include "indexer/write/quarantine.h"
#include "indexer/write/writer_lock.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Open for as long as the lock is held.
struct Stores {
  CatalogWriter catalog;
  Reindexer index;
  Quarantine quarantine;
};

// `threads` build a first index; `started`, seconds since 1970 UTC, names the quarantine file.
[[nodiscard]] Result<Stores> open_stores(const std::filesystem::path& data_dir,
                                         int threads,
                                         std::int64_t started);

// A program that stays up writes in turns, so that others get in between. Not thread-safe.
class WriteTurn {
 public:
  struct Options {
    std::filesystem::path data_dir;
    std::string command;                                  // what the lock names
    int threads = 1;                                      // as open_stores() has it
    std::int64_t started = 0;                             // as open_stores() has it
    KeepWaiting keep_waiting;                             // asked while another writer has its turn
    std::function<void(const std::string& who)> on_wait;  // told when that takes over a second
  };

  explicit WriteTurn(Options options) : options_(std::move(options)) {}

  // Takes the lock, however long that takes, and opens the stores; both may be there already.
  // interrupted: `keep_waiting` said so.
  [[nodiscard]] Result<Stores*> begin();

  [[nodiscard]] bool is_held() const { return lock_.has_value(); }

  // Between two transactions: lets those who wait for the lock have it, then begins again. What was
  // got from begin() before is no longer there. Nothing happens when nobody waits.
  [[nodiscard]] Result<Stores*> give_way();

  // Takes over a finished join of index parts. Ends the turn unless one is going on that nobody
  // waits for; true: it goes on, so look again soon.
  [[nodiscard]] Result<bool> end_unless_joining();

  // Closes the stores and lets go of the lock; a join of index parts is given up, for later.
  void end();

 private:
  Options options_;
  std::optional<WriterLock> lock_;
  std::optional<Stores> stores_;
};

}  // namespace broadsheet::indexer
