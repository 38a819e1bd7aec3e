// Feeds with the real programs and a real server: subscribed, polled, searched; nothing lost and
// nothing twice, whatever the server does and whatever ends the indexer.
#include <csignal>
#include <fstream>

#include <gmock/gmock.h>

#include "tests/support/archive.h"
#include "tests/support/feed_server.h"

namespace broadsheet::tests {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class Feeds : public testing::Test {
 protected:
  [[nodiscard]] Ended feeds(std::vector<std::string> words) const {
    words.insert(words.begin(), "feeds");
    Ended ended = archive_.index(words);
    expect_no_findings(ended.err);
    return ended;
  }

  void add(const std::string& path) const {
    const Ended added = feeds({"add", server_.url(path), "--allow-private"});
    ASSERT_EQ(added.status, 0) << added.err;
  }

  // What `feeds list` knows of a feed.
  [[nodiscard]] Json listed(const std::string& path) const {
    for (const Json& feed : Json::parse(feeds({"list", "--json"}).out))
      if (feed.at("url") == server_.url(path)) return feed;
    return {};
  }

  // A feed that is served with an ETag, and not again to whoever has it.
  void serve(const std::string& path, const std::string& feed, const std::string& etag) {
    server_.on(path, [=](const FeedServerRequest& request, const FeedServerLine& line) {
      const auto known = request.headers.find("if-none-match");
      const bool same = known != request.headers.end() && known->second == etag;
      line.send(http_answer(same ? 304 : 200, "ETag: " + etag + "\r\n", same ? "" : feed));
    });
  }

  [[nodiscard]] std::vector<std::string> watch_line() const {
    return archive_.indexer_line({"watch", "--feeds"});
  }

  FeedServer server_;
  Archive archive_;
};

TEST_F(Feeds, AreAddedPolledListedAndRemoved) {
  serve("/f", made_feed(0, 3), "\"v1\"");
  add("/f");
  const Ended again = feeds({"add", server_.url("/f")});
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.out, HasSubstr("there already"));
  EXPECT_EQ(listed("/f").at("outcome"), "never");
  const Ended polled = feeds({"poll"});
  EXPECT_EQ(polled.status, 0) << polled.err;
  EXPECT_THAT(polled.out, HasSubstr("3 articles: 3 new"));
  EXPECT_THAT(polled.err, HasSubstr("read 3, added 3"));
  // Not due any more; asked for by name it is as before.
  EXPECT_EQ(feeds({"poll", "--due"}).out, "");
  EXPECT_THAT(feeds({"poll", "1"}).out, HasSubstr("304"));
  EXPECT_EQ(server_.requests("/f").size(), 2U);
  const Json feed = listed("/f");
  EXPECT_EQ(feed.at("outcome"), "unchanged");
  EXPECT_EQ(feed.at("articles"), 3);
  EXPECT_EQ(feed.at("polls"), 2);
  EXPECT_THAT(feeds({"list"}).out, HasSubstr("unchanged 304"));
  {
    Server server(archive_.path());
    EXPECT_EQ(server.found("q=field2").size(), 1U);
  }
  EXPECT_EQ(feeds({"remove", server_.url("/f")}).status, 0);
  EXPECT_EQ(feeds({"remove", "1"}).status, 2);
  EXPECT_EQ(feeds({"list", "--json"}).out, "[]\n");
  archive_.expect_clean(3);
}

