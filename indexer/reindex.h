// Brings the index up to the catalog: the step behind `add`, `index` and `withdraw`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "indexer/write/progress.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Writes to the index for as long as it lives; the caller holds DATA/writer.lock. Not thread-safe.
class Reindexer {
 public:
  // Reads the catalog through its own connection. `threads`: workers of the bulk road, at least 1.
  [[nodiscard]] static Result<Reindexer> open(const std::filesystem::path& data_dir, int threads);
  Reindexer(Reindexer&&) noexcept;
  Reindexer& operator=(Reindexer&&) noexcept;
  ~Reindexer();

  // Whether nothing is indexed yet: then apply_pending() takes the bulk road and shows all at its
  // end, so call it when there is much in the catalog. What comes later takes the slower one.
  [[nodiscard]] bool is_first_load() const;

  // Indexes every change of the catalog after the last one applied, and commits: readers see it
  // when this returns. Also makes appear and vanish what embargoes and expiries ask for at `now`
  // (seconds since 1970 UTC). Returns the number of articles written or removed.
  [[nodiscard]] Result<std::uint64_t> apply_pending(std::int64_t now,
                                                    const BuildProgress& progress = {});

  // Takes over a join of parts that is finished; tells whether one is still going on.
  [[nodiscard]] Result<bool> tend_join();

  // Waits until a join of parts going on in the background is done; GoOn::no gives it up.
  [[nodiscard]] Result<void> finish(const KeepWaiting& keep_waiting = {});

 private:
  struct State;
  explicit Reindexer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace broadsheet::indexer
