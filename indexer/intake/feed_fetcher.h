// Asks for feeds: follows redirects one by one, keeps to the gaps between requests to a host, and
// judges what HTTP says. What a body holds is judged elsewhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/intake/feed_state.h"
#include "indexer/intake/feed_transfer.h"
#include "indexer/intake/host_gaps.h"

namespace broadsheet::indexer {

struct FetchOptions {
  TransferLimits limits;
  std::size_t at_once = 4;  // transfers under way
  std::chrono::milliseconds host_gap = std::chrono::seconds(1);
  int most_redirects = 5;
};

struct FeedRequest {
  FeedId feed = 0;
  std::string address;  // checked
  std::string etag;
  std::string last_modified;
  bool allow_private = false;
};

// `outcome` is fresh for any body that came whole, whatever it is.
struct FeedAnswer {
  FeedId feed = 0;
  FeedOutcome outcome = FeedOutcome::failed;
  int http_status = 0;
  std::string said;           // why not, in words
  std::string body;           // of a fresh one
  std::string final_address;  // where it came from
  std::string moved_to;       // where permanent redirects alone led; empty without
  std::string content_type;
  std::string etag;
  std::string last_modified;
  std::string retry_after;
  std::string cache_control;
};

// Not thread-safe but for wake().
class FeedFetcher {
 public:
  explicit FeedFetcher(const FetchOptions& options);

  void add(FeedRequest request);

  [[nodiscard]] bool is_idle() const { return queue_.empty() && fetches_.empty(); }

  // Moves everything on; returns when something is answered, after `longest`, or on wake().
  [[nodiscard]] std::vector<FeedAnswer> wait(std::chrono::milliseconds longest);

  void wake() { transfers_.wake(); }

 private:
  struct Fetch {
    FeedRequest request;
    std::string address;  // of this hop
    std::string host;     // of the first hop: whose gap it keeps
    std::vector<std::string> seen;
    std::string moved_to;
    bool all_permanent = true;
  };

  std::chrono::milliseconds start_ready(std::chrono::milliseconds longest);
  void send(std::uint64_t tag);
  // Empty while it goes on to where it was redirected.
  std::vector<FeedAnswer> settle(TransferResult result);
  [[nodiscard]] std::string follow(Fetch& fetch, const TransferResult& result) const;

  FetchOptions options_;
  Transfers transfers_;
  HostGaps gaps_;
  std::deque<FeedRequest> queue_;
  std::unordered_map<std::uint64_t, Fetch> fetches_;
  std::uint64_t last_tag_ = 0;
};

}  // namespace broadsheet::indexer