TEST_F(Feeds, TellWhyOneFailedAndGoOnWithTheOthers) {
  serve("/good", made_feed(0, 2), "\"v1\"");
  server_.on("/gone", http_answer(410, "", ""));
  server_.on("/busy", http_answer(429, "Retry-After: 86400\r\n", ""));
  server_.on("/page",
             http_answer(200,
                         "Content-Type: text/html\r\n",
                         "<html><head><link rel=alternate type=application/rss+xml href=good>"
                         "</head><body>Hello</body></html>"));
  server_.on("/file", http_answer(301, "Location: file:///etc/passwd\r\n", ""));
  const std::string cut = made_feed(10, 4);
  server_.on("/cut", http_answer(200, "ETag: \"x\"\r\n", cut.substr(0, cut.size() - 60)));
  for (const char* path : {"/gone", "/busy", "/page", "/file", "/cut", "/good"})
    add(path);
  // Without leave to ask inside this machine.
  ASSERT_EQ(feeds({"add", server_.url("/good", "localhost")}).status, 0);
  const Ended polled = feeds({"poll"});
  EXPECT_EQ(polled.status, 1);
  EXPECT_THAT(polled.out, HasSubstr("names " + server_.url("/good")));
  EXPECT_THAT(polled.out, HasSubstr("a loopback address"));
  EXPECT_EQ(listed("/gone").at("outcome"), "gone");
  EXPECT_TRUE(listed("/gone").at("next_due").is_null());
  EXPECT_EQ(listed("/busy").at("http_status"), 429);
  EXPECT_EQ(listed("/busy").at("failures"), 1);
  EXPECT_EQ(listed("/file").at("outcome"), "refused");
  EXPECT_EQ(listed("/good").at("outcome"), "fresh");
  EXPECT_EQ(listed("/cut").at("articles"), 4);
  // A feed that is gone is asked no more.
  EXPECT_EQ(feeds({"poll", "--all"}).status, 1);
  EXPECT_EQ(server_.requests("/gone").size(), 1U);
  // What may have been cut off is asked for whole.
  EXPECT_EQ(server_.requests("/cut").back().headers.count("if-none-match"), 0U);
  archive_.expect_clean(6);
}

TEST_F(Feeds, RememberPermanentRedirectsOnceTheyLedToAFeed) {
  serve("/new", made_feed(0, 1), "\"v1\"");
  server_.on("/old", http_answer(301, "Location: /new\r\n", ""));
  server_.on("/portal", http_answer(301, "Location: /login\r\n", ""));
  server_.on("/login", http_answer(200, "", "<html><body>Log in</body></html>"));
  add("/old");
  add("/portal");
  EXPECT_EQ(feeds({"poll"}).status, 1);
  EXPECT_EQ(feeds({"poll", "--all"}).status, 1);
  EXPECT_EQ(server_.requests("/old").size(), 1U);
  EXPECT_EQ(server_.requests("/new").size(), 2U);
  EXPECT_EQ(server_.requests("/portal").size(), 2U);
  EXPECT_EQ(listed("/old").at("address"), server_.url("/new"));
}

TEST_F(Feeds, AreReadWithTheCharsetAndTheBaseThatHttpGave) {
  server_.on("/real/f",
             http_answer(
                 200,
                 "Content-Type: application/rss+xml; charset=windows-1251\r\n",
                 "<rss><channel><title>\xC2\xE5\xF1\xF2\xE8</title><item>"
                 "<title>\xCC\xEE\xF1\xEA\xE2\xE0</title><link>a/1</link></item></channel></rss>"));
  server_.on("/f", http_answer(302, "Location: /real/f\r\n", ""));
  add("/f");
  ASSERT_EQ(feeds({"poll"}).status, 0);
  const auto articles = archive_.exported();
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_EQ(articles[0].at("title"), "Москва");
  EXPECT_EQ(articles[0].at("source").at("name"), "Вести");
  EXPECT_EQ(articles[0].at("url"), server_.url("/real/a/1"));
}

TEST_F(Feeds, BelongToTheSourceThatTheOperatorNames) {
  archive_.add(R"({"title": "A", "source": {"id": "the-wire", "name": "The Wire"}})"
               "\n");
  server_.on("/f", http_answer(200, "", made_feed(0, 1)));
  ASSERT_EQ(feeds({"add", server_.url("/f"), "--allow-private", "--source", "the-wire"}).status, 0);
  ASSERT_EQ(feeds({"poll"}).status, 0);
  for (const Json& article : archive_.exported())
    EXPECT_EQ(article.at("source").at("name"), "The Wire") << article;
}

