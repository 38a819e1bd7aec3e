// The feeds that a web page names.
#include "indexer/readers/html_feed_links.h"

#include <gmock/gmock.h>

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> links_in(const std::string& head) {
  ReaderOptions options;
  options.base_url = "https://news.example/world/";
  return feed_links_of(
      "\xEF\xBB\xBF\n<!DOCTYPE html><html><head>" + head + "</head><body><p>News</p></body></html>",
      options);
}

TEST(feed_links_of, finds_alternates_of_feed_types) {
  EXPECT_THAT(links_in("<link rel=alternate type=application/rss+xml href=rss.xml>"
                       "<link rel='home Alternate' type='Application/Atom+XML' href='/atom'>"
                       "<link rel='alternate' type='application/feed+json' href='//j.example/f'>"
                       "<link rel='alternate' type='application/rss+xml' href='rss.xml'>"),
              ElementsAre("https://news.example/world/rss.xml",
                          "https://news.example/atom",
                          "https://j.example/f"));
}

TEST(feed_links_of, takes_nothing_else) {
  EXPECT_THAT(links_in("<link rel='stylesheet' type='text/css' href='a.css'>"
                       "<link rel='alternate' hreflang='de' href='/de'>"
                       "<link rel='alternate' type='application/rss+xml'>"
                       "<link rel='alternate' type='application/rss+xml' href=' '>"
                       "<!-- <link rel=alternate type=application/rss+xml href=rss.xml> -->"),
              IsEmpty());
  EXPECT_THAT(
      feed_links_of("<rss><link rel='alternate' type='application/rss+xml' href='a'/></rss>", {}),
      IsEmpty());
  EXPECT_THAT(feed_links_of("", {}), IsEmpty());
}

TEST(feed_links_of, ends_soon_on_a_page_made_to_hurt) {
  std::string many;
  for (int i = 0; i < 100'000; ++i)
    many += "<div><link rel=alternate type=application/rss+xml href=f" + std::to_string(i) + ">";
  EXPECT_EQ(links_in(many).size(), 10U);
  EXPECT_THAT(links_in(std::string(1'000'000, '<')), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::indexer
