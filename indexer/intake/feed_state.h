// What is known of a subscribed feed between two polls. Plain values: the store keeps them, the
// schedule decides by them, the fetcher asks with them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace broadsheet::indexer {

using FeedId = std::int64_t;

// How a poll went. Stored in the catalog: append only; never renumber.
enum class FeedOutcome : std::uint8_t {
  never = 0,      // not polled yet
  fresh = 1,      // a feed came and is in the catalog
  unchanged = 2,  // as before: the server says so (304), or the same bytes came
  failed = 3,     // may pass: no connection, too slow, a server in trouble
  refused = 4,    // will hardly pass by itself: no such page, no feed, an address that may not be
  gone = 5,       // the server says it is gone for good (410): polled no more
  twin = 6        // it has moved to where another feed is asked already: polled no more
};

// True for the outcomes after which the catalog holds what the feed has.
[[nodiscard]] constexpr bool went_well(FeedOutcome outcome) {
  return outcome == FeedOutcome::fresh || outcome == FeedOutcome::unchanged ||
         outcome == FeedOutcome::twin;
}

// One row of table `feed`. Times are seconds since 1970 UTC.
struct FeedState {
  FeedId id = 0;
  std::string url;      // as the operator gave it
  std::string address;  // where permanent redirects of it have led; the one that is asked
  std::string source;   // whose articles these are; empty: what the feed says
  std::optional<std::chrono::seconds> every;  // the operator's interval; empty: ours
  bool allow_private = false;
  std::string etag;
  std::string last_modified;
  std::string validated;  // the address that etag and last_modified came from
  std::string body_hash;  // of the last answer that is in the catalog whole; empty: none
  std::chrono::seconds interval{0};
  std::optional<std::int64_t> next_due;  // empty: polled no more
  int failures = 0;                      // since the last success
  std::optional<std::int64_t> last_poll;
  std::optional<std::int64_t> last_success;
  FeedOutcome outcome = FeedOutcome::never;
  int http_status = 0;  // of the last answer; 0 without one
  std::string said;     // the last poll in words
  std::int64_t polls = 0;
  std::int64_t articles = 0;  // added through this feed
};

}  // namespace broadsheet::indexer