TEST_F(Feeds, ThatComeAsTheSameBytesAreImportedAndRefusedOnce) {
  const std::string feed =
      "<rss><channel><title>T</title><item/><item><title>One</title></item></channel></rss>";
  server_.on("/f", http_answer(200, "", feed));
  add("/f");
  EXPECT_THAT(feeds({"poll"}).out, HasSubstr("2 articles: 1 new, 0 updated, 1 refused"));
  const auto quarantined = [&] {
    std::size_t lines = 0;
    for (const auto& file : fs::recursive_directory_iterator(archive_.path() / "quarantine")) {
      std::ifstream in(file.path());
      for (std::string line; std::getline(in, line);)
        ++lines;
    }
    return lines;
  };
  EXPECT_EQ(quarantined(), 1U);
  const Ended again = feeds({"poll", "1"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("200, the same as the last time"));
  EXPECT_EQ(quarantined(), 1U);
  EXPECT_EQ(listed("/f").at("outcome"), "unchanged");
  archive_.expect_clean(1);
}

TEST_F(Feeds, ThatLeadToOneAddressArePolledOnce) {
  serve("/new", made_feed(0, 2), "\"v1\"");
  server_.on("/a", http_answer(301, "Location: /new\r\n", ""));
  server_.on("/b", http_answer(301, "Location: /new\r\n", ""));
  add("/a");
  add("/b");
  const Ended polled = feeds({"poll"});
  EXPECT_EQ(polled.status, 0) << polled.err;
  EXPECT_THAT(polled.out, HasSubstr("it is the same as feed "));
  EXPECT_THAT(polled.out, HasSubstr("polled no more: remove it"));
  EXPECT_EQ(feeds({"poll", "--all"}).status, 0);
  EXPECT_EQ(server_.requests("/new").size(), 3U);
  EXPECT_THAT(feeds({"list"}).out, HasSubstr("twin 200"));
  archive_.expect_clean(2);
}

TEST_F(Feeds, SayWhenAnAnswerIsTruncatedOrSaysWhatItWasNotAsked) {
  const std::string packed = gzipped(made_feed(0, 500));
  server_.on(
      "/cut",
      http_answer(
          200, "Content-Encoding: gzip\r\nETag: \"v1\"\r\n", packed.substr(0, packed.size() / 2)));
  server_.on("/same", "HTTP/1.1 304 Not Modified\r\n\r\n");
  add("/cut");
  add("/same");
  EXPECT_EQ(feeds({"poll"}).status, 1);
  EXPECT_EQ(listed("/cut").at("outcome"), "fresh");
  EXPECT_THAT(std::string(listed("/cut").at("said")), HasSubstr("truncated"));
  EXPECT_GT(listed("/cut").at("articles"), 100);
  EXPECT_EQ(listed("/same").at("outcome"), "failed");
  EXPECT_EQ(listed("/same").at("failures"), 1);
  server_.on("/cut", http_answer(200, "Content-Encoding: gzip\r\n", packed));
  EXPECT_EQ(feeds({"poll", "1"}).status, 0);
  EXPECT_EQ(server_.requests("/cut").back().headers.count("if-none-match"), 0U);
  archive_.expect_clean(500);
}

TEST_F(Feeds, NeverShowCredentials) {
  // An item without title and text is refused, so the quarantine names the feed as well; and the
  // feed repeats how it was asked for, as many do.
  std::string echo = server_.url("/f?token=hidden");
  echo.insert(7, "ann:hidden@");
  server_.on(
      "/f?token=hidden",
      http_answer(200,
                  "",
                  "<rss><channel><title>T</title><link>" + echo + "</link><item><link>" + echo +
                      "</link></item><item><title>One</title><guid>1</guid></item>"
                      "<item><title>Two</title><link></link></item></channel></rss>"));
  std::string url = server_.url("/f?token=hidden");
  url.insert(7, "ann:hidden@");
  std::string said;
  for (const auto& words : {std::vector<std::string>{"add", url, "--allow-private"},
                            {"add", url},
                            {"poll", url},
                            {"list"},
                            {"list", "--json"},
                            {"poll", "ann:hidden@x"},
                            {"add", "ann:hidden@x"},
                            {"remove", url}}) {
    const Ended ended = feeds(words);
    said += ended.out + ended.err;
  }
  const auto seen = server_.requests("/f?token=hidden");
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.front().headers.count("authorization"), 1U);
  EXPECT_THAT(said, Not(HasSubstr("hidden")));
  const auto articles = archive_.exported();
  EXPECT_EQ(articles.size(), 2U);
  for (const Json& article : articles)
    EXPECT_THAT(article.dump(), Not(HasSubstr("hidden")));
  for (const auto& file : fs::recursive_directory_iterator(archive_.path() / "quarantine")) {
    std::ifstream in(file.path());
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    EXPECT_THAT(text, Not(HasSubstr("hidden"))) << file.path();
  }
}

