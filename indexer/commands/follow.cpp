// The index follows the catalog.
#include "indexer/commands/follow.h"

#include "indexer/reindex.h"
#include "indexer/stories/link_rows.h"
#include "indexer/write/catalog_writer.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {

Result<bool> has_link_due(const std::filesystem::path& data_dir) {
  auto catalog = open_catalog_for_reading(data_dir);
  // One from before there was such a table.
  if (!catalog && catalog.error().code == ErrorCode::outdated) return true;
  if (!catalog) return pass_on(catalog.error());
  auto due = first_due(*catalog, 1);
  if (!due) return pass_on(due.error());
  return !due->empty();
}

Result<void> link_due(const Session& session) {
  auto catalog = CatalogWriter::open(session.data_dir);
  if (!catalog) return pass_on(catalog.error());
  const KeepWaiting keep_waiting = session.until_signal();
  while (true) {
    auto more = catalog->link_more();
    if (!more) return pass_on(more.error());
    if (!*more) return {};
    if (keep_waiting && keep_waiting() == GoOn::no)
      return fail(ErrorCode::interrupted, "linking was interrupted");
  }
}

Result<std::uint64_t> apply_pending(const Session& session, int threads) {
  if (auto done = link_due(session); !done) return pass_on(done.error());
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
