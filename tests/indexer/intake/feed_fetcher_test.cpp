// Fetching from a real server on this machine that misbehaves in every way we know.
#include <mutex>

#include <gmock/gmock.h>

#include "tests/indexer/intake/fetching.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using tests::FeedServerLine;
using tests::FeedServerRequest;
using tests::http_answer;
using Clock = std::chrono::steady_clock;

TEST_F(Fetching, gives_the_body_and_what_the_headers_say) {
  const FeedAnswer answer =
      said(http_answer(200,
                       "Content-Type: application/rss+xml; charset=utf-8\r\nETAG: \"v1\"\r\n"
                       "Last-Modified: Fri, 18 Apr 2025 10:00:00 GMT\r\n"
                       "Cache-Control: max-age=60\r\n",
                       "<rss/>"));
  EXPECT_EQ(answer.outcome, FeedOutcome::fresh) << answer.said;
  EXPECT_EQ(answer.http_status, 200);
  EXPECT_EQ(answer.body, "<rss/>");
  EXPECT_EQ(answer.content_type, "application/rss+xml; charset=utf-8");
  EXPECT_EQ(answer.etag, "\"v1\"");
  EXPECT_EQ(answer.last_modified, "Fri, 18 Apr 2025 10:00:00 GMT");
  EXPECT_EQ(answer.cache_control, "max-age=60");
  EXPECT_EQ(answer.final_address, server_.url("/f"));
  EXPECT_EQ(answer.moved_to, "");
  const auto seen = server_.requests("/f").at(0);
  EXPECT_THAT(seen.headers.at("user-agent"), HasSubstr("Broadsheet"));
  EXPECT_EQ(seen.headers.at("accept-encoding"), "gzip, br, deflate");
  EXPECT_EQ(seen.headers.count("if-none-match"), 0U);
}

TEST_F(Fetching, asks_only_for_what_has_changed) {
  server_.on("/f", [](const FeedServerRequest& request, const FeedServerLine& line) {
    const bool same = request.headers.count("if-none-match") > 0 &&
                      request.headers.at("if-none-match") == "\"v1\"" &&
                      request.headers.at("if-modified-since") == "then";
    line.send(same ? "HTTP/1.1 304 Not Modified\r\nETag: \"v2\"\r\n\r\n"
                   : http_answer(200, "", "x"));
  });
  FeedRequest known = request("/f");
  known.etag = "\"v1\"";
  known.last_modified = "then";
  known.validated = known.address;
  const FeedAnswer answer = ask(known);
  EXPECT_EQ(answer.outcome, FeedOutcome::unchanged) << answer.said;
  EXPECT_EQ(answer.etag, "\"v2\"");
  EXPECT_EQ(ask("/f").outcome, FeedOutcome::fresh);
}

TEST_F(Fetching, believes_no_304_that_nobody_asked_for) {
  const std::string not_modified = "HTTP/1.1 304 Not Modified\r\nETag: \"v2\"\r\n\r\n";
  FeedAnswer answer = said(not_modified);
  EXPECT_EQ(answer.outcome, FeedOutcome::failed);
  EXPECT_EQ(answer.http_status, 304);
  EXPECT_THAT(answer.said, HasSubstr("was not asked"));
  FeedRequest known = request("/f");
  known.etag = "\"v1\"";
  known.validated = server_.url("/elsewhere");
  answer = ask(known);
  EXPECT_EQ(answer.outcome, FeedOutcome::failed);
  EXPECT_EQ(server_.requests("/f").back().headers.count("if-none-match"), 0U);
  known.validated = known.address;
  EXPECT_EQ(ask(known).outcome, FeedOutcome::unchanged);
}

TEST_F(Fetching, tells_what_is_known_to_the_address_alone_that_it_came_from) {
  const auto was_told = [&](const std::string& path) {
    const auto headers = server_.requests(path).back().headers;
    return headers.count("if-none-match") + headers.count("if-modified-since");
  };
  server_.on("/new", http_answer(200, "", "<rss/>"));
  redirect("/f", 302, server_.url("/new", "localhost"));
  FeedRequest known = request("/f");
  known.etag = "\"v1\"";
  known.last_modified = "then";
  known.validated = known.address;
  EXPECT_EQ(ask(known).outcome, FeedOutcome::fresh);
  EXPECT_EQ(was_told("/f"), 2U);
  EXPECT_EQ(was_told("/new"), 0U);
  known.validated = server_.url("/new", "localhost");
  EXPECT_EQ(ask(known).outcome, FeedOutcome::fresh);
  EXPECT_EQ(was_told("/f"), 0U);
  EXPECT_EQ(was_told("/new"), 2U);
}

