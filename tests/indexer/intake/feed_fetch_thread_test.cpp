// The thread that fetches: answers come by themselves, and its end waits for no server.
#include "indexer/intake/feed_fetch_thread.h"

#include <atomic>

#include <gtest/gtest.h>
#include <poll.h>

#include "tests/support/feed_server.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

FeedRequest request_to(const tests::FeedServer& server, const std::string& path) {
  FeedRequest request;
  request.feed = 1;
  request.address = server.url(path);
  request.allow_private = true;
  return request;
}

bool is_readable(int descriptor, int milliseconds) {
  pollfd watched{descriptor, POLLIN, 0};
  return ::poll(&watched, 1, milliseconds) == 1;
}

TEST(feed_fetch_thread, gives_answers_as_they_come) {
  tests::FeedServer server;
  server.on("/f", tests::http_answer(200, "", "<rss/>"));
  FetchOptions options;
  options.host_gap = std::chrono::milliseconds(0);
  FeedFetchThread thread(options);
  for (int round = 0; round < 20; ++round) {
    EXPECT_FALSE(is_readable(thread.descriptor(), 0));
    thread.add({request_to(server, "/f")});
    ASSERT_TRUE(is_readable(thread.descriptor(), 20'000));
    const auto answers = thread.take();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers.front().body, "<rss/>");
  }
}

TEST(feed_fetch_thread, ends_at_once_in_the_midst_of_a_transfer) {
  tests::FeedServer server;
  std::atomic<bool> asked{false};
  server.on("/f", [&](const tests::FeedServerRequest&, const tests::FeedServerLine& line) {
    asked = true;
    line.stall();
  });
  auto thread = std::make_unique<FeedFetchThread>(FetchOptions());
  thread->add({request_to(server, "/f")});
  while (!asked)
    std::this_thread::yield();
  const auto began = Clock::now();
  thread.reset();
  EXPECT_LT(Clock::now() - began, seconds(2));
}

TEST(feed_fetch_thread, holds_no_more_bodies_than_it_may) {
  tests::FeedServer server;
  server.on("/f", tests::http_answer(200, "", "<rss/>"));
  FetchOptions options;
  options.host_gap = std::chrono::milliseconds(0);
  options.body_bytes = 100;
  options.memory_bytes = 105;
  FeedFetchThread thread(options);
  thread.add({request_to(server, "/f")});
  ASSERT_TRUE(is_readable(thread.descriptor(), 20'000));
  thread.add({request_to(server, "/f")});
  ASSERT_EQ(thread.take().size(), 1U);
  EXPECT_FALSE(is_readable(thread.descriptor(), 100));
  EXPECT_EQ(server.requests("/f").size(), 1U);
  thread.release(6);
  EXPECT_TRUE(is_readable(thread.descriptor(), 20'000));
}

}  // namespace
}  // namespace broadsheet::indexer
