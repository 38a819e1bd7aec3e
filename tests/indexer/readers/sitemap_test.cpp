// Sitemaps: what of an entry becomes an article, and that no entry is lost without a word.
#include "indexer/readers/sitemap.h"

#include <gmock/gmock.h>

#include "tests/support/raw_articles.h"

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::vector<RawArticle> read(const std::string& entries) {
  return tests::read_raw_bytes("<?xml version=\"1.0\"?><urlset xmlns:n=\"urn:n\">" + entries +
                               "</urlset>");
}

TEST(looks_like_sitemap, goes_by_the_outermost_element) {
  for (const char* sitemap : {"<urlset>",
                              "<?xml version='1.0'?>\n<!-- x --><sm:urlset a='b'>",
                              "<sitemapindex xmlns='u'>",
                              "<URLSET>"})
    EXPECT_TRUE(looks_like_sitemap(sitemap)) << sitemap;
  for (const char* other : {"", "<rss>", "<url>", "urlset", "<urlsets>"})
    EXPECT_FALSE(looks_like_sitemap(other)) << other;
}

TEST(sitemap, an_entry_with_a_news_title_is_an_article) {
  const auto articles = read(
      "<url><loc> https://x.example/a?b=1&amp;copy=2 </loc><lastmod>2026-01-03</lastmod>"
      "<n:news><n:publication><n:name>The Paper</n:name><n:language>de</n:language></n:publication>"
      "<n:publication_date>2026-01-02T03:04:05Z</n:publication_date>"
      "<n:title>Title &amp;quot;here&amp;quot;</n:title><n:keywords>a, b ,,a</n:keywords>"
      "<n:genres>Blog, Opinion</n:genres><n:stock_tickers>X:Y</n:stock_tickers></n:news>"
      "<image:image><image:loc>https://x.example/1.jpg</image:loc><image:caption>C</image:caption>"
      "</image:image><image:image><image:loc>https://x.example/2.jpg</image:loc></image:image></"
      "url>");
  ASSERT_EQ(articles.size(), 1U);
  const RawArticle& raw = articles.front();
  EXPECT_EQ(raw.refusal, "");
  EXPECT_EQ(raw.url, "https://x.example/a?b=1&copy=2");
  EXPECT_EQ(raw.title, "Title \"here\"");
  EXPECT_EQ(raw.published, "2026-01-02T03:04:05Z");
  EXPECT_EQ(raw.updated, "2026-01-03");
  EXPECT_EQ(raw.source_name, "The Paper");
  EXPECT_EQ(raw.language, "de");
  EXPECT_EQ(raw.genre, "Blog");
  EXPECT_THAT(raw.tags, ElementsAre("a", "b"));
  EXPECT_EQ(raw.image_url, "https://x.example/1.jpg");
  EXPECT_EQ(raw.image_alt, "C");
  EXPECT_FALSE(raw.body);
  EXPECT_THAT(raw.extra, ElementsAre(Pair("stock_tickers", "\"X:Y\"")));
}

TEST(sitemap, an_entry_without_one_is_refused_with_its_address) {
  const auto articles = read(
      "<url><loc>https://x.example/</loc></url><url/>"
      "<url><loc>https://x.example/v</loc><video:video><video:title>V</video:title></video:video></"
      "url>");
  ASSERT_EQ(articles.size(), 3U);
  EXPECT_EQ(articles[0].refusal, "an address without a news title, no article: https://x.example/");
  EXPECT_EQ(articles[1].refusal, "an entry without an address and a news title");
  EXPECT_EQ(articles[2].refusal,
            "an address without a news title, no article: https://x.example/v");
}

TEST(sitemap, names_the_sitemaps_of_an_index) {
  const auto articles = tests::read_raw_bytes(
      "<sitemapindex><sitemap><loc>https://x.example/1.xml</loc></sitemap>"
      "<sitemap>\nhttps://x.example/2.xml\n</sitemap><sitemap/></sitemapindex>");
  ASSERT_EQ(articles.size(), 3U);
  EXPECT_THAT(articles[0].refusal, HasSubstr("must be fetched and added: https://x.example/1.xml"));
  EXPECT_THAT(articles[1].refusal, HasSubstr("must be fetched and added: https://x.example/2.xml"));
  EXPECT_EQ(articles[2].refusal, "a sitemap without an address");
}

TEST(sitemap, what_is_cut_short_gives_what_came_before) {
  const auto articles = tests::read_raw_bytes(
      "<urlset><url><loc>https://x.example/a</loc><news><title>A</title></news></url>"
      "<url><loc>https://x.exam");
  ASSERT_EQ(articles.size(), 2U);
  EXPECT_EQ(articles[0].title, "A");
  EXPECT_EQ(articles[0].repairs.size(), 1U);
  EXPECT_NE(articles[1].refusal, "");
}

TEST(sitemap, what_is_none_says_so) {
  EXPECT_THAT(tests::read_raw_bytes("<urlset></urlset>").front().refusal, HasSubstr("<urlset>"));
  EXPECT_THAT(tests::read_raw_bytes("<rss/>", "sitemap").front().refusal, HasSubstr("<rss>"));
  EXPECT_NE(tests::read_raw_bytes("https://x.example/\n", "sitemap").front().refusal, "");
}

}  // namespace
}  // namespace broadsheet::indexer