TEST_F(Fetching, remembers_permanent_redirects_up_to_the_first_other_one) {
  server_.on("/new", http_answer(200, "", "<rss/>"));
  redirect("/a", 301, "/b");
  redirect("/b", 308, server_.url("/new"));
  FeedAnswer answer = ask("/a");
  EXPECT_EQ(answer.outcome, FeedOutcome::fresh) << answer.said;
  EXPECT_EQ(answer.moved_to, server_.url("/new"));
  EXPECT_EQ(answer.final_address, server_.url("/new"));
  redirect("/b", 302, "new");
  answer = ask("/a");
  EXPECT_EQ(answer.outcome, FeedOutcome::fresh) << answer.said;
  EXPECT_EQ(answer.moved_to, server_.url("/b"));
  EXPECT_EQ(answer.final_address, server_.url("/new"));
  redirect("/a", 307, "/c");
  redirect("/c", 301, "/new");
  answer = ask("/a");
  EXPECT_EQ(answer.moved_to, "");
  EXPECT_EQ(answer.final_address, server_.url("/new"));
}

TEST_F(Fetching, ends_redirects_that_lead_nowhere) {
  redirect("/self", 302, "/self");
  EXPECT_THAT(ask("/self").said, HasSubstr("circle"));
  redirect("/ping", 301, "/pong");
  redirect("/pong", 301, "/ping");
  EXPECT_THAT(ask("/ping").said, HasSubstr("circle"));
  EXPECT_EQ(server_.requests("/ping").size(), 1U);
  for (int hop = 0; hop < 20; ++hop)
    redirect("/hop" + std::to_string(hop), 302, "/hop" + std::to_string(hop + 1));
  const FeedAnswer answer = ask("/hop0");
  EXPECT_EQ(answer.outcome, FeedOutcome::refused);
  EXPECT_THAT(answer.said, HasSubstr("more than 5"));
  EXPECT_TRUE(server_.requests("/hop6").empty());
  EXPECT_THAT(said(http_answer(302, "", "")).said, HasSubstr("where to"));
}

TEST_F(Fetching, follows_no_other_scheme) {
  for (const char* target : {"file:///etc/passwd", "ftp://127.0.0.1/f", "gopher://127.0.0.1/"}) {
    redirect("/f", 301, target);
    const FeedAnswer answer = ask("/f");
    EXPECT_EQ(answer.outcome, FeedOutcome::refused) << target;
    EXPECT_THAT(answer.said, HasSubstr("not followed")) << target;
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(answer.moved_to, "");
  }
}

TEST_F(Fetching, connects_to_no_inner_address_whatever_its_name) {
  server_.on("/f", http_answer(200, "", "<rss/>"));
  for (const char* host :
       {"127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"}) {
    FeedRequest outer = request("/f");
    outer.address = server_.url("/f", host);
    outer.allow_private = false;
    const FeedAnswer answer = ask(outer);
    EXPECT_EQ(answer.outcome, FeedOutcome::refused) << host << ": " << answer.said;
    EXPECT_THAT(answer.said, HasSubstr("loopback")) << host;
  }
  EXPECT_TRUE(server_.requests("/f").empty());
}

TEST_F(Fetching, sends_credentials_along_within_one_server_alone) {
  server_.on("/new", http_answer(200, "", "<rss/>"));
  redirect("/a", 301, "/new");
  FeedRequest secret = request("/a");
  secret.address.insert(7, "ann:hidden@");
  FeedAnswer answer = ask(secret);
  EXPECT_EQ(answer.outcome, FeedOutcome::fresh) << answer.said;
  EXPECT_EQ(server_.requests("/new").at(0).headers.count("authorization"), 1U);
  redirect("/a", 301, server_.url("/new", "localhost"));
  answer = ask(secret);
  EXPECT_EQ(answer.outcome, FeedOutcome::fresh) << answer.said;
  EXPECT_EQ(server_.requests("/new").at(1).headers.count("authorization"), 0U);
}

TEST_F(Fetching, tells_statuses_apart) {
  struct Row {
    int status;
    FeedOutcome outcome;
  };

  for (const Row row : {Row{404, FeedOutcome::refused},
                        Row{401, FeedOutcome::refused},
                        Row{403, FeedOutcome::refused},
                        Row{410, FeedOutcome::gone},
                        Row{418, FeedOutcome::refused},
                        Row{204, FeedOutcome::refused},
                        Row{429, FeedOutcome::failed},
                        Row{500, FeedOutcome::failed},
                        Row{503, FeedOutcome::failed},
                        Row{599, FeedOutcome::failed}}) {
    const FeedAnswer answer = said(http_answer(row.status, "Retry-After: 120\r\n", "<rss/>"));
    EXPECT_EQ(answer.outcome, row.outcome) << row.status;
    EXPECT_EQ(answer.http_status, row.status);
    EXPECT_EQ(answer.retry_after, "120");
    EXPECT_EQ(answer.body, "");
    EXPECT_NE(answer.said, "") << row.status;
  }
}

