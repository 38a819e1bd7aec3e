// What comes of a build does not depend on how many chunks it is made of.
#include "indexer/write/bulk_build.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <xapian.h>

#include "indexer/write/catalog_writer.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

constexpr std::int64_t kNow = 1'750'000'000;

class BulkBuildTest : public testing::Test {
 protected:
  void add(int articles) {
    for (int i = 0; i < articles; ++i) {
      Article article = tests::article_named("a" + std::to_string(i));
      article.body = "The bridge is closed for the day number " + std::to_string(i) + ".";
      ASSERT_TRUE(writer_.upsert(tests::incoming(std::move(article)), kNow));
    }
    ASSERT_TRUE(writer_.commit());
  }

  // The terms of every document with their positions, in the order of the documents.
  std::vector<std::string> built_of(std::int64_t chunk_bytes, int threads) {
    const auto part = dir_.path() / std::to_string(chunk_bytes);
    auto report = bulk_build({.data_dir = dir_.path(),
                              .part = part,
                              .threads = threads,
                              .now = kNow,
                              .chunk_bytes = chunk_bytes},
                             {});
    EXPECT_TRUE(report);
    const Xapian::Database database(part.string());
    std::vector<std::string> documents;
    for (auto doc = database.postlist_begin(""); doc != database.postlist_end(""); ++doc)
      documents.push_back(std::to_string(*doc) + database.get_document(*doc).serialise());
    return documents;
  }

  tests::TempDir dir_;
  CatalogWriter writer_ = CatalogWriter::open(dir_.path()).value();
};

TEST_F(BulkBuildTest, is_the_same_of_one_chunk_and_of_more_than_one_join_can_open) {
  add(300);
  const auto whole = built_of(1'000'000, 1);
  EXPECT_EQ(whole.size(), 300U);
  EXPECT_EQ(built_of(2'000, 2), whole);  // some forty chunks, one join
  EXPECT_EQ(built_of(1, 2), whole);      // a chunk for each: joins of neighbours, then of those
  EXPECT_EQ(built_of(0, 16), whole);     // groups of eight
}

}  // namespace
}  // namespace broadsheet::indexer