TEST_F(Feeds, AreWatchedAndTheirArticlesSearchableAtOnce) {
  Process watch(watch_line());
  ASSERT_TRUE(eventually([&] { return fs::exists(archive_.path() / "index" / "live"); }) ||
              fs::exists(archive_.path() / "catalog.db"));
  serve("/f", made_feed(0, 2), "\"v1\"");
  add("/f");
  ASSERT_TRUE(eventually([&] { return listed("/f").at("polls") == 1; }));
  Server server(archive_.path());
  EXPECT_EQ(server.found("q=field1").size(), 1U);
  serve("/f", made_feed(0, 4), "\"v2\"");
  // A feed whose interval is changed is due at once.
  ASSERT_EQ(feeds({"add", server_.url("/f"), "--every", "1m"}).status, 0);
  EXPECT_TRUE(eventually([&] { return server.found("q=field3").size() == 1; }));
  watch.signal(SIGTERM);
  const Ended ended = watch.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("2 new"));
  expect_no_findings(ended.err);
  archive_.expect_clean(4);
}

TEST_F(Feeds, DoNotHoldUpOthersNorTheEndWhileAServerIsSlow) {
  server_.on("/slow", [](const FeedServerRequest&, const FeedServerLine& line) {
    line.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    line.trickle(std::string(100'000, ' '));
  });
  add("/slow");
  Process watch(watch_line());
  ASSERT_TRUE(eventually([&] { return !server_.requests("/slow").empty(); }));
  // Whoever wants to write can.
  archive_.add(made_articles(0, 3));
  Process poll(archive_.indexer_line({"feeds", "poll", server_.url("/slow")}));
  ASSERT_TRUE(eventually([&] { return server_.requests("/slow").size() == 2; }));
  for (Process* slow : {&watch, &poll}) {
    const auto began = Clock::now();
    slow->signal(SIGTERM);
    const Ended ended = slow->wait();
    EXPECT_EQ(ended.status, slow == &watch ? 0 : 128 + SIGTERM) << ended.err;
    EXPECT_LT(Clock::now() - began, std::chrono::seconds(kSanitized ? 10 : 2));
    expect_no_findings(ended.err);
  }
  EXPECT_EQ(listed("/slow").at("polls"), 0);
  archive_.expect_clean(3);
}

TEST_F(Feeds, LoseNothingAndTakeNothingTwiceWhenPollsAreKilled) {
  const int kills = count_from("BROADSHEET_E2E_KILLS", 50) / 3;
  serve("/f", made_feed(0, 1), "\"v0\"");
  add("/f");
  int articles = 1;
  for (int round = 0; round < kills; ++round) {
    // A feed shows the newest alone: what a poll has promised to know must be there.
    articles += 40;
    serve("/f", made_feed(0, articles), "\"v" + std::to_string(articles) + "\"");
    Process poll(archive_.indexer_line({"feeds", "poll", "1"}));
    const Ended ended = poll.kill_after(std::chrono::milliseconds(15 * round));
    expect_no_findings(ended.err);
  }
  const Ended last = feeds({"poll", "1"});
  EXPECT_EQ(last.status, 0) << last.err;
  EXPECT_EQ(archive_.exported().size(), static_cast<std::size_t>(articles));
  EXPECT_THAT(feeds({"poll", "1"}).out, HasSubstr("304"));
  EXPECT_EQ(archive_.index({"check", "--repair"}).status, 0);
  archive_.expect_clean(articles);
}

}  // namespace
}  // namespace broadsheet::tests
