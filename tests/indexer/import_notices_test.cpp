// What tells of an article without its text, by way of its reader: pages, sitemaps, feeds and wires
// that name the same article, in any order and more than once.
#include <fstream>

#include <gtest/gtest.h>

#include "indexer/import.h"
#include "schema/catalog.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

const std::string kText =
    "The wheat harvest in the northern valleys began a week early this year, growers said on "
    "Friday, after a spring that was warmer than any since records began.";

const std::string kPage =
    "<!DOCTYPE html><html lang='en'><head><title>Harvest begins</title>"
    "<link rel='canonical' href='https://news.example/harvest'>"
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Harvest begins\","
    "\"datePublished\":\"2025-04-18T10:00:00Z\",\"articleSection\":\"Farming\","
    "\"publisher\":{\"name\":\"The Valley\"}}</script></head>"
    "<body><article><h1>Harvest begins</h1><p>" +
    kText + "</p><p>" + kText + "</p><p>" + kText + "</p></article></body></html>";

const std::string kSitemap =
    "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
    "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url>"
    "<loc>https://news.example/harvest</loc><news:news>"
    "<news:publication_date>2025-04-18</news:publication_date>"
    "<news:title>Harvest begins early</news:title><news:keywords>wheat, rye</news:keywords>"
    "</news:news></url></urlset>";

std::string feed_with(const std::string& texts) {
  return "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
         "<title>The Valley</title><item><title>Harvest is early</title>"
         "<link>https://news.example/harvest</link>" +
         texts + "</item></channel></rss>";
}

const std::string kSummaryFeed =
    feed_with("<description>Growers look at an early harvest with mixed feelings.</description>");

class ImportNotices : public testing::Test {
 protected:
  ImportReport add(const std::vector<std::string>& texts, const std::string& format = "auto") {
    ImportOptions options;
    options.data_dir = data_;
    options.format = format;
    for (const std::string& text : texts) {
      const auto path = dir_.path() / ("input" + std::to_string(++files_));
      std::ofstream(path, std::ios::binary) << text;
      options.files.push_back({path.string(), false});
    }
    StopSignal stop;
    const ImportOutcome outcome = import_articles(options, stop, {});
    EXPECT_FALSE(outcome.error) << outcome.error->message;
    EXPECT_EQ(outcome.report.refused, 0U);
    return outcome.report;
  }

  // The only article there is.
  StoredArticle article() {
    auto catalog = open_catalog_for_reading(data_);
    EXPECT_EQ(catalog->query_integer("SELECT count(*) FROM article").value(), 1);
    auto rows = catalog->statement("SELECT " + std::string(kArticleColumns) + " FROM " +
                                   std::string(kArticleTables));
    EXPECT_TRUE((*rows)->step().value());
    return read_stored_article(**rows);
  }

  bool has_text() { return article().article.body.find(kText) != std::string::npos; }

  tests::TempDir dir_;
  std::filesystem::path data_ = dir_.path() / "data";
  int files_ = 0;
};

TEST_F(ImportNotices, a_sitemap_after_the_page_leaves_its_text) {
  add({kPage});
  EXPECT_EQ(add({kSitemap}).updated, 1U);
  const Article told = article().article;
  EXPECT_TRUE(has_text());
  EXPECT_EQ(told.title, "Harvest begins early");
  EXPECT_EQ(told.section, "Farming");
  EXPECT_EQ(told.tags, (std::vector<std::string>{"wheat", "rye"}));
  EXPECT_EQ(told.published, parse_timestamp("2025-04-18T10:00:00Z"));
  EXPECT_EQ(told.source.name, "The Valley");
  EXPECT_EQ(add({kSitemap}).unchanged, 1U);
  EXPECT_EQ(article().revision, 2);
}

TEST_F(ImportNotices, a_page_after_the_sitemap_brings_the_text) {
  add({kSitemap});
  EXPECT_EQ(article().article.body, "");
  EXPECT_EQ(add({kPage}).updated, 1U);
  EXPECT_TRUE(has_text());
  EXPECT_EQ(add({kPage}).unchanged, 1U);
}

TEST_F(ImportNotices, the_order_within_one_first_load_is_as_good) {
  add({kPage, kSitemap, kSummaryFeed});
  EXPECT_TRUE(has_text());
  EXPECT_EQ(article().article.title, "Harvest is early");
  EXPECT_EQ(article().article.summary, "Growers look at an early harvest with mixed feelings.");
  EXPECT_EQ(add({kSummaryFeed}).unchanged, 1U);
}

