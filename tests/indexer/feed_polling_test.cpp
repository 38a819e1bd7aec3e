// Feeds under way: how many there may be, what comes of them, and when their memory is free again.
#include "indexer/feed_polling.h"

#include <gtest/gtest.h>
#include <poll.h>

#include "tests/support/feed_server.h"

namespace broadsheet::indexer {
namespace {

FeedState feed_at(const tests::FeedServer& server, FeedId id) {
  FeedState feed;
  feed.id = id;
  feed.url = feed.address = server.url("/f");
  feed.allow_private = true;
  return feed;
}

bool is_readable(const FeedPolling& polling, int milliseconds) {
  pollfd watched{polling.descriptor(), POLLIN, 0};
  return ::poll(&watched, 1, milliseconds) == 1;
}

FetchOptions quick() {
  FetchOptions options;
  options.host_gap = std::chrono::milliseconds(0);
  return options;
}

TEST(feed_polling, gives_bodies_unpacked_with_their_feeds) {
  tests::FeedServer server;
  server.on("/f",
            tests::http_answer(
                200, "Content-Encoding: gzip\r\n", tests::gzipped(tests::made_feed(0, 2))));
  FeedPolling polling(quick());
  const std::size_t room = polling.room();
  polling.ask(feed_at(server, 7));
  EXPECT_EQ(polling.room(), room - 1);
  ASSERT_TRUE(is_readable(polling, 20'000));
  const auto polled = polling.take();
  ASSERT_EQ(polled.size(), 1U);
  EXPECT_EQ(polled.front().feed.id, 7);
  EXPECT_EQ(polled.front().answer.body, tests::made_feed(0, 2));
  EXPECT_TRUE(polling.is_under_way(7));
  polling.done(7);
  polling.done(8);
  EXPECT_TRUE(polling.is_idle());
  EXPECT_EQ(polling.room(), room);
}

TEST(feed_polling, asks_on_once_what_came_is_stored) {
  tests::FeedServer server;
  server.on("/f", tests::http_answer(200, "", tests::made_feed(0, 1)));
  FetchOptions options = quick();
  options.body_bytes = 10'000;
  options.memory_bytes = 10'000;
  FeedPolling polling(options);
  polling.ask(feed_at(server, 1));
  ASSERT_TRUE(is_readable(polling, 20'000));
  ASSERT_EQ(polling.take().size(), 1U);
  polling.ask(feed_at(server, 2));
  EXPECT_FALSE(is_readable(polling, 100));
  polling.done(1);
  EXPECT_TRUE(is_readable(polling, 20'000));
}

}  // namespace
}  // namespace broadsheet::indexer
