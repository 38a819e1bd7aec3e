// A small archive made by the indexer's own road, in the test's own process.
#pragma once

#include <filesystem>
#include <vector>

#include <gtest/gtest.h>

#include "indexer/reindex.h"
#include "indexer/write/catalog_writer.h"
#include "indexer/write/content_hash.h"

namespace broadsheet::tests {

// Puts articles into the catalog, and what is visible at `now` into the index.
inline void add_articles(const std::filesystem::path& data_dir,
                         const std::vector<Article>& articles,
                         std::int64_t now) {
  auto catalog = indexer::CatalogWriter::open(data_dir);
  for (const Article& each : articles) {
    indexer::IncomingArticle incoming;
    incoming.article = each;
    incoming.content_hash = indexer::content_hash(each);
    EXPECT_TRUE(catalog->upsert(incoming, now));
  }
  EXPECT_TRUE(catalog->commit());
  auto reindexer = indexer::Reindexer::open(data_dir, 1);
  EXPECT_TRUE(reindexer->apply_pending(now));
  EXPECT_TRUE(reindexer->finish());
}

}  // namespace broadsheet::tests
