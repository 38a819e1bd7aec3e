// A fetcher on a thread of its own, so that whoever stores what came never keeps a server waiting.
#pragma once

#include <memory>
#include <vector>

#include "indexer/intake/feed_fetcher.h"

namespace broadsheet::indexer {

// For one thread besides its own. Destroying it ends what is under way at once.
class FeedFetchThread {
 public:
  explicit FeedFetchThread(const FetchOptions& options);
  ~FeedFetchThread();
  FeedFetchThread(const FeedFetchThread&) = delete;
  FeedFetchThread& operator=(const FeedFetchThread&) = delete;

  void add(std::vector<FeedRequest> requests);

  // Readable while take() has something to give.
  [[nodiscard]] int descriptor() const;

  // What has been answered so far; does not wait. The bodies count as held in memory until they are
  // released.
  [[nodiscard]] std::vector<FeedAnswer> take();

  // That many bytes of bodies are not in memory any more.
  void release(std::size_t bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace broadsheet::indexer
