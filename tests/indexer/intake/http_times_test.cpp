// Times in headers, as servers write them.
#include "indexer/intake/http_times.h"

#include <string>

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

using std::chrono::seconds;

constexpr std::int64_t kNow = 1'745'000'000;  // 2025-04-18
constexpr std::int64_t kNovember = 784'111'777;

TEST(parse_http_date, reads_the_three_forms) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", kNow), kNovember);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", kNow), kNovember);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994", kNow), kNovember);
  EXPECT_EQ(parse_http_date("sun, 06 nov 1994 08:49:37 gmt", kNow), kNovember);
  EXPECT_EQ(parse_http_date("06-Nov-40 08:49:37", kNow).value_or(0) / 31'557'600, 70);
}

TEST(parse_http_date, refuses_everything_else) {
  for (const char* text : {"",
                           "soon",
                           "Sun, 06 Nov 1994",
                           "Sun, 31 Feb 1994 08:49:37 GMT",
                           "Sun, 00 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov 0000 08:49:37 GMT",
                           "Sun, 06 Nov 1994 24:00:00 GMT",
                           "Sun, 06 Nov 1994 08:49:37 GMT 12",
                           "06 Nov 1994 08:49:37 +0900",
                           "1994-11-06T08:49:37Z",
                           "99999999999999999999 Nov 1994 08:49:37"}) {
    EXPECT_FALSE(parse_http_date(text, kNow)) << text;
  }
  EXPECT_FALSE(parse_http_date(std::string(1'000'000, '1'), kNow));
}

TEST(parse_retry_after, takes_seconds_and_dates) {
  EXPECT_EQ(parse_retry_after("120", kNow), seconds(120));
  EXPECT_EQ(parse_retry_after(" 0 ", kNow), seconds(0));
  EXPECT_EQ(parse_retry_after("Fri, 18 Apr 2025 18:23:20 GMT", kNow), seconds(600));
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", kNow), seconds(0));
  EXPECT_EQ(parse_retry_after(std::string(500, '9'), kNow), seconds(9'999'999'999));
  for (const char* text : {"", "-1", "1.5", "later"})
    EXPECT_FALSE(parse_retry_after(text, kNow)) << text;
}

TEST(parse_max_age, reads_cache_control) {
  EXPECT_EQ(parse_max_age("max-age=300"), seconds(300));
  EXPECT_EQ(parse_max_age("public, Max-Age=\"60\" , must-revalidate"), seconds(60));
  for (const char* text : {"",
                           "public",
                           "max-age",
                           "max-age=",
                           "max-age=x",
                           "s-maxage=9",
                           "max-age=300, no-cache",
                           "no-store"}) {
    EXPECT_FALSE(parse_max_age(text)) << text;
  }
}

}  // namespace
}  // namespace broadsheet::indexer
