// What becomes of an answer: articles, or a refusal in words, and what is remembered of the feed.
#include "indexer/feed_batch.h"

#include <gmock/gmock.h>

#include "tests/support/feed_server.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::minutes;
using testing::HasSubstr;

constexpr std::int64_t kNow = 1'750'000'000;

FeedState known_feed() {
  FeedState feed;
  feed.id = 3;
  feed.url = "https://ann:hidden@news.example/f";
  feed.address = feed.url;
  feed.interval = minutes(20);
  feed.etag = "old";
  feed.last_modified = "then";
  feed.failures = 2;
  feed.last_success = kNow - 5000;
  feed.polls = 4;
  feed.articles = 10;
  return feed;
}

PolledFeed polled(FeedAnswer answer) {
  answer.feed = 3;
  if (answer.final_address.empty()) answer.final_address = "https://ann:hidden@news.example/f";
  return {known_feed(), std::move(answer)};
}

FeedAnswer fresh(std::string body) {
  FeedAnswer answer;
  answer.outcome = FeedOutcome::fresh;
  answer.http_status = 200;
  answer.body = std::move(body);
  answer.etag = "new";
  return answer;
}

FileResult imported(std::uint64_t added, std::uint64_t accepted = 5) {
  FileResult result;
  result.is_whole = true;
  result.accepted = accepted;
  result.added = added;
  return result;
}

FeedState concluded(FeedAnswer answer, const FileResult& result = imported(2)) {
  const FeedBatch batch({polled(std::move(answer))});
  const std::vector<FileResult> results(batch.files().size(), result);
  const auto feeds = batch.conclude(results, {kNow, [] { return 0.0; }});
  return feeds.empty() ? FeedState() : feeds.front();
}

TEST(feed_batch, hands_a_feed_on_with_what_http_said_of_it) {
  FeedAnswer answer = fresh(tests::made_feed(0, 2));
  answer.content_type = "application/xml; charset=latin1";
  PolledFeed feed = polled(std::move(answer));
  feed.feed.source = "Wire";
  const FeedBatch batch({feed});
  ASSERT_EQ(batch.files().size(), 1U);
  const InputFile& file = batch.files().front();
  EXPECT_EQ(file.path, "https://...@news.example/f");
  EXPECT_EQ(file.received->bytes, tests::made_feed(0, 2));
  EXPECT_EQ(file.received->content_type, "application/xml; charset=latin1");
  EXPECT_EQ(file.received->base_url, "https://news.example/f");
  EXPECT_EQ(file.received->source, "Wire");
}

TEST(feed_batch, hands_on_nothing_secret) {
  FeedAnswer answer = fresh(
      "<rss><channel><title>T</title><link>https://ann:hidden@news.example/f</link><item>"
      "<title>One</title><link>?token=hidden&amp;id=1</link><guid>https://x.example/?id=1&amp;"
      "token=hidden</guid></item></channel></rss>");
  answer.final_address = "https://ann:hidden@news.example/f?token=hidden";
  const FeedBatch batch({polled(std::move(answer))});
  ASSERT_EQ(batch.files().size(), 1U);
  const Received& received = *batch.files().front().received;
  EXPECT_EQ(received.base_url, "https://news.example/f");
  EXPECT_EQ(received.bytes.find("hidden"), std::string::npos) << received.bytes;
  EXPECT_NE(received.bytes.find("<link>?id=1</link>"), std::string::npos) << received.bytes;
}

TEST(feed_batch, knows_the_same_bytes_again) {
  const FeedState first = concluded(fresh(tests::made_feed(0, 5)));
  ASSERT_NE(first.body_hash, "");
  const auto again = [&](FeedAnswer answer) {
    PolledFeed next = polled(std::move(answer));
    next.feed = first;
    const FeedBatch batch({next});
    const std::vector<FileResult> results(batch.files().size(), imported(0));
    return batch.conclude(results, {kNow + 5000, [] { return 0.0; }}).front();
  };
  FeedAnswer same = fresh(tests::made_feed(0, 5));
  same.etag = "newer";
  const FeedState feed = again(same);
  EXPECT_EQ(feed.outcome, FeedOutcome::unchanged);
  EXPECT_EQ(feed.http_status, 200);
  EXPECT_EQ(feed.said, "the same as the last time");
  EXPECT_EQ(feed.etag, "newer");
  EXPECT_EQ(feed.body_hash, first.body_hash);
  EXPECT_EQ(feed.last_success, kNow + 5000);
  EXPECT_EQ(again(fresh(tests::made_feed(0, 6))).outcome, FeedOutcome::fresh);
  // They may mean something else under another type, or from another place.
  same.content_type = "application/xml; charset=latin1";
  EXPECT_EQ(again(same).outcome, FeedOutcome::fresh);
  same = fresh(tests::made_feed(0, 5));
  same.final_address = "https://news.example/g";
  EXPECT_EQ(again(same).outcome, FeedOutcome::fresh);
}

