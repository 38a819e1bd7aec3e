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
  // Bodies are unpacked, whatever the options say.
  explicit FeedPolling(FetchOptions options);

  // How many more may be asked: answers wait in memory until they are stored. Their bytes are
  // bounded as well, by FetchOptions::memory_bytes.
  [[nodiscard]] std::size_t room() const;

  [[nodiscard]] bool is_under_way(FeedId feed) const { return under_way_.count(feed) > 0; }

  [[nodiscard]] bool is_idle() const { return under_way_.empty(); }

  void ask(const FeedState& feed);

  // Readable while there are answers.
  [[nodiscard]] int descriptor() const { return thread_.descriptor(); }

  // The answers there are. Their feeds count as under way until done().
  [[nodiscard]] std::vector<PolledFeed> take();

  // The answer is stored, and its body in memory no more.
  void done(FeedId feed);

 private:
  struct UnderWay {
    FeedState feed;
    std::size_t bytes = 0;  // of the body that has come
  };

  std::map<FeedId, UnderWay> under_way_;
  FeedFetchThread thread_;
};

}  // namespace broadsheet::indexer
