// What is fetched packed, and what is too much: on the wire, unpacked, in memory.
#include <gmock/gmock.h>

#include "tests/indexer/intake/fetching.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using tests::http_answer;
using Clock = std::chrono::steady_clock;

class FetchingPacked : public Fetching {};

TEST_F(FetchingPacked, notices_what_is_packed_and_cut_inside_a_right_length) {
  const std::string feed = tests::made_feed(0, 2000);

  struct Row {
    const char* coding;
    std::string packed;
  };

  for (const Row& row : {Row{"gzip", tests::gzipped(feed)},
                         Row{"deflate", tests::deflated(feed)},
                         Row{"br", tests::brotli_packed(feed)}}) {
    const std::string header = "Content-Encoding: " + std::string(row.coding) + "\r\n";
    EXPECT_FALSE(said(http_answer(200, header, row.packed)).is_cut) << row.coding;
    for (const std::size_t missing : {row.packed.size() / 2, std::size_t{1}}) {
      const FeedAnswer answer =
          said(http_answer(200, header, row.packed.substr(0, row.packed.size() - missing)));
      EXPECT_EQ(answer.outcome, FeedOutcome::fresh) << row.coding << answer.said;
      EXPECT_TRUE(answer.is_cut) << row.coding << missing;
      EXPECT_EQ(answer.body, feed.substr(0, answer.body.size())) << row.coding;
      EXPECT_GT(answer.body.size(), feed.size() / 4) << row.coding;
    }
  }
}

TEST_F(FetchingPacked, unpacks_what_comes_packed) {
  const std::string feed = tests::made_feed(0, 200);
  EXPECT_EQ(said(http_answer(200, "Content-Encoding: gzip\r\n", tests::gzipped(feed))).body, feed);
  EXPECT_EQ(said(http_answer(200, "Content-Encoding: br\r\n", tests::brotli_packed(feed))).body,
            feed);
  EXPECT_EQ(said(http_answer(200, "Content-Encoding: deflate\r\n", tests::deflated(feed))).body,
            feed);
  EXPECT_EQ(
      said(http_answer(
               200, "Content-Encoding: gzip, br\r\n", tests::brotli_packed(tests::gzipped(feed))))
          .body,
      feed);
}

TEST_F(FetchingPacked, fails_over_what_is_packed_wrongly) {
  const std::string packed = tests::gzipped(tests::made_feed(0, 200));
  std::string broken = packed;
  broken[packed.size() / 2] = static_cast<char>(broken[packed.size() / 2] ^ 0x55);
  FeedAnswer answer = said(http_answer(200, "Content-Encoding: gzip\r\n", broken));
  EXPECT_EQ(answer.outcome, FeedOutcome::failed);
  EXPECT_EQ(answer.said, "the answer cannot be unpacked: its gzip data is damaged");
  // Brotli takes some of anything, but comes to no end.
  answer = said(http_answer(200, "Content-Encoding: br\r\n", "no brotli at all"));
  EXPECT_TRUE(answer.is_cut || answer.outcome == FeedOutcome::failed);
  // Another time it will be no better.
  answer = said(http_answer(200, "Content-Encoding: sealed\r\n", packed));
  EXPECT_EQ(answer.outcome, FeedOutcome::refused);
  EXPECT_THAT(answer.said, HasSubstr("not known: sealed"));
  EXPECT_EQ(answer.body, "");
  // Said to be packed, but not.
  answer = said(http_answer(200, "Content-Encoding: gzip\r\n", "<rss/>"));
  EXPECT_EQ(answer.outcome, FeedOutcome::fresh);
  EXPECT_EQ(answer.body, "<rss/>");
}

TEST_F(FetchingPacked, takes_no_more_than_its_caps_on_the_wire_and_unpacked) {
  const std::string three(std::size_t{3} << 20U, 'a');
  FeedAnswer answer = said(http_answer(200, "", three));
  EXPECT_EQ(answer.outcome, FeedOutcome::refused);
  EXPECT_THAT(answer.said, HasSubstr("1 MiB as it is sent"));
  EXPECT_EQ(answer.body, "");
  // Without saying how long it is.
  answer = said("HTTP/1.1 200 OK\r\n\r\n" + three);
  EXPECT_THAT(answer.said, HasSubstr("larger than"));
  const std::string bomb(std::size_t{200} << 20U, 'a');
  answer = said(http_answer(200, "Content-Encoding: gzip\r\n", tests::gzipped(bomb)));
  EXPECT_EQ(answer.outcome, FeedOutcome::refused);
  EXPECT_THAT(answer.said, HasSubstr("unpacks to more than 2 MiB"));
  EXPECT_EQ(answer.body, "");
  answer = said(
      http_answer(200, "Content-Encoding: gzip, gzip\r\n", tests::gzipped(tests::gzipped(bomb))));
  EXPECT_THAT(answer.said, HasSubstr("unpacks to more than 2 MiB"));
  std::string headers;
  for (int i = 0; i < 4000; ++i)
    headers += "X-Header-" + std::to_string(i) + ": " + std::string(40, 'x') + "\r\n";
  EXPECT_THAT(said(http_answer(200, headers, "<rss/>")).said, HasSubstr("headers"));
}

TEST_F(FetchingPacked, asks_for_no_more_than_there_is_memory_for) {
  server_.on("/f", http_answer(200, "", "<rss/>"));
  FetchOptions options = quick();
  options.body_bytes = 1000;
  options.memory_bytes = 1500;
  FeedFetcher fetcher(options);
  fetcher.set_held(501);
  fetcher.add(request("/f"));
  const auto quiet = Clock::now() + milliseconds(200);
  while (Clock::now() < quiet)
    EXPECT_TRUE(fetcher.wait(milliseconds(50)).empty());
  EXPECT_TRUE(server_.requests("/f").empty());
  fetcher.set_held(500);
  std::vector<FeedAnswer> answers;
  const auto end = Clock::now() + kPatience;
  while (answers.empty() && Clock::now() < end)
    answers = fetcher.wait(milliseconds(1000));
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers.front().outcome, FeedOutcome::fresh);
}

}  // namespace
}  // namespace broadsheet::indexer