TEST(feed_batch, heeds_the_freshness_of_the_same_bytes_too) {
  std::string body = tests::made_feed(0, 1);
  body.insert(body.find("<item>"), "<ttl>90</ttl>");
  PolledFeed next = polled(fresh(body));
  next.feed = concluded(fresh(body));
  const FeedBatch batch({next});
  EXPECT_EQ(batch.conclude({}, {kNow, [] { return 0.0; }}).front().next_due, kNow + 90 * 60);
}

TEST(feed_batch, remembers_nothing_of_bytes_that_were_not_taken_in) {
  FileResult failed = imported(0);
  failed.failure = "it is damaged";
  EXPECT_EQ(concluded(fresh(tests::made_feed(0, 5)), failed).body_hash, "");
  EXPECT_EQ(concluded(fresh("no feed")).body_hash, "");
}

TEST(feed_batch, takes_the_whole_articles_of_a_truncated_answer) {
  FeedAnswer answer = fresh(tests::made_feed(0, 9));
  answer.body.resize(answer.body.find("</description></item>", answer.body.size() / 2) + 5);
  answer.is_cut = true;
  const FeedBatch batch({polled(answer)});
  ASSERT_EQ(batch.files().size(), 1U);
  const std::string& bytes = batch.files().front().received->bytes;
  EXPECT_TRUE(bytes.ends_with("</item>")) << bytes;
  EXPECT_GT(bytes.size(), answer.body.size() / 2);
  const FeedState feed = concluded(answer);
  EXPECT_EQ(feed.outcome, FeedOutcome::fresh);
  EXPECT_EQ(feed.said, "the answer is truncated; 5 articles: 2 new, 0 updated");
  EXPECT_EQ(feed.etag, "");
  EXPECT_EQ(feed.last_modified, "");
  EXPECT_EQ(feed.body_hash, "");
}

TEST(feed_batch, fails_over_a_truncated_answer_without_a_whole_article) {
  for (const char* body : {"<rss><channel><item><title>On", "{\"version\": \"https://jsonf"}) {
    FeedAnswer answer = fresh(body);
    answer.is_cut = true;
    const FeedState feed = concluded(answer);
    EXPECT_EQ(feed.outcome, FeedOutcome::failed) << body;
    EXPECT_THAT(feed.said, HasSubstr("truncated")) << body;
    EXPECT_EQ(feed.etag, "old");
    EXPECT_EQ(feed.failures, 3);
  }
}

TEST(feed_batch, remembers_which_address_validators_came_from) {
  FeedAnswer answer = fresh(tests::made_feed(0, 5));
  answer.final_address = "https://cdn.example/f";
  const FeedState feed = concluded(answer);
  EXPECT_EQ(feed.validated, "https://cdn.example/f");
  EXPECT_EQ(feed.address, feed.url);
  const FeedRequest request = request_for(feed);
  EXPECT_EQ(request.etag, "new");
  EXPECT_EQ(request.validated, "https://cdn.example/f");
}

TEST(feed_batch, remembers_a_success) {
  FeedAnswer answer = fresh(tests::made_feed(0, 5));
  answer.moved_to = "https://new.example/f";
  answer.cache_control = "max-age=3600";
  const FeedState feed = concluded(std::move(answer));
  EXPECT_EQ(feed.outcome, FeedOutcome::fresh);
  EXPECT_EQ(feed.said, "5 articles: 2 new, 0 updated");
  EXPECT_EQ(feed.etag, "new");
  EXPECT_EQ(feed.last_modified, "");
  EXPECT_EQ(feed.address, "https://new.example/f");
  EXPECT_EQ(feed.failures, 0);
  EXPECT_EQ(feed.polls, 5);
  EXPECT_EQ(feed.articles, 12);
  EXPECT_EQ(feed.interval, minutes(10));
  EXPECT_EQ(feed.next_due, kNow + 3600);
  EXPECT_EQ(feed.last_success, kNow);
}

TEST(feed_batch, heeds_how_long_the_feed_itself_says_it_stays_fresh) {
  std::string body = tests::made_feed(0, 1);
  body.insert(body.find("<item>"), "<ttl>90</ttl>");
  EXPECT_EQ(concluded(fresh(body)).next_due, kNow + 90 * 60);
}

