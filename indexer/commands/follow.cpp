// The index follows the catalog.
#include "indexer/commands/follow.h"

#include "indexer/reindex.h"

namespace broadsheet::indexer {
namespace {

Result<void> apply(const Session& session) {
  auto index = Reindexer::open(session.data_dir, 1);
  if (!index) return pass_on(index.error());
  auto applied = index->apply_pending(unix_now(), session.until_stopped());
  if (!applied) return pass_on(applied.error());
  return index->finish(session.until_signal());
}

}  // namespace

Result<void> follow_in_index(const Session& session) {
  auto done = apply(session);
  if (done) return done;
  Error error = done.error();
  if (error.hint.empty()) error.hint = "run broadsheet-indexer index when that is mended";
  return pass_on(std::move(error));
}

}  // namespace broadsheet::indexer
