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

// A body without its content codings.
struct UnpackedBody {
  std::string bytes;
  bool is_cut = false;  // its packed form ends too soon: this is what came before
};

// Undoes what a Content-Encoding field names. invalid_argument: it will not pass, as what is longer
// than `most` bytes. Any other error: damage.
using Unpack = Result<UnpackedBody> (*)(std::string_view codings,
                                        std::string bytes,
                                        std::size_t most);

struct FetchOptions {
  TransferLimits limits;
  Unpack unpack = nullptr;                          // null: bodies are given as they come
  std::size_t body_bytes = std::size_t{32} << 20U;  // of a body unpacked
  // Of all bodies in memory, those that are still to come too: nothing is asked while the largest
  // body might not find room. As many as are under way at once, and one more of those that wait.
  std::size_t memory_bytes = std::size_t{160} << 20U;
  std::size_t at_once = 4;  // transfers under way
  std::chrono::milliseconds host_gap = std::chrono::seconds(1);
  int most_redirects = 5;
};

struct FeedRequest {
  FeedId feed = 0;
  std::string address;  // checked
  std::string etag;
  std::string last_modified;
  std::string validated;  // the only address that is told `etag` and `last_modified`
  bool allow_private = false;
};

// `outcome` is fresh for any body that came whole, whatever it is.
struct FeedAnswer {
  FeedId feed = 0;
  FeedOutcome outcome = FeedOutcome::failed;
  int http_status = 0;
  std::string said;           // why not, in words
  std::string body;           // of a fresh one
  bool is_cut = false;        // its end did not come, though HTTP is content
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

  // How many bytes of bodies the caller keeps in memory; counts from the next wait() on.
  void set_held(std::size_t bytes) { held_ = bytes; }

  [[nodiscard]] bool is_idle() const { return queue_.empty() && fetches_.empty(); }

  // Moves everything on; returns when something is answered, after `longest`, or on wake().
  [[nodiscard]] std::vector<FeedAnswer> wait(std::chrono::milliseconds longest);

  void wake() { transfers_.wake(); }

 private:
  struct Fetch {
    FeedRequest request;
    std::string address;            // of this hop
    bool is_conditional = false;    // this hop was told what is known
    std::vector<std::string> seen;  // addresses asked, the last one too
    std::string moved_to;
    bool all_permanent = true;
  };

  std::chrono::milliseconds start_ready(std::chrono::milliseconds longest);
  [[nodiscard]] bool has_room() const;
  void send(std::uint64_t tag);
  // Empty while it goes on to where it was redirected.
  std::vector<FeedAnswer> settle(TransferResult result);
  void go_on(std::uint64_t tag, const std::string& from);
  void unpack(FeedAnswer& answer, const std::string& codings) const;
  [[nodiscard]] std::string follow(Fetch& fetch, const TransferResult& result) const;

  FetchOptions options_;
  Transfers transfers_;
  HostGaps gaps_;
  std::deque<Fetch> queue_;  // before their first hop, or one to another host
  std::size_t held_ = 0;
  std::unordered_map<std::uint64_t, Fetch> fetches_;  // being transferred
  std::uint64_t last_tag_ = 0;
};

}  // namespace broadsheet::indexer
