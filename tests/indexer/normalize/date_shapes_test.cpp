// Every shape of a date that sources were seen to write.
#include "indexer/normalize/date_shapes.h"

#include <array>

#include <gtest/gtest.h>

#include "indexer/normalize/dates.h"

namespace broadsheet::indexer {
namespace {

struct Case {
  const char* text;
  const char* read;  // as format_timestamp writes it
};

constexpr std::int64_t kNow = 1'800'000'000;

std::string read(const char* text) {
  const auto time = read_publication_date(text, kNow);
  return time ? format_timestamp(*time) : "nothing";
}

TEST(date_shapes, of_mail_are_read) {
  constexpr std::array kCases = {
      Case{"Thu, 05 Jan 2017 13:34:51 +0100", "2017-01-05T13:34:51+01:00"},
      Case{"Thu, 05 Jan 17 13:34:52 +0100", "2017-01-05T13:34:52+01:00"},
      Case{"05 Jan 17 13:34:55", "2017-01-05T13:34:55Z"},
      Case{"Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      Case{"Thu, 1 Jan 2004 6:48 EST", "2004-01-01T06:48-05:00"},
      Case{"Thu, 01 Jul 99 19:48:21 PDT", "1999-07-01T19:48:21-07:00"},
      Case{"Thursday, 01-Jan-04 19:48:21 GMT", "2004-01-01T19:48:21Z"},
      Case{"Thu,  5 Apr 2012 23:47:37 +10:00", "2012-04-05T23:47:37+10:00"},
      Case{"Thu, 5 Apr 2012 23:47:37 GMT+0300", "2012-04-05T23:47:37+03:00"},
      Case{"Thu, 5 Apr 2012 23:47:37 -0700 (Pacific Daylight Time)", "2012-04-05T23:47:37-07:00"},
      Case{"Mon, 06 Sep 2010 00:01:00 +0000 ", "2010-09-06T00:01:00Z"},
      Case{"5 Sept 2010", "2010-09-05"},
      Case{"Τρι, 29 Ιούν 2004 12:53:00 GMT", "2004-06-29T12:53:00Z"},
      Case{"Fri Mar 06 10:00:00 EST 2015", "2015-03-06T10:00:00-05:00"},
      Case{"Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21Z"},
  };
  for (const Case& one : kCases) {
    const std::string expected = one.read;
    // Without seconds the time is written with them all the same.
    const bool short_clock = expected.size() == 22;
    EXPECT_EQ(read(one.text),
              short_clock ? expected.substr(0, 16) + ":00" + expected.substr(16) : expected)
        << one.text;
  }
  EXPECT_EQ(read_publication_date("1 Jan 2004 6:48 EST", kNow)->precision, Precision::minute);
}

TEST(date_shapes, of_iso_8601_are_read) {
  constexpr std::array kCases = {
      Case{"20010509", "2001-05-09"},
      Case{"20010509T105550+0300", "2001-05-09T10:55:50+03:00"},
      Case{"20010509T105550Z", "2001-05-09T10:55:50Z"},
      Case{"2001-05-09T10", "2001-05-09T10:00:00Z"},
      Case{"2015-W12-3", "2015-03-18"},
      Case{"2015W123T101010Z", "2015-03-18T10:10:10Z"},
      Case{"2015-W01", "2014-12-29"},
      Case{"2015-123", "2015-05-03"},
      Case{"2016366", "2016-12-31"},
      Case{"2003", "2003-01-01"},
      Case{"2003-12", "2003-12-01"},
      Case{"2015366", "nothing"},
      Case{"2015-W54-1", "nothing"},
      Case{"201506", "nothing"},
      Case{"2015-13", "nothing"},
  };
  for (const Case& one : kCases)
    EXPECT_EQ(read(one.text), one.read) << one.text;
}

TEST(date_shapes, of_pages_are_read) {
  constexpr std::array kCases = {
      Case{"February 12, 2015", "2015-02-12"},
      Case{"March 12th, 2015 10:15 pm", "2015-03-12T22:15:00Z"},
      Case{"Saturday, December 12, 2015, 12:15 AM", "2015-12-12T00:15:00Z"},
      Case{"July 4, 2015 at 9 p.m. ET", "2015-07-04T21:00:00-04:00"},
      Case{"January 4, 2015 9:05pm ET", "2015-01-04T21:05:00-05:00"},
      Case{"12 Dec, 2015", "2015-12-12"},
      Case{"12.6.2015", "2015-06-12"},
      Case{"12.06.2015 10:15", "2015-06-12T10:15:00Z"},
      Case{"2015/06/12", "2015-06-12"},
      Case{"2015-6-5 9:05", "2015-06-05T09:05:00Z"},
      Case{"6/13/2015", "2015-06-13"},
      Case{"13/6/2015", "2015-06-13"},
      Case{"2015年6月12日", "2015-06-12"},
      Case{"2015년 6월 12일 10:15", "2015-06-12T10:15:00Z"},
      Case{"2004-01-01 19:48:21 JST", "2004-01-01T19:48:21+09:00"},
  };
  for (const Case& one : kCases)
    EXPECT_EQ(read(one.text), one.read) << one.text;
}

TEST(date_shapes, that_are_unclear_or_impossible_give_nothing) {
  for (const char* text : {"6/7/2015",
                           "30 Feb 2015",
                           "Thu, 32 Jan 2015 10:00:00 GMT",
                           "1 Jan 2015 25:00",
                           "1 Jan 2015 10:61:00",
                           "1 Jan 2015 10:00 +9900",
                           "yesterday at 10:00",
                           "market day 12 2015",
                           "10:15",
                           "1 2 3 4 2015",
                           "Jan Feb Mar",
                           "12 December",
                           "99999999999999999999 Jan 2015"}) {
    EXPECT_EQ(read(text), "nothing") << text;
  }
  EXPECT_EQ(read(std::string(100'000, '1').c_str()), "nothing");
  EXPECT_EQ(read(std::string(100'000, '(').c_str()), "nothing");
}

}  // namespace
}  // namespace broadsheet::indexer
