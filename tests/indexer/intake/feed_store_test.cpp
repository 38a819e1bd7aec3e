// Subscriptions in the catalog: kept as they were given, changed without harm to one another.
#include "indexer/intake/feed_store.h"

#include <gtest/gtest.h>

#include "indexer/intake/feed_schedule.h"
#include "schema/catalog.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::minutes;

class FeedStoreTest : public testing::Test {
 protected:
  FeedState feed(std::string_view named) { return store_.find(named).value().value(); }

  FeedId add(const std::string& url, std::int64_t now = 100) {
    return store_.add({url, {}, {}, false}, now).value().id;
  }

  tests::TempDir folder_;
  FeedStore store_ = FeedStore::open(folder_.path()).value();
};

TEST_F(FeedStoreTest, a_new_feed_is_due_at_once) {
  const FeedWish wish{"https://a.example/f", "The Wire", minutes(20), true};
  const AddedFeed added = store_.add(wish, 100).value();
  EXPECT_EQ(added.what, FeedAdded::added);
  const FeedState there = feed("https://a.example/f");
  EXPECT_EQ(there.id, added.id);
  EXPECT_EQ(there.address, there.url);
  EXPECT_EQ(there.source, "The Wire");
  EXPECT_EQ(there.every, minutes(20));
  EXPECT_TRUE(there.allow_private);
  EXPECT_EQ(there.interval, kFirstInterval);
  EXPECT_EQ(there.next_due, 100);
  EXPECT_EQ(there.outcome, FeedOutcome::never);
  EXPECT_EQ(feed(std::to_string(added.id)).url, wish.url);
}

TEST_F(FeedStoreTest, adding_twice_stores_once_and_takes_over_what_is_wished_anew) {
  const FeedId id = add("https://a.example/f");
  EXPECT_EQ(store_.add({"https://a.example/f", {}, {}, false}, 200)->what, FeedAdded::there);
  EXPECT_EQ(feed("1").next_due, 100);
  const AddedFeed changed = store_.add({"https://a.example/f", "Wire", {}, true}, 300).value();
  EXPECT_EQ(changed.what, FeedAdded::changed);
  EXPECT_EQ(changed.id, id);
  EXPECT_EQ(feed("1").next_due, 300);
  // What is not said stays.
  EXPECT_EQ(store_.add({"https://a.example/f", {}, minutes(5), false}, 300)->what,
            FeedAdded::changed);
  EXPECT_EQ(feed("1").source, "Wire");
  EXPECT_TRUE(feed("1").allow_private);
  EXPECT_EQ(store_.all()->size(), 1U);
}

TEST_F(FeedStoreTest, a_poll_is_kept_whole) {
  add("https://a.example/f");
  FeedState polled = feed("1");
  polled.address = "https://b.example/g";
  polled.etag = "\"x\"";
  polled.last_modified = "yesterday";
  polled.validated = "https://c.example/h";
  polled.body_hash = "abc";
  polled.interval = minutes(7);
  polled.next_due = 900;
  polled.failures = 2;
  polled.last_poll = 800;
  polled.last_success = 700;
  polled.outcome = FeedOutcome::failed;
  polled.http_status = 503;
  polled.said = "the server is not available";
  polled.polls = 4;
  polled.articles = 11;
  ASSERT_TRUE(store_.record({polled}));
  const FeedState there = feed("https://b.example/g");
  EXPECT_EQ(there.id, polled.id);
  EXPECT_EQ(there.url, "https://a.example/f");
  EXPECT_EQ(there.etag, polled.etag);
  EXPECT_EQ(there.last_modified, polled.last_modified);
  EXPECT_EQ(there.validated, polled.validated);
  EXPECT_EQ(there.body_hash, polled.body_hash);
  EXPECT_EQ(there.interval, polled.interval);
  EXPECT_EQ(there.next_due, polled.next_due);
  EXPECT_EQ(there.failures, 2);
  EXPECT_EQ(there.last_poll, 800);
  EXPECT_EQ(there.last_success, 700);
  EXPECT_EQ(there.outcome, FeedOutcome::failed);
  EXPECT_EQ(there.http_status, 503);
  EXPECT_EQ(there.said, polled.said);
  EXPECT_EQ(there.polls, 4);
  EXPECT_EQ(there.articles, 11);
  // Known under both addresses.
  EXPECT_EQ(store_.add({"https://b.example/g", {}, {}, false}, 1)->what, FeedAdded::there);
}

TEST_F(FeedStoreTest, what_the_operator_changed_during_a_poll_stays) {
  add("https://a.example/f");
  const FeedState asked = feed("1");
  ASSERT_TRUE(store_.add({"https://a.example/f", "Wire", minutes(30), true}, 200));
  ASSERT_TRUE(store_.record({asked}));
  EXPECT_EQ(feed("1").source, "Wire");
  EXPECT_EQ(feed("1").every, minutes(30));
  EXPECT_TRUE(feed("1").allow_private);
}