TEST_F(Fetching, loses_patience_with_a_server_that_stalls_or_trickles) {
  server_.on("/silent", [](const FeedServerRequest&, const FeedServerLine& line) { line.stall(); });
  server_.on("/half", [](const FeedServerRequest&, const FeedServerLine& line) {
    line.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>");
    line.stall();
  });
  server_.on("/head", [](const FeedServerRequest&, const FeedServerLine& line) {
    line.trickle("HTTP/1.1 200 OK\r\n" + std::string(4000, 'X'));
  });
  server_.on("/body", [](const FeedServerRequest&, const FeedServerLine& line) {
    line.send("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
    line.trickle(std::string(10000, ' '));
  });
  for (const char* path : {"/silent", "/half", "/head", "/body"}) {
    const auto began = Clock::now();
    const FeedAnswer answer = ask(path);
    EXPECT_EQ(answer.outcome, FeedOutcome::failed) << path;
    EXPECT_THAT(answer.said, HasSubstr("too long")) << path;
    EXPECT_LT(Clock::now() - began, seconds(10)) << path;
    EXPECT_EQ(answer.body, "");
  }
}

TEST_F(Fetching, notices_an_answer_that_is_cut_short) {
  EXPECT_THAT(said("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>").said,
              HasSubstr("cut short"));
  EXPECT_EQ(said("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n").outcome,
            FeedOutcome::failed);
  EXPECT_EQ(said("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n<rss/>").body, "<r");
  EXPECT_THAT(said("").said, HasSubstr("hung up"));
  EXPECT_EQ(said("garbage\r\n\r\n").outcome, FeedOutcome::failed);
  EXPECT_EQ(said("HTTP/1.1 200 OK\r\n\r\n<rss/>").body, "<rss/>");
  EXPECT_EQ(said("HTTP/1.1 103 Early\r\nETag: \"no\"\r\n\r\n" + http_answer(200, "", "x")).etag,
            "");
}

TEST_F(Fetching, keeps_no_header_that_could_not_be_sent_again) {
  const FeedAnswer answer = said(http_answer(
      200, "ETag: " + std::string(5000, 'e') + "\r\nLast-Modified: a\x01z\r\n", "<rss/>"));
  EXPECT_EQ(answer.outcome, FeedOutcome::fresh);
  EXPECT_EQ(answer.etag, "");
  EXPECT_EQ(answer.last_modified, "");
}

TEST_F(Fetching, says_so_when_nobody_is_there) {
  FeedRequest nobody = request("/f");
  {
    const tests::FeedServer ended;
    nobody.address = ended.url("/f");
  }
  EXPECT_EQ(ask(nobody).outcome, FeedOutcome::failed);
  nobody.address = "http://no-such-host.invalid/f";
  const FeedAnswer answer = ask(nobody);
  EXPECT_EQ(answer.outcome, FeedOutcome::failed);
  EXPECT_NE(answer.said, "");
}

TEST_F(Fetching, asks_one_host_one_by_one_with_a_gap_and_others_meanwhile) {
  server_.on("/slow", [](const FeedServerRequest&, const FeedServerLine& line) { line.stall(); });
  server_.on("/f", http_answer(200, "", "<rss/>"));
  FetchOptions options = quick();
  options.host_gap = milliseconds(300);
  FeedFetcher fetcher(options);
  FeedRequest other = request("/slow");
  other.address = server_.url("/slow", "localhost");
  fetcher.add(other);
  for (FeedId feed = 1; feed <= 3; ++feed) {
    FeedRequest one = request("/f");
    one.feed = feed;
    fetcher.add(one);
  }
  const auto began = Clock::now();
  std::vector<FeedId> order;
  while (order.size() < 3 && Clock::now() < began + kPatience) {
    for (const FeedAnswer& answer : fetcher.wait(milliseconds(1000)))
      if (answer.outcome == FeedOutcome::fresh) order.push_back(answer.feed);
  }
  EXPECT_EQ(order, (std::vector<FeedId>{1, 2, 3}));
  EXPECT_GE(Clock::now() - began, milliseconds(600));
}

// Three feeds under different names lead to one host: it is asked as if they were its own.
TEST_F(Fetching, asks_a_host_one_by_one_that_others_lead_to) {
  std::mutex mutex;
  std::vector<Clock::time_point> asked;
  server_.on("/target", [&](const FeedServerRequest&, const FeedServerLine& line) {
    {
      const std::lock_guard lock(mutex);
      asked.push_back(Clock::now());
    }
    line.send(http_answer(200, "", "<rss/>"));
  });
  redirect("/a", 302, server_.url("/target", "localhost"));
  FetchOptions options = quick();
  options.host_gap = milliseconds(300);
  FeedFetcher fetcher(options);
  for (const char* host : {"127.0.0.1", "2130706433", "0x7f.1"}) {
    FeedRequest one = request("/a");
    one.address = server_.url("/a", host);
    fetcher.add(one);
  }
  const auto end = Clock::now() + kPatience;
  for (int fresh = 0; fresh < 3 && Clock::now() < end;) {
    for (const FeedAnswer& answer : fetcher.wait(milliseconds(1000)))
      fresh += answer.outcome == FeedOutcome::fresh ? 1 : 0;
  }
  EXPECT_TRUE(fetcher.is_idle());
  ASSERT_EQ(asked.size(), 3U);
  EXPECT_GE(asked[1] - asked[0], milliseconds(300));
  EXPECT_GE(asked[2] - asked[1], milliseconds(300));
}

}  // namespace
}  // namespace broadsheet::indexer
