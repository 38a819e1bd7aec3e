// Relative links: the examples of RFC 3986 section 5.4, and what feeds hold.
#include "indexer/readers/links.h"

#include <array>

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

struct Case {
  const char* link;
  const char* resolved;
};

TEST(resolve_link, follows_the_examples_of_rfc_3986) {
  constexpr std::array kCases = {
      Case{"g:h", "g:h"},
      Case{"g", "http://a/b/c/g"},
      Case{"./g", "http://a/b/c/g"},
      Case{"g/", "http://a/b/c/g/"},
      Case{"/g", "http://a/g"},
      Case{"//g", "http://g"},
      Case{"?y", "http://a/b/c/d;p?y"},
      Case{"g?y", "http://a/b/c/g?y"},
      Case{"#s", "http://a/b/c/d;p?q#s"},
      Case{"g?y#s", "http://a/b/c/g?y#s"},
      Case{";x", "http://a/b/c/;x"},
      Case{"", "http://a/b/c/d;p?q"},
      Case{".", "http://a/b/c/"},
      Case{"./", "http://a/b/c/"},
      Case{"..", "http://a/b/"},
      Case{"../g", "http://a/b/g"},
      Case{"../..", "http://a/"},
      Case{"../../g", "http://a/g"},
      Case{"../../../../g", "http://a/g"},
      Case{"/./g", "http://a/g"},
      Case{"/../g", "http://a/g"},
      Case{"g.", "http://a/b/c/g."},
      Case{"..g", "http://a/b/c/..g"},
      Case{"./g/.", "http://a/b/c/g/"},
      Case{"g/../h", "http://a/b/c/h"},
      Case{"g;x=1/../y", "http://a/b/c/y"},
      Case{"g?y/../x", "http://a/b/c/g?y/../x"},
      Case{" \n g ", "http://a/b/c/g"},
  };
  for (const Case& one : kCases)
    EXPECT_EQ(resolve_link(one.link, "http://a/b/c/d;p?q"), one.resolved) << one.link;
}

TEST(resolve_link, leaves_links_alone_without_a_base) {
  EXPECT_EQ(resolve_link("news/1", ""), "news/1");
  EXPECT_EQ(resolve_link("news/1", "feed.xml"), "news/1");
  EXPECT_EQ(resolve_link("news/1", "mailto:desk@example.com"), "news/1");
  EXPECT_EQ(resolve_link("news/1", "https://example.com"), "https://example.com/news/1");
}

}  // namespace
}  // namespace broadsheet::indexer