TEST(feed_batch, keeps_validators_over_a_304_and_over_failures) {
  FeedAnswer same;
  same.outcome = FeedOutcome::unchanged;
  same.http_status = 304;
  FeedState feed = concluded(same);
  EXPECT_EQ(feed.etag, "old");
  EXPECT_EQ(feed.last_modified, "then");
  EXPECT_EQ(feed.failures, 0);
  EXPECT_EQ(feed.interval, minutes(25));
  FeedAnswer failed;
  failed.outcome = FeedOutcome::failed;
  failed.http_status = 503;
  failed.said = "the server is not available";
  failed.retry_after = "7200";
  failed.moved_to = "https://elsewhere.example/";
  feed = concluded(failed);
  EXPECT_EQ(feed.etag, "old");
  EXPECT_EQ(feed.address, feed.url);
  EXPECT_EQ(feed.failures, 3);
  EXPECT_EQ(feed.next_due, kNow + 7200);
  EXPECT_EQ(feed.last_success, kNow - 5000);
}

TEST(feed_batch, stops_with_what_is_gone_and_says_so) {
  FeedAnswer gone;
  gone.outcome = FeedOutcome::gone;
  gone.http_status = 410;
  gone.said = "gone for good";
  const FeedState feed = concluded(gone);
  EXPECT_FALSE(feed.next_due);
  EXPECT_THAT(line_about(feed), HasSubstr("polled no more"));
}

TEST(feed_batch, names_the_feeds_of_a_web_page) {
  const FeedState feed =
      concluded(fresh("<!DOCTYPE html><html><head><title>News</title>"
                      "<link rel='alternate' type='application/rss+xml' href='/rss?token=hidden'>"
                      "</head><body>News</body></html>"));
  EXPECT_EQ(feed.outcome, FeedOutcome::refused);
  EXPECT_EQ(feed.said, "a web page, no feed; it names https://news.example/rss?token=...");
  EXPECT_EQ(feed.etag, "old");
  EXPECT_THAT(concluded(fresh("<html><body>x</body></html>")).said, HasSubstr("names none"));
}

TEST(feed_batch, refuses_what_is_no_feed_in_words) {
  for (const char* body : {"", " \n", "no feed", "{\"a\": 1}", "<opml/>", "\x1F\x8B\x08"}) {
    const FeedState feed = concluded(fresh(body));
    EXPECT_FALSE(went_well(feed.outcome)) << body;
    EXPECT_NE(feed.said, "") << body;
    EXPECT_EQ(feed.failures, 3) << body;
  }
}

TEST(feed_batch, asks_again_for_all_of_a_feed_that_may_be_cut_off) {
  const std::string whole = tests::made_feed(0, 9);
  const FeedState feed = concluded(fresh(whole.substr(0, whole.size() / 2)));
  EXPECT_EQ(feed.outcome, FeedOutcome::fresh);
  EXPECT_EQ(feed.etag, "");
  EXPECT_EQ(feed.last_modified, "");
}

TEST(feed_batch, forgets_a_poll_whose_import_was_cut_short) {
  FileResult cut = imported(2);
  cut.is_whole = false;
  EXPECT_EQ(concluded(fresh(tests::made_feed(0, 5)), cut).id, 0);
}

TEST(feed_batch, keeps_each_result_with_its_own_feed) {
  FeedAnswer same;
  same.outcome = FeedOutcome::unchanged;
  std::vector<PolledFeed> several = {polled(fresh(tests::made_feed(0, 1))),
                                     polled(same),
                                     polled(fresh("no feed")),
                                     polled(fresh(tests::made_feed(1, 1)))};
  for (FeedId id = 0; id < 4; ++id)
    several[static_cast<std::size_t>(id)].feed.id = id;
  const FeedBatch batch(std::move(several));
  ASSERT_EQ(batch.files().size(), 2U);
  const auto feeds = batch.conclude({imported(1), imported(4)}, {kNow, [] { return 0.0; }});
  ASSERT_EQ(feeds.size(), 4U);
  EXPECT_EQ(feeds[0].articles, 11);
  EXPECT_EQ(feeds[1].outcome, FeedOutcome::unchanged);
  EXPECT_EQ(feeds[2].outcome, FeedOutcome::refused);
  EXPECT_EQ(feeds[3].articles, 14);
}

TEST(feed_batch, shows_no_credentials) {
  EXPECT_EQ(line_about(concluded(fresh(tests::made_feed(0, 5)))).find("hidden"), std::string::npos);
}

}  // namespace
}  // namespace broadsheet::indexer
