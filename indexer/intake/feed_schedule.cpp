// A poll that finds news halves the interval, one that finds none lengthens it by a quarter: so
// about one poll in four finds something, and an article waits for a quarter of the usual gap
// between two.
#include "indexer/intake/feed_schedule.h"

#include <algorithm>
#include <cmath>

namespace broadsheet::indexer {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// More often is a burden on the server; less often, and what a feed drops soon would be missed.
constexpr seconds kShortest = minutes(5);
constexpr seconds kLongest = hours(6);
// What a server or a feed may ask for. A cache header made for pictures says years.
constexpr seconds kLongestWish = hours(24);
constexpr seconds kLongestRetryAfter = hours(48);
// The first wait after a failure, doubled with each one more.
constexpr seconds kFirstBackOff = minutes(2);
constexpr seconds kFirstBackOffRefused = hours(1);
constexpr seconds kLongestBackOff = hours(24);

seconds times(seconds value, double factor) {
  return seconds(std::llround(static_cast<double>(value.count()) * factor));
}

seconds learnt(seconds before, const PollFacts& facts) {
  if (before == seconds(0)) before = kFirstInterval;
  if (!went_well(facts.outcome) || !facts.had_news) return before;
  return std::clamp(times(before, *facts.had_news ? 0.5 : 1.25), kShortest, kLongest);
}

seconds back_off(const FeedState& feed, FeedOutcome outcome) {
  const seconds first = outcome == FeedOutcome::refused ? kFirstBackOffRefused : kFirstBackOff;
  // 2^10 times two minutes is beyond the longest wait.
  const int doublings = std::clamp(feed.failures - 1, 0, 10);
  return std::min(first * (1 << doublings), kLongestBackOff);
}

}  // namespace

NextPoll next_poll(const FeedState& feed, const PollFacts& facts, std::int64_t now, double chance) {
  NextPoll next;
  next.interval = learnt(feed.interval, facts);
  if (facts.outcome == FeedOutcome::gone) return next;
  seconds wait;
  if (!went_well(facts.outcome)) {
    wait = times(back_off(feed, facts.outcome), 0.75 + chance * 0.5);
  } else if (feed.every) {
    wait = times(*feed.every, 1 + chance * 0.02);
  } else {
    const seconds wish = std::min(facts.fresh_for.value_or(seconds(0)), kLongestWish);
    wait = times(std::max(next.interval, wish), 1 + chance * 0.1);
  }
  // The server's word counts whatever the operator wants.
  const seconds asked = std::min(facts.retry_after.value_or(seconds(0)), kLongestRetryAfter);
  if (wait < asked) wait = times(asked, 1 + chance * 0.1);
  next.due = now + wait.count();
  return next;
}

}  // namespace broadsheet::indexer
