// Proves the measures against values worked out by hand from their definitions.
#include "tests/relevance/measures.h"

#include <cmath>

#include <gtest/gtest.h>

namespace broadsheet::relevance {
namespace {

// Relevant: a (2), c (1), e (1). Ranked: b a d c. So hits stand at ranks 2 and 4, e is missed.
const RankedIds kRanked = {"b", "a", "d", "c"};
const Judgments kJudged = {{"a", 2}, {"b", 0}, {"c", 1}, {"e", 1}};

TEST(Measures, ndcg_divides_the_discounted_gain_by_the_best_possible) {
  const double gained = 2 / std::log2(3) + 1 / std::log2(5);
  const double possible = 2 / std::log2(2) + 1 / std::log2(3) + 1 / std::log2(4);
  EXPECT_NEAR(ndcg_at(kRanked, kJudged, 10), gained / possible, 1e-12);
  EXPECT_NEAR(ndcg_at(kRanked, kJudged, 10), 0.54059, 1e-5);
}

TEST(Measures, ndcg_looks_no_deeper_than_asked) {
  const double possible = 2 + 1 / std::log2(3);
  EXPECT_NEAR(ndcg_at(kRanked, kJudged, 2), (2 / std::log2(3)) / possible, 1e-12);
}

TEST(Measures, average_precision_counts_missed_ids_as_zero) {
  EXPECT_NEAR(average_precision(kRanked, kJudged), (1.0 / 2 + 2.0 / 4) / 3, 1e-12);
}

TEST(Measures, reciprocal_rank_is_that_of_the_first_relevant_id) {
  EXPECT_DOUBLE_EQ(reciprocal_rank(kRanked, kJudged), 0.5);
}

TEST(Measures, precision_divides_by_the_depth_even_when_the_list_is_shorter) {
  EXPECT_DOUBLE_EQ(precision_at(kRanked, kJudged, 5), 2.0 / 5);
  EXPECT_DOUBLE_EQ(precision_at(kRanked, kJudged, 1), 0);
}

TEST(Measures, recall_divides_by_all_relevant_ids) {
  EXPECT_DOUBLE_EQ(recall_at(kRanked, kJudged, 10), 2.0 / 3);
  EXPECT_DOUBLE_EQ(recall_at(kRanked, kJudged, 2), 1.0 / 3);
}

TEST(Measures, nothing_relevant_is_zero_everywhere) {
  const Judgments none = {{"a", 0}};
  EXPECT_EQ(ndcg_at(kRanked, none, 10), 0);
  EXPECT_EQ(average_precision(kRanked, none), 0);
  EXPECT_EQ(reciprocal_rank(kRanked, none), 0);
  EXPECT_EQ(recall_at(kRanked, none, 10), 0);
}

TEST(Measures, a_query_without_an_answer_pulls_the_mean_down) {
  const Truth truth = {{"1", {{"a", 1}}}, {"2", {{"a", 1}}}, {"3", {{"a", 0}}}};
  const Figures figures = evaluate({{"1", {"a"}}}, truth);
  EXPECT_EQ(figures.queries, 2U);
  EXPECT_DOUBLE_EQ(figures.map, 0.5);
  EXPECT_DOUBLE_EQ(figures.ndcg_10, 0.5);
  EXPECT_DOUBLE_EQ(figures.mrr, 0.5);
  EXPECT_DOUBLE_EQ(figures.precision_5, 0.1);
  EXPECT_DOUBLE_EQ(figures.recall_100, 0.5);
}

}  // namespace
}  // namespace broadsheet::relevance
