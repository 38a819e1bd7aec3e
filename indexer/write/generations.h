// Generations and parts as folders: naming the live ones in the stub, clearing away the others, and
// building a new generation beside the live one.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "indexer/write/answer_drift.h"
#include "indexer/write/progress.h"
#include "schema/index.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Makes `live` what readers open: one atomic rename of the stub, durable when this returns.
// Every part must be committed already. A generation that was live until now keeps a list of its
// parts, to go back to.
[[nodiscard]] Result<void> publish(const std::filesystem::path& data_dir, const LiveIndex& live);

// Deletes what no reader opens any more: parts of the live generation that the stub does not name,
// and all generations older than the one before the live one. Readers that still hold such a part
// go on reading.
void remove_unused(const std::filesystem::path& data_dir, const LiveIndex& live);

// Deletes every generation but the live one, and whatever an interrupted command left in the
// index's folder. The caller holds DATA/index/rebuild.lock too.
void remove_others(const std::filesystem::path& data_dir, const LiveIndex& live);

// A folder for the next part of a generation: higher than any there.
[[nodiscard]] std::filesystem::path next_part(const std::filesystem::path& data_dir,
                                              int generation);

// Generations beside the live one that are whole: those that were live, and those that a rebuild
// left without making them live. Ascending.
[[nodiscard]] std::vector<int> kept_generations(const std::filesystem::path& data_dir);

// The number of the next generation: higher than any there.
[[nodiscard]] int next_generation(const std::filesystem::path& data_dir);

struct RebuildOptions {
  int threads = 2;
  bool swap = true;      // false: builds and verifies, and leaves the live index as it is
  std::int64_t now = 0;  // for visibility, seconds since 1970 UTC
  // How long to wait for another rebuild to end.
  std::chrono::milliseconds lock_timeout{0};
  // Takes DATA/writer.lock for the swap, gives what became due meanwhile a new change_seq, and
  // returns the time by which visibility is judged from then on. Called once the generation is
  // built; its error ends the rebuild. Empty: the caller holds the lock, and `now` goes on.
  std::function<Result<std::int64_t>()> take_lock;
  BuildProgress progress;
};

struct RebuildReport {
  int generation = 0;
  std::uint64_t articles = 0;
  std::uint64_t compared = 0;        // of these, word by word with the catalog
  std::optional<AnswerDrift> drift;  // from the generation that was live; empty without one
};

// Clears away what a rebuild left that was cut short, and a generation that was never made live.
// Builds a new generation from the catalog beside the live one, then, with the lock held, catches
// up with what changed meanwhile, verifies it and swaps the stub. The live index serves and grows
// until the swap. unavailable: another rebuild is going on. interrupted: `progress` said so.
[[nodiscard]] Result<RebuildReport> rebuild(const std::filesystem::path& data_dir,
                                            const RebuildOptions& options);

// Makes a kept generation live: brings it up to the catalog, so that nothing taken down meanwhile
// comes back, verifies it and swaps the stub. `options` as for rebuild(). not_found: no such
// generation is kept. corrupt, version_mismatch: it cannot be used any more. internal: it holds
// other articles than the catalog; the live index is as it was.
[[nodiscard]] Result<RebuildReport> promote(const std::filesystem::path& data_dir,
                                            int generation,
                                            const RebuildOptions& options);

}  // namespace broadsheet::indexer
