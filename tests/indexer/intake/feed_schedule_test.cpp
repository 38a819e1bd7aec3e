// When feeds are asked again: what is learnt, what is asked for, and how failures space out.
#include "indexer/intake/feed_schedule.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kNow = 1'750'000'000;

FeedState feed_every(seconds interval) {
  FeedState feed;
  feed.interval = interval;
  return feed;
}

PollFacts went(FeedOutcome outcome, std::optional<bool> had_news = false) {
  PollFacts facts;
  facts.outcome = outcome;
  facts.had_news = had_news;
  return facts;
}

// Until the next poll, in seconds.
std::int64_t wait_of(const FeedState& feed, const PollFacts& facts, double chance = 0) {
  return next_poll(feed, facts, kNow, chance).due.value_or(0) - kNow;
}

TEST(next_poll, comes_sooner_after_news_and_later_without) {
  const FeedState feed = feed_every(minutes(40));
  EXPECT_EQ(next_poll(feed, went(FeedOutcome::fresh, true), kNow, 0).interval, minutes(20));
  EXPECT_EQ(next_poll(feed, went(FeedOutcome::fresh), kNow, 0).interval, minutes(50));
  EXPECT_EQ(next_poll(feed, went(FeedOutcome::unchanged), kNow, 0).interval, minutes(50));
  EXPECT_EQ(next_poll(feed, went(FeedOutcome::fresh, std::nullopt), kNow, 0).interval, minutes(40));
  EXPECT_EQ(wait_of(feed, went(FeedOutcome::fresh, true)), 20 * 60);
}

TEST(next_poll, keeps_to_sensible_intervals) {
  EXPECT_EQ(wait_of(feed_every(minutes(5)), went(FeedOutcome::fresh, true)), 5 * 60);
  EXPECT_EQ(wait_of(feed_every(hours(6)), went(FeedOutcome::unchanged)), 6 * 3600);
  EXPECT_EQ(next_poll({}, went(FeedOutcome::failed), kNow, 0).interval, kFirstInterval);
}

TEST(next_poll, honours_what_server_and_feed_wish_within_a_day) {
  PollFacts facts = went(FeedOutcome::fresh, true);
  facts.fresh_for = hours(2);
  EXPECT_EQ(wait_of(feed_every(minutes(10)), facts), 2 * 3600);
  facts.fresh_for = hours(24 * 365);
  EXPECT_EQ(wait_of(feed_every(minutes(10)), facts), 24 * 3600);
  facts.fresh_for = seconds(1);
  EXPECT_EQ(wait_of(feed_every(minutes(10)), facts), 5 * 60);
}

TEST(next_poll, follows_the_operator_before_its_own_mind) {
  FeedState feed = feed_every(minutes(40));
  feed.every = hours(3);
  PollFacts facts = went(FeedOutcome::fresh, true);
  facts.fresh_for = hours(8);
  EXPECT_EQ(wait_of(feed, facts), 3 * 3600);
  // But not before the server's word.
  facts.retry_after = hours(4);
  EXPECT_EQ(wait_of(feed, facts), 4 * 3600);
}

TEST(next_poll, backs_off_twice_as_long_each_time_up_to_a_day) {
  FeedState feed = feed_every(minutes(15));
  std::int64_t before = 0;
  for (feed.failures = 1; feed.failures < 9; ++feed.failures) {
    const std::int64_t wait = wait_of(feed, went(FeedOutcome::failed), 0.5);
    EXPECT_EQ(wait, before == 0 ? 120 : 2 * before);
    before = wait;
  }
  feed.failures = 1'000'000;
  EXPECT_EQ(wait_of(feed, went(FeedOutcome::failed), 0.5), 24 * 3600);
  feed.failures = 1;
  EXPECT_EQ(wait_of(feed, went(FeedOutcome::refused), 0.5), 3600);
  // What was learnt is not forgotten over it.
  EXPECT_EQ(next_poll(feed, went(FeedOutcome::failed), kNow, 0).interval, minutes(15));
}

TEST(next_poll, spreads_what_failed_together) {
  FeedState feed = feed_every(minutes(15));
  feed.failures = 3;
  EXPECT_EQ(wait_of(feed, went(FeedOutcome::failed), 0), 360);
  EXPECT_EQ(wait_of(feed, went(FeedOutcome::failed), 0.999), 600);
  EXPECT_GT(wait_of(feed, went(FeedOutcome::unchanged), 0.9),
            wait_of(feed, went(FeedOutcome::unchanged), 0.1));
}

TEST(next_poll, waits_as_long_as_it_is_told_but_not_for_ever) {
  FeedState feed = feed_every(minutes(15));
  feed.failures = 1;
  PollFacts facts = went(FeedOutcome::failed);
  facts.retry_after = hours(1);
  EXPECT_EQ(wait_of(feed, facts), 3600);
  EXPECT_GE(wait_of(feed, facts, 0.9), 3600);
  facts.retry_after = seconds(1);
  EXPECT_EQ(wait_of(feed, facts), 90);
  facts.retry_after = hours(24 * 3650);
  EXPECT_EQ(wait_of(feed, facts), 48 * 3600);
}

TEST(next_poll, ends_with_a_feed_that_is_gone) {
  EXPECT_FALSE(next_poll(feed_every(hours(1)), went(FeedOutcome::gone), kNow, 0).due);
}

}  // namespace
}  // namespace broadsheet::indexer
