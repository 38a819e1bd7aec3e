// Feeds into articles: what is told apart, mended and left out. Whole feeds stand in
// tests/data/rss.
#include "indexer/readers/feed.h"

#include <array>

#include <gtest/gtest.h>

#include "indexer/readers/feed_parts.h"
#include "indexer/readers/feed_text.h"

namespace broadsheet::indexer {
namespace {

Feed feed_of(std::string_view bytes, ReaderOptions options = {}) {
  auto feed = read_feed(bytes, options);
  return feed ? *std::move(feed) : Feed();
}

RawArticle only_article(std::string_view item) {
  const std::string text =
      "<rss><channel><title>Wire</title><link>https://wire.example/</link><item>" +
      std::string(item) + "</item></channel></rss>";
  return articles_of(feed_of(text)).at(0);
}

TEST(looks_like_feed, goes_by_the_first_element_or_the_version) {
  for (const char* head :
       {"<rss version='2.0'>",
        "<?xml version='1.0'?>\n<!-- <html> -->\n<feed xmlns='x'>",
        "<!DOCTYPE rdf [<!ENTITY a 'b'>]><rdf:RDF>",
        "<RSS>",
        "{\"title\": \"t\", \"version\" : \"https:\\/\\/jsonfeed.org\\/version\\/1\"}"}) {
    EXPECT_TRUE(looks_like_feed(head)) << head;
  }
  EXPECT_TRUE(looks_like_feed(std::string_view("<\0r\0s\0s\0>\0", 10)));
  for (const char* head : {"",
                           "<",
                           "<!-- ",
                           "<html><body><rss>",
                           "{\"title\": \"jsonfeed.org/version/1\", \"version\": 1}",
                           "{\"version\":",
                           "rss"}) {
    EXPECT_FALSE(looks_like_feed(head)) << head;
  }
}

TEST(read_feed, refuses_what_is_none) {
  for (const char* bytes :
       {"", "text", "<html/>", "{\"version\": \"https://jsonfeed.org/version/1\"}", "{"}) {
    EXPECT_FALSE(read_feed(bytes, {})) << bytes;
  }
}

TEST(read_feed, keeps_the_items_before_the_damage) {
  const Feed feed =
      feed_of("<rss><channel><item><title>A &amp; B</title></item><item><title><![CD");
  ASSERT_EQ(feed.items.size(), 2U);
  EXPECT_EQ(feed.items.front().title.value, "A & B");
  EXPECT_EQ(feed.repairs.size(), 1U);
}

TEST(read_feed, lets_the_formats_own_elements_win_over_modules) {
  const Feed feed = feed_of(
      "<rss><item><media:title>picture</media:title><title>Story</title>"
      "<dc:creator>Ann Lee</dc:creator><author>desk@wire.example</author></item></rss>");
  EXPECT_EQ(feed.items.at(0).title.value, "Story");
  EXPECT_EQ(feed.items.at(0).authors.at(0).name, "Ann Lee");
}

TEST(read_feed, resolves_links_against_xml_base_the_document_and_the_site) {
  constexpr std::string_view kFeed =
      "<rss><channel><link>https://site.example/</link><item><link>a/b</link></item>"
      "<item xml:base='https://cdn.example/x/'><link>a</link></item></channel></rss>";
  EXPECT_EQ(feed_of(kFeed).items.at(0).link, "https://site.example/a/b");
  EXPECT_EQ(feed_of(kFeed).items.at(1).link, "https://cdn.example/x/a");
  ReaderOptions options;
  options.base_url = "https://host.example/feeds/1.xml";
  EXPECT_EQ(feed_of(kFeed, options).items.at(0).link, "https://host.example/feeds/a/b");
}

TEST(articles_of_feeds, are_known_by_their_link_or_a_guid_that_says_more) {
  EXPECT_EQ(only_article("<guid>https://wire.example/1</guid>").url, "https://wire.example/1");
  EXPECT_FALSE(only_article("<guid>https://wire.example/1</guid>").id);
  EXPECT_EQ(only_article("<guid isPermaLink='false'>7</guid>").id, "https://wire.example/#7");
  EXPECT_FALSE(only_article("<guid isPermaLink='false'>https://wire.example/1</guid>").url);
  EXPECT_EQ(only_article("<guid>tag:wire.example,2025:1</guid>").id, "tag:wire.example,2025:1");
}

TEST(articles_of_feeds, say_whose_word_their_id_is) {
  const RawArticle article = only_article("<guid>7</guid><link>https://wire.example/1</link>");
  EXPECT_EQ(article.id_of_feed, "https://wire.example/");
  EXPECT_EQ(only_article("<guid>https://wire.example/1</guid>").id_of_feed, "");
}

TEST(articles_of_feeds, take_a_long_description_for_the_body) {
  const std::string text(2001, 'x');
  EXPECT_EQ(only_article("<description>" + text + "</description>").body_html, text);
  EXPECT_EQ(only_article("<description>short</description>").summary, "short");
  EXPECT_EQ(
      only_article("<description>" + text + "</description><content:encoded>all</content:encoded>")
          .summary,
      text);
}

TEST(articles_of_feeds, say_when_their_texts_are_html) {
  EXPECT_FALSE(only_article("<title>Plain</title>").is_html);
  EXPECT_TRUE(only_article("<title>A &amp;amp; B</title>").is_html);
  EXPECT_TRUE(only_article("<category>A &amp;amp; B</category>").is_html);
}

TEST(articles_of_feeds, share_authors_only_where_the_format_says_so) {
  EXPECT_FALSE(only_article("<title>t</title>").byline);
  const Feed atom = feed_of("<feed><author><name>Ann Lee</name></author><entry/></feed>");
  EXPECT_EQ(articles_of(atom).at(0).byline, "Ann Lee");
}

TEST(person_from, tells_name_and_address_apart) {
  struct Case {
    const char* text;
    const char* name;
    const char* email;
  };

  constexpr std::array kCases = {
      Case{"Ann Lee (ann@wire.example)", "Ann Lee", "ann@wire.example"},
      Case{"ann@wire.example (Ann Lee)", "Ann Lee", "ann@wire.example"},
      Case{"Ann Lee <ann@wire.example>", "Ann Lee", "ann@wire.example"},
      Case{"\"Lee, Ann\" <mailto:ann@wire.example>", "Lee, Ann", "ann@wire.example"},
      Case{"ann@wire.example", "", "ann@wire.example"},
      Case{" Ann Lee\n", "Ann Lee", ""},
      Case{"@annlee", "@annlee", ""},
      Case{"", "", ""},
  };
  for (const Case& one : kCases) {
    const FeedPerson person = person_from(one.text);
    EXPECT_EQ(person.name, one.name) << one.text;
    EXPECT_EQ(person.email, one.email) << one.text;
  }
}

TEST(decode_base64, takes_any_white_space_and_stops_at_what_is_none) {
  EXPECT_EQ(decode_base64(" RXhh\nbXBs ZQ== "), "Example");
  EXPECT_EQ(decode_base64("RXhh*bXBs"), "Exa");
  EXPECT_EQ(decode_base64(""), "");
}

TEST(read_feed, takes_hostile_feeds_in_bounded_time) {
  std::string nested = "<rss><item><description>";
  for (int i = 0; i < 100'000; ++i)
    nested += "<b>";
  feed_of(nested);
  std::string images = "<rss><item><description><![CDATA[";
  std::string tags = "<rss><item>";
  for (int i = 0; i < 100'000; ++i) {
    images += "<img ";
    tags += "<category>" + std::to_string(i) + "</category>";
  }
  EXPECT_EQ(articles_of(feed_of(images + "]]></description></item></rss>")).size(), 1U);
  EXPECT_EQ(feed_of(tags + "</item></rss>").items.at(0).tags.size(), 256U);
}

}  // namespace
}  // namespace broadsheet::indexer
