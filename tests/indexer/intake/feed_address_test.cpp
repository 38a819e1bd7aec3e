// Addresses of feeds: what may be asked, and what is shown of it.
#include "indexer/intake/feed_address.h"

#include <chrono>

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

std::string checked(std::string_view text) {
  return checked_address(text).value_or("refused");
}

TEST(checked_address, takes_http_and_https) {
  EXPECT_EQ(checked(" HTTPS://News.Example/Feed.xml?a=B#top\n"),
            "https://news.example/Feed.xml?a=B");
  EXPECT_EQ(checked("http://news.example"), "http://news.example/");
  EXPECT_EQ(checked("http://news.example?all"), "http://news.example/?all");
  EXPECT_EQ(checked("http://ann:se@cret@[2001:DB8::1]:8080/f"),
            "http://ann:se@cret@[2001:db8::1]:8080/f");
  EXPECT_EQ(checked("http://zeitung.bücher/f"), "http://zeitung.bücher/f");
}

TEST(checked_address, refuses_everything_else) {
  for (const char* text : {"",
                           " ",
                           "news.example/feed",
                           "//news.example/feed",
                           "file:///etc/passwd",
                           "file://host/etc/passwd",
                           "ftp://news.example/feed",
                           "gopher://news.example/",
                           "javascript:alert(1)",
                           "http:/news.example",
                           "http:///feed",
                           "http://user@/feed",
                           "http://news.example:80a/",
                           "http://news.example:123456/",
                           "http://news.example\\@inner/",
                           "http://news.example/a b",
                           "http://news.example/\r\nHost: inner",
                           "http://new%73.example/",
                           "http://[::1/",
                           "http://a:b:c/"}) {
    EXPECT_EQ(checked(text), "refused") << text;
  }
  EXPECT_EQ(checked("http://news.example/" + std::string(5000, 'a')), "refused");
}

TEST(checked_address, gives_nothing_away_when_it_refuses) {
  for (const char* text : {"http://ann:hidden@:80/",
                           "ann:hidden@news.example/feed",
                           "http://ann:hidden@a:b:c/?token=hidden"}) {
    const auto refused = checked_address(text);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.find("hidden"), std::string::npos) << refused.error().message;
  }
}

TEST(shown_address, hides_credentials) {
  EXPECT_EQ(shown_address("https://ann:hidden@news.example/f"), "https://...@news.example/f");
  EXPECT_EQ(shown_address("https://news.example/f?id=7&api_key=hidden&Token=hidden&b"),
            "https://news.example/f?id=7&api_key=...&Token=...&b");
  EXPECT_EQ(shown_address("https://news.example/f?id=7"), "https://news.example/f?id=7");
  EXPECT_EQ(shown_address("https://news.example/f?author=ann&authToken=hidden&hash=hidden"),
            "https://news.example/f?author=ann&authToken=...&hash=...");
  // What is no address may still be one that somebody mistyped.
  EXPECT_EQ(shown_address("news.example/f?token=hidden"), "news.example/f?token=...");
}

TEST(base_of, holds_nothing_that_a_link_would_take_over) {
  EXPECT_EQ(base_of("https://ann:hidden@news.example:8080/a/f?token=hidden&id=7"),
            "https://news.example:8080/a/f");
  EXPECT_EQ(base_of("https://news.example?token=hidden"), "https://news.example/");
  EXPECT_EQ(base_of("no address"), "");
}

TEST(without_secrets_of, takes_them_out_wherever_they_are_repeated) {
  const std::string address = "https://ann:hidden@news.example/f?id=7&token=s3cret&sig=x";

  struct Row {
    const char* text;
    const char* left;
  };

  for (const Row& row : {
           Row{"<a>https://ann:hidden@news.example/f</a>", "<a>https://news.example/f</a>"},
           Row{"/f?token=s3cret", "/f"},
           Row{"/f?token=s3cret#end", "/f#end"},
           Row{"/f?token=s3cret&id=7 ", "/f?id=7 "},
           Row{"\"/f?id=7&amp;token=s3cret\"", "\"/f?id=7\""},
           Row{"/f?id=7&amp;token=s3cret&amp;page=2<", "/f?id=7&amp;page=2<"},
           Row{"\"/f?id=7\\u0026token=s3cret\"", "\"/f?id=7\""},
           Row{"/f?sig=x&token=s3cret", "/f"},
           Row{"?token=s3cret?token=s3cret", ""},
           // What only looks like one of them stays.
           Row{"/f?token=s3cretly", "/f?token=s3cretly"},
           Row{"/f?mytoken=s3cret", "/f?mytoken=s3cret"},
           Row{"/f?id=7 and s3cret", "/f?id=7 and s3cret"},
       }) {
    EXPECT_EQ(without_secrets_of(address, row.text), row.left) << row.text;
  }
  EXPECT_EQ(without_secrets_of("https://news.example/f?token=", "/f?token="), "/f?token=");
}

TEST(without_secrets_of, is_done_in_time_with_what_is_full_of_them) {
  std::string text;
  while (text.size() < (std::size_t{4} << 20U))
    text += "?k=1&key=1";
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(without_secrets_of("https://news.example/f?key=1", text).find("&key="),
            std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

TEST(host_of, is_the_name_alone) {
  EXPECT_EQ(host_of("https://ann@News.Example:8080/f"), "news.example");
  EXPECT_EQ(host_of("https://[::1]:8080/f"), "[::1]");
  EXPECT_EQ(host_of("news.example"), "");
}

TEST(with_credentials_of, keeps_them_within_one_server) {
  const std::string from = "https://ann:pw@news.example/old";
  EXPECT_EQ(with_credentials_of("https://news.example/new", from),
            "https://ann:pw@news.example/new");
  EXPECT_EQ(with_credentials_of("https://bob@news.example/new", from),
            "https://bob@news.example/new");
  for (const char* target : {"http://news.example/new",
                             "https://news.example:444/new",
                             "https://other.example/new",
                             "https://sub.news.example/new"}) {
    EXPECT_EQ(with_credentials_of(target, from), target);
  }
}

}  // namespace
}  // namespace broadsheet::indexer
