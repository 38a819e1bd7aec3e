// When a feed is asked again. A pure function: clock and chance are arguments.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "indexer/intake/feed_state.h"

namespace broadsheet::indexer {

// Of a feed that nothing is known of yet.
inline constexpr std::chrono::seconds kFirstInterval = std::chrono::minutes(15);

// The operator's interval lies between these.
inline constexpr std::chrono::seconds kShortestEvery = std::chrono::minutes(1);
inline constexpr std::chrono::seconds kLongestEvery = std::chrono::days(30);

// What a poll tells the schedule.
struct PollFacts {
  FeedOutcome outcome = FeedOutcome::failed;
  // Whether articles came that were not there before; empty: that tells nothing, as at the first
  // poll.
  std::optional<bool> had_news;
  std::optional<std::chrono::seconds> fresh_for;    // the server's or the feed's own wish
  std::optional<std::chrono::seconds> retry_after;  // asked for by the server
};

struct NextPoll {
  std::chrono::seconds interval{0};  // learnt: to be kept with the feed
  std::optional<std::int64_t> due;   // empty: not again by itself
};

// `feed` as it was before the poll, but with the failures that count now. `chance` in [0, 1)
// spreads the times, so that feeds which failed together do not come back together.
[[nodiscard]] NextPoll next_poll(const FeedState& feed,
                                 const PollFacts& facts,
                                 std::int64_t now,
                                 double chance);

}  // namespace broadsheet::indexer