TEST_F(FeedStoreTest, another_source_asks_for_all_articles_anew) {
  add("https://a.example/f");
  FeedState polled = feed("1");
  polled.etag = "e";
  polled.last_modified = "m";
  polled.body_hash = "h";
  ASSERT_TRUE(store_.record({polled}));
  ASSERT_TRUE(store_.add({"https://a.example/f", {}, minutes(30), false}, 200));
  EXPECT_EQ(feed("1").etag, "e");
  ASSERT_TRUE(store_.add({"https://a.example/f", "Wire", {}, false}, 200));
  EXPECT_EQ(feed("1").etag + feed("1").last_modified + feed("1").body_hash, "");
  // The answer to a request from before was stored under the old source.
  ASSERT_TRUE(store_.record({polled}));
  EXPECT_EQ(feed("1").etag + feed("1").last_modified + feed("1").body_hash, "");
  polled.source = "Wire";
  ASSERT_TRUE(store_.record({polled}));
  EXPECT_EQ(feed("1").etag + feed("1").last_modified + feed("1").body_hash, "emh");
}

TEST_F(FeedStoreTest, of_two_feeds_that_come_to_one_address_the_first_is_polled) {
  for (const char* url : {"https://a.example/f", "https://b.example/f", "https://c.example/f"})
    add(url);
  const auto came_to = [&](const char* named, const std::string& address) {
    FeedState polled = feed(named);
    polled.outcome = FeedOutcome::fresh;
    polled.said = "2 articles";
    polled.address = address;
    polled.next_due = 900;
    return store_.record({polled}).value().front();
  };
  EXPECT_EQ(came_to("2", "https://new.example/f").outcome, FeedOutcome::fresh);
  const FeedState twin = came_to("1", "https://new.example/f");
  EXPECT_EQ(twin.outcome, FeedOutcome::twin);
  EXPECT_FALSE(twin.next_due);
  EXPECT_EQ(twin.said, "it is the same as feed 2, https://b.example/f; 2 articles");
  EXPECT_EQ(feed("1").outcome, FeedOutcome::twin);
  EXPECT_FALSE(feed("1").next_due);
  // That of one subscribed to as it is, too, polled or not.
  EXPECT_EQ(came_to("2", "https://c.example/f").outcome, FeedOutcome::twin);
  EXPECT_EQ(came_to("3", "https://c.example/f").outcome, FeedOutcome::fresh);
  // Who subscribes again has it polled again, until they are found to be the same.
  ASSERT_TRUE(store_.add({"https://b.example/f", {}, {}, false}, 1000));
  EXPECT_EQ(came_to("2", "https://c.example/f").outcome, FeedOutcome::fresh);
  EXPECT_EQ(came_to("3", "https://c.example/f").outcome, FeedOutcome::twin);
}

TEST_F(FeedStoreTest, a_feed_that_failed_is_no_twin) {
  add("https://a.example/f");
  add("https://b.example/f");
  FeedState polled = feed("1");
  polled.outcome = FeedOutcome::failed;
  polled.address = "https://b.example/f";
  polled.next_due = 900;
  EXPECT_EQ(store_.record({polled}).value().front().outcome, FeedOutcome::failed);
}

TEST_F(FeedStoreTest, a_feed_removed_during_a_poll_stays_removed) {
  const FeedId id = add("https://a.example/f");
  const FeedState asked = feed("1");
  EXPECT_TRUE(store_.remove(id).value());
  EXPECT_FALSE(store_.remove(id).value());
  ASSERT_TRUE(store_.record({asked}));
  EXPECT_TRUE(store_.all()->empty());
  // Its number is not given again: answers under way may still bear it.
  EXPECT_GT(add("https://a.example/f"), id);
}

TEST_F(FeedStoreTest, knows_what_is_due_and_what_is_next) {
  EXPECT_FALSE(store_.next_due(0).value());
  add("https://a.example/f", 300);
  add("https://b.example/f", 100);
  add("https://c.example/f", 900);
  add("https://d.example/f", 50);
  FeedState gone = feed("4");
  gone.next_due.reset();
  gone.outcome = FeedOutcome::gone;
  ASSERT_TRUE(store_.record({gone}));
  const auto due = store_.due(300).value();
  ASSERT_EQ(due.size(), 2U);
  EXPECT_EQ(due.front().url, "https://b.example/f");
  EXPECT_EQ(store_.next_due(300).value(), 900);
  EXPECT_FALSE(store_.next_due(900).value());
  // Subscribing again gives it another chance.
  EXPECT_EQ(store_.add({"https://d.example/f", {}, {}, false}, 1)->what, FeedAdded::changed);
  EXPECT_EQ(feed("4").next_due, 1);
}

TEST_F(FeedStoreTest, names_that_are_none_find_nothing) {
  add("https://a.example/f");
  for (const char* named : {"", "2", "-1", "99999999999999999999", "https://a.example/", "'"})
    EXPECT_FALSE(store_.find(named).value()) << named;
}

}  // namespace
}  // namespace broadsheet::indexer
