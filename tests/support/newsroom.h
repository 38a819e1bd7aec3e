// An archive that goes the indexer's own road, and a searcher over it, without programs or sockets.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "indexer/reindex.h"
#include "indexer/write/catalog_writer.h"
#include "server/search/searcher.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::tests {

class Newsroom {
 public:
  // Puts articles in, first seen at `now`; each call adds to what is live, in small commits.
  void add(const std::vector<Article>& articles, std::int64_t now) {
    auto catalog = indexer::CatalogWriter::open(folder_.path());
    for (const Article& article : articles)
      EXPECT_TRUE(catalog->upsert(incoming(article), now));
    EXPECT_TRUE(catalog->commit());
    auto reindexer = indexer::Reindexer::open(folder_.path(), 1);
    EXPECT_TRUE(reindexer->apply_pending(now));
    EXPECT_TRUE(reindexer->finish());
  }

  server::SearchResponse search(server::SearchRequest request) {
    if (request.clock == 0) request.clock = kClock;
    if (request.now == 0) request.now = kClock;
    auto response = searcher_.search(request);
    EXPECT_TRUE(response) << (response ? "" : response.error().message);
    return response ? std::move(*response) : server::SearchResponse();
  }

  server::Searcher& searcher() { return searcher_; }

  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }

  static constexpr std::int64_t kClock = 1'800'000'000;  // 15 January 2027

 private:
  TempDir folder_;
  server::SessionPool pool_{folder_.path(), 1};
  server::Searcher searcher_{pool_};
};

}  // namespace broadsheet::tests
