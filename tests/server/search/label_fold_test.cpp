// One hit a source or story: which, how many it stands for, and that pages neither repeat nor lose
// any.
#include "server/search/label_fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/newsroom.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using tests::article_named;
using tests::Newsroom;

class Sources : public testing::Test {
 protected:
  Sources() {
    std::vector<Article> articles;
    for (int i = 0; i < 40; ++i) {
      articles.push_back(article_named("a" + std::to_string(i)));
      Article& made = articles.back();
      made.published = Timestamp{1'745'000'000 - i * 60};
      // Three sources and some articles without one; ids that names do not tell.
      if (i % 4 == 0) made.source = {"gazette", "Gazette"};
      if (i % 4 == 1) made.source = {"mw", "Meridian Wire"};
      if (i % 4 == 2 && i > 20) made.source = {"observer", "The Observer"};
    }
    newsroom_.add(articles, 1'745'000'000);
  }

  // "id folded" of each hit, over all pages.
  std::vector<std::string> all_pages(SearchRequest request) {
    std::vector<std::string> all;
    do {
      const auto page = newsroom_.search(request);
      for (const Hit& hit : page.hits)
        all.push_back(hit.article.article.id + " " + std::to_string(hit.folded.value_or(999)));
      request.cursor = page.next_cursor;
    } while (!request.cursor.empty());
    return all;
  }

  Newsroom newsroom_;
};

TEST_F(Sources, fold_into_the_first_of_each_in_time_order) {
  SearchRequest request{.match = MatchMode::all,
                        .filters = {{Field::source, {"gazette", "mw", "observer"}, false}},
                        .sort = Sort::newest,
                        .collapse = Collapse::source};
  EXPECT_THAT(all_pages(request), ElementsAre("a0 9", "a1 9", "a22 4"));
  request.limit = 1;
  EXPECT_THAT(all_pages(request), ElementsAre("a0 9", "a1 9", "a22 4"));
}

TEST_F(Sources, leave_articles_without_one_alone) {
  SearchRequest request{
      .match = MatchMode::all, .sort = Sort::newest, .collapse = Collapse::source, .limit = 4};
  const auto pages = all_pages(request);
  EXPECT_EQ(pages.size(), 3U + 15U);
  EXPECT_THAT(newsroom_.search(request).total.value, 40U);
}

TEST_F(Sources, fold_into_the_best_of_each_by_relevance) {
  SearchRequest request{.query = "body a21 OR a4 OR a5 OR a8",
                        .match = MatchMode::any,
                        .filters = {{Field::source, {"gazette", "mw"}, false}},
                        .collapse = Collapse::source};
  const auto found = newsroom_.search(request);
  ASSERT_EQ(found.hits.size(), 2U);
  std::set<std::string> sources;
  for (const Hit& hit : found.hits) {
    sources.insert(hit.article.article.source.id);
    EXPECT_EQ(hit.folded, 9U);
  }
  EXPECT_EQ(sources.size(), 2U);
  EXPECT_TRUE(found.next_cursor.empty());
}

TEST_F(Sources, stand_apart_when_stories_fold) {
  SearchRequest request{.match = MatchMode::all, .sort = Sort::newest, .collapse = Collapse::story};
  const auto found = newsroom_.search(request);
  EXPECT_EQ(found.hits.size(), 10U);
  EXPECT_EQ(found.hits[0].folded, 0U) << "in no story";
}

}  // namespace
}  // namespace broadsheet::server
