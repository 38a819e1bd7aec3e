// Feeds that are being asked: those under way, with what was known of them, and their answers. No
// lock is held meanwhile.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "indexer/feed_batch.h"
#include "indexer/intake/feed_fetch_thread.h"
#include "indexer/intake/feed_state.h"

namespace broadsheet::indexer {

// Not thread-safe.
class FeedPolling {
 public:
  explicit FeedPolling(const FetchOptions& options) : thread_(options) {}

  // How many more may be asked: answers wait in memory until they are stored.
  [[nodiscard]] std::size_t room() const;

  [[nodiscard]] bool is_under_way(FeedId feed) const { return under_way_.count(feed) > 0; }

  [[nodiscard]] bool is_idle() const { return under_way_.empty(); }

  void ask(const FeedState& feed);

  // Readable while there are answers.
  [[nodiscard]] int descriptor() const { return thread_.descriptor(); }

  // The answers there are. Their feeds count as under way until done().
  [[nodiscard]] std::vector<PolledFeed> take();

  void done(FeedId feed) { under_way_.erase(feed); }

 private:
  std::map<FeedId, FeedState> under_way_;
  FeedFetchThread thread_;
};

}  // namespace broadsheet::indexer
