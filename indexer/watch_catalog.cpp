// Every writer opens DATA/writer.lock for writing, so its closing tells that one is done.
#include "indexer/watch_catalog.h"

#include <sys/inotify.h>

#include "schema/catalog.h"

namespace broadsheet::indexer {

Result<CatalogWatcher> CatalogWatcher::open(const std::filesystem::path& data_dir) {
  auto inotify = Inotify::open();
  if (!inotify) return pass_on(inotify.error());
  if (auto watch = inotify->add(data_dir / "writer.lock", IN_CLOSE_WRITE); !watch) {
    return pass_on(watch.error());
  }
  return CatalogWatcher(data_dir, *std::move(inotify));
}

Result<bool> CatalogWatcher::look() {
  if (inotify_.read().empty()) return false;
  if (auto done = read(); !done) return pass_on(done.error());
  return true;
}

Result<void> CatalogWatcher::look_after_turn() {
  if (auto done = read(); !done) return done;
  indexed_seq_ = state_.change_seq;
  return {};
}

Result<void> CatalogWatcher::read() {
  auto catalog = open_catalog_for_reading(data_dir_);
  if (!catalog) return pass_on(catalog.error());
  auto state = catalog_state(*catalog);
  if (!state) return pass_on(state.error());
  state_ = *state;
  return {};
}

bool CatalogWatcher::is_due(std::int64_t now) const {
  return state_.change_seq != indexed_seq_ || (state_.next_due && *state_.next_due <= now);
}

}  // namespace broadsheet::indexer
