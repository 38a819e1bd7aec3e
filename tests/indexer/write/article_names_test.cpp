// Which article comes in again: by its id, its feed's word for it, its URL, in this order.
#include "indexer/write/article_names.h"

#include <gtest/gtest.h>

#include "indexer/normalize/ids.h"
#include "schema/catalog.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

using tests::article_named;
using tests::incoming;

constexpr std::int64_t kNow = 1'750'000'000;
const std::string kFeed = "https://valley.example/";
const std::string kLink = "https://valley.example/harvest";

// An item as normalize() leaves it.
IncomingArticle item(const std::string& guid,
                     const std::string& url = kLink,
                     const std::string& feed = kFeed) {
  Article article = article_named("");
  article.title = "Item " + guid;
  article.url = url;
  IncomingArticle result = incoming(article);
  result.id_of_feed = feed;
  result.original_id = guid.find(':') == std::string::npos ? feed + "#" + guid : guid;
  result.fallback_id = article_id_from(result.original_id);
  return result;
}

std::string made_of(const std::string& guid, const std::string& feed = kFeed) {
  return item(guid, kLink, feed).fallback_id;
}

IncomingArticle with_own_id(const std::string& id) {
  Article article = article_named(id);
  article.url = kLink;
  return incoming(article);
}

class ArticleNames : public testing::Test {
 protected:
  // Stores it and gives the id under which that was done.
  std::string take(const IncomingArticle& article) {
    auto writer = CatalogWriter::open(dir_.path()).value();
    EXPECT_TRUE(writer.upsert(article, kNow));
    EXPECT_TRUE(writer.commit());
    return id(article);
  }

  std::string id(const IncomingArticle& article) {
    auto catalog = open_catalog_for_reading(dir_.path());
    return id_of(*catalog, article).value();
  }

  std::int64_t articles() {
    auto catalog = open_catalog_for_reading(dir_.path());
    return catalog->query_integer("SELECT count(*) FROM article").value().value_or(-1);
  }

  tests::TempDir dir_;
};

TEST_F(ArticleNames, an_item_nobody_knows_takes_the_id_of_its_guid) {
  EXPECT_EQ(take(item("1")), made_of("1"));
}

TEST_F(ArticleNames, an_item_is_the_article_of_its_link) {
  take(with_own_id("desk-1"));
  EXPECT_EQ(take(item("1")), "desk-1");
  EXPECT_EQ(take(item("urn:1", kLink, "https://planet.example/")), "desk-1");
  EXPECT_EQ(articles(), 1);
}

TEST_F(ArticleNames, another_item_of_the_feed_under_one_link_is_another_article) {
  for (const char* guid : {"1", "2", "urn:3", "urn:4"})
    take(item(guid));
  EXPECT_EQ(articles(), 4);
  take(with_own_id("desk-1"));
  EXPECT_EQ(take(item("5")), made_of("5"));
}

TEST_F(ArticleNames, an_item_is_known_by_its_guid_when_its_link_has_changed) {
  take(with_own_id("desk-1"));
  take(item("1"));
  EXPECT_EQ(take(item("1", "https://valley.example/moved")), "desk-1");
  EXPECT_EQ(id(item("2", "https://valley.example/moved")), made_of("2"));
}

TEST_F(ArticleNames, a_feed_with_a_like_address_is_another_feed) {
  take(item("1"));
  for (const char* feed : {"https://valley.example", "https://valley.example/world/"})
    EXPECT_EQ(take(item("2", kLink, feed)), made_of("1")) << feed;
  EXPECT_EQ(take(item("2")), made_of("2"));
}

TEST_F(ArticleNames, what_was_erased_is_known_by_its_feeds_word_for_it) {
  take(item("1"));
  auto writer = CatalogWriter::open(dir_.path()).value();
  ASSERT_TRUE(writer.erase(made_of("1")).value());
  EXPECT_EQ(writer.upsert(item("1", "https://valley.example/moved"), kNow).value(),
            Upsert::unchanged);
}

}  // namespace
}  // namespace broadsheet::indexer
