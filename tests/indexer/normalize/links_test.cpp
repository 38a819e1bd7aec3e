// Only web addresses become links.
#include "indexer/normalize/links.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

TEST(clean_link, keeps_web_addresses_as_they_are_written) {
  for (const char* link : {"https://example.org/A?utm_source=x#top",
                           "http://example.org",
                           "https://example.org/\xC3\xA9"}) {
    EXPECT_EQ(clean_link(link), link);
  }
}

TEST(clean_link, adds_a_scheme_where_only_that_is_missing) {
  EXPECT_EQ(clean_link("//example.org/a"), "https://example.org/a");
  EXPECT_EQ(clean_link("www.example.org/a"), "https://www.example.org/a");
}

TEST(clean_link, escapes_what_may_not_stand_in_a_link) {
  EXPECT_EQ(clean_link(" https://example.org/a b\"<x> "), "https://example.org/a%20b%22%3Cx%3E");
}

TEST(clean_link, is_empty_for_anything_else) {
  for (const char* link : {"",
                           "null",
                           "example.org",
                           "javascript:alert(1)",
                           "JavaScript://example.org/%0aalert(1)",
                           "data:text/html,x",
                           "/relative",
                           "file:///etc/passwd",
                           "mailto:a@example.org"}) {
    EXPECT_EQ(clean_link(link), "") << link;
  }
}

}  // namespace
}  // namespace broadsheet::indexer
