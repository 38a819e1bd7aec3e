// A floor under snippets: what they show of the query, and that they are sentences.
#include "tests/relevance/snippet_measure.h"

#include <gtest/gtest.h>

#include "tests/relevance/test_data.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

TEST(SnippetMeasure, snippets_show_the_query_in_whole_sentences) {
  const auto data = test_data_dir();
  if (!data) GTEST_SKIP() << kNoTestData;
  const tests::TempDir folder;
  const auto figures = measure_snippets("basil", 100, *data, folder.path());
  ASSERT_TRUE(figures) << figures.error().message;
  EXPECT_GT(figures->snippets, 500U);
  EXPECT_GT(figures->words_shown, 0.7);
  EXPECT_GT(figures->at_bounds, 0.9);
}

}  // namespace
}  // namespace broadsheet::relevance
