// What becomes of records that only tell of an article: the catalog must find out of which, and a
// takedown needs no text.
#include <gtest/gtest.h>

#include "indexer/normalize/ids.h"
#include "indexer/normalize/normalize.h"

namespace broadsheet::indexer {
namespace {

const NormalizeOptions kOptions{"", 1'750'240'200};  // 2025-06-18T09:50:00Z

TEST(notices, leave_the_id_that_is_a_feeds_word_to_the_catalog) {
  RawArticle raw;
  raw.title = "A title";
  raw.id = "https://wire.example/#7";
  raw.id_of_feed = "https://wire.example/";
  raw.url = "https://wire.example/a";
  const auto result = normalize(raw, kOptions);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->article.id, "");
  EXPECT_EQ(result->fallback_id, article_id_from("https://wire.example/#7"));
  EXPECT_EQ(result->original_id, "https://wire.example/#7");
  EXPECT_EQ(result->id_of_feed, "https://wire.example/");
  EXPECT_EQ(result->article.extra, R"({"original_id":"https://wire.example/#7"})");
}

TEST(notices, take_down_without_texts) {
  RawArticle raw;
  raw.id = "a";
  raw.status = "canceled";
  const auto kill = normalize(raw, kOptions);
  ASSERT_TRUE(kill);
  EXPECT_TRUE(kill->is_notice);
  EXPECT_TRUE(kill->has_status);
  EXPECT_EQ(kill->article.status, Status::killed);
}

TEST(notices, without_texts_that_take_nothing_down_are_refused) {
  RawArticle raw;
  raw.id = "a";
  EXPECT_FALSE(normalize(raw, kOptions));
  raw.status = "usable";
  EXPECT_FALSE(normalize(raw, kOptions));
  raw.status = "canceled";
  raw.extent = Extent::whole;
  EXPECT_FALSE(normalize(raw, kOptions)) << "no notice";
  raw.extent = Extent::text;
  raw.id.reset();
  EXPECT_FALSE(normalize(raw, kOptions)) << "of nothing";
}

}  // namespace
}  // namespace broadsheet::indexer
