// The index follows the catalog.
#include "indexer/commands/follow.h"

#include "indexer/reindex.h"
#include "indexer/write/catalog_writer.h"

namespace broadsheet::indexer {
Result<std::uint64_t> apply_pending(const Session& session, int threads) {
  auto index = Reindexer::open(session.data_dir, threads);
  if (!index) return pass_on(index.error());
  auto applied = index->apply_pending(unix_now(), session.until_stopped());
  if (!applied) return applied;
  if (auto done = index->finish(session.until_signal()); !done) return pass_on(done.error());
  return applied;
}

Result<void> follow_in_index(const Session& session) {
  auto done = apply_pending(session, default_jobs());
  if (done) return {};
  Error error = done.error();
  if (error.hint.empty()) error.hint = "run broadsheet-indexer index when that is mended";
  return pass_on(std::move(error));
}

Result<void> release_due(const Session& session, std::int64_t now) {
  auto catalog = CatalogWriter::open(session.data_dir);
  if (!catalog) return pass_on(catalog.error());
  if (auto done = catalog->release_due(now); !done) return pass_on(done.error());
  return catalog->commit();
}

Result<std::int64_t> lock_for_swap(const Session& session,
                                   const char* command,
                                   std::optional<WriterLock>& lock) {
  auto taken = session.lock(command);
  if (!taken) return pass_on(taken.error());
  lock.emplace(*std::move(taken));
  const std::int64_t now = unix_now();
  if (auto done = release_due(session, now); !done) return pass_on(done.error());
  return now;
}

}  // namespace broadsheet::indexer
