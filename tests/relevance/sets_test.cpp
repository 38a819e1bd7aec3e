// Floors under the ranking of small test sets: slightly below what was measured, so that a change
// that makes lists worse is seen. The large sets are for broadsheet-eval.
#include "tests/relevance/sets.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "tests/relevance/test_data.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::relevance {
namespace {

Figures figures_of(std::string_view name, const std::filesystem::path& data) {
  const auto all = measurements();
  const auto row = std::find_if(
      all.begin(), all.end(), [&](const Measurement& each) { return each.name == name; });
  if (row == all.end()) throw std::runtime_error("no measurement " + std::string(name));
  const tests::TempDir folder;
  const auto outcome = measure(*row, data, folder.path());
  if (!outcome) throw std::runtime_error(outcome.error().message);
  return evaluate(outcome->run, outcome->truth);
}

TEST(TestSets, long_queries_find_their_articles) {
  const auto data = test_data_dir();
  if (!data) GTEST_SKIP() << kNoTestData;
  const Figures figures = figures_of("time", *data);
  EXPECT_EQ(figures.queries, 42U);
  EXPECT_GT(figures.ndcg_10, 0.65);
  EXPECT_GT(figures.map, 0.585);
}

TEST(TestSets, reports_of_one_event_link_to_each_other) {
  const auto data = test_data_dir();
  if (!data) GTEST_SKIP() << kNoTestData;
  const Figures figures = figures_of("related-basil-alone", *data);
  EXPECT_EQ(figures.queries, 180U);
  EXPECT_GT(figures.map, 0.985);
  EXPECT_GT(figures.mrr, 0.99);
}

TEST(TestSets, read_next_lists_stay_within_their_story) {
  const auto data = test_data_dir();
  if (!data) GTEST_SKIP() << kNoTestData;
  const Figures figures = figures_of("read-next-timeline17", *data);
  EXPECT_GT(figures.queries, 290U);
  EXPECT_GT(figures.precision_5, 0.90);
}

}  // namespace
}  // namespace broadsheet::relevance