TEST_F(ImportNotices, a_feed_with_the_beginning_alone_leaves_the_text) {
  add({kPage});
  for (const char* texts : {"<description>The wheat harvest began.</description>"
                            "<content:encoded>The wheat harvest began.</content:encoded>",
                            "<content:encoded>The wheat harvest in the northern [...]"
                            "</content:encoded>",
                            "<content:encoded>&lt;p>The wheat harvest &amp;hellip;&lt;/p>"
                            "</content:encoded>"}) {
    add({feed_with(texts)});
    EXPECT_TRUE(has_text()) << texts;
  }
}

TEST_F(ImportNotices, a_feed_with_a_text_of_its_own_has_the_last_word) {
  add({kPage});
  add(
      {feed_with("<description>Short.</description><content:encoded>&lt;p>It has begun, and "
                 "that is all there is to say of it.&lt;/p></content:encoded>")});
  EXPECT_EQ(article().article.body, "It has begun, and that is all there is to say of it.");
}

TEST_F(ImportNotices, the_operators_own_file_has_the_last_word) {
  add({kPage});
  const ImportReport report =
      add({R"({"url":"https://news.example/harvest","title":"Nothing left"})"
           "\n"});
  EXPECT_EQ(report.updated, 1U);
  EXPECT_EQ(article().article.body, "");
  EXPECT_EQ(article().article.section, "");
  add({kPage});
  add({"url,title\nhttps://news.example/harvest,Nothing left\n"}, "csv");
  EXPECT_EQ(article().article.body, "");
}

TEST_F(ImportNotices, a_kill_without_a_text_comes_through) {
  const std::string item =
      R"({"uri":"urn:news:1","type":"text","version":"1","headline":"Harvest begins",)"
      R"("body_text":")" +
      kText + R"(",)";
  add({item + R"("pubstatus":"usable"})"});
  const std::string kill =
      R"({"uri":"urn:news:1","type":"text","version":"2","headline":"Harvest begins",)"
      R"("ednote":"Kill this.","pubstatus":"canceled"})";
  EXPECT_EQ(add({kill}).updated, 1U);
  EXPECT_EQ(article().article.status, Status::killed);
  EXPECT_EQ(add({kill}).unchanged, 1U);
  EXPECT_EQ(add({item + R"("pubstatus":"usable"})"}).updated, 1U);
  EXPECT_EQ(article().article.status, Status::usable);
  EXPECT_TRUE(has_text());
}

TEST_F(ImportNotices, a_kill_without_a_headline_leaves_the_one_that_is_known) {
  add({R"({"uri":"urn:news:1","type":"text","headline":"Harvest begins","slugline":"farm-harvest",)"
       R"("body_text":")" +
       kText + R"("})"});
  const std::string kill =
      R"({"uri":"urn:news:1","type":"text","slugline":"farm-harvest","pubstatus":"canceled"})";
  EXPECT_EQ(add({kill}).updated, 1U);
  EXPECT_EQ(article().article.status, Status::killed);
  EXPECT_EQ(article().article.title, "Harvest begins");
}

TEST_F(ImportNotices, a_kill_of_what_is_not_known_is_kept) {
  add({R"({"uri":"urn:news:1","type":"text","slugline":"farm-harvest","pubstatus":"canceled"})"});
  EXPECT_EQ(article().article.status, Status::killed);
  EXPECT_EQ(article().article.title, "");
}

TEST_F(ImportNotices, a_feeds_word_for_its_item_is_another_name_of_the_page) {
  add({kPage});
  const std::string feed = feed_with("<guid isPermaLink='false'>4711</guid>");
  const std::string id = article().article.id;
  EXPECT_EQ(add({feed}).updated, 1U);
  EXPECT_EQ(article().article.id, id);
  EXPECT_TRUE(has_text());
  EXPECT_EQ(add({feed}).unchanged, 1U);
}

TEST_F(ImportNotices, an_address_that_is_no_link_is_a_feeds_word_too) {
  add({kPage});
  add({feed_with("<guid isPermaLink='false'>https://news.example/?p=4711</guid>")});
  EXPECT_TRUE(has_text());
}

TEST_F(ImportNotices, a_page_after_the_feed_is_the_item_of_its_link) {
  add({feed_with("<guid isPermaLink='false'>4711</guid>")});
  EXPECT_EQ(add({kPage}).updated, 1U);
  EXPECT_TRUE(has_text());
}

TEST_F(ImportNotices, a_corrected_date_moves_the_article_and_leaves_its_text) {
  add({kPage});
  const DocId before = article().doc_id;
  add({feed_with("<pubDate>Sat, 19 Apr 2025 10:00:00 GMT</pubDate>")});
  EXPECT_EQ(article().article.published->seconds, parse_timestamp("2025-04-19T10:00:00Z")->seconds);
  EXPECT_NE(article().doc_id, before);
  EXPECT_TRUE(has_text());
}

}  // namespace
}  // namespace broadsheet::indexer
