// Counts of words: rare ones weigh more, and memory is bounded.
#include "indexer/stories/word_counts.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

TEST(word_counts, give_rare_words_more_weight) {
  WordCounts counts;
  for (std::uint32_t i = 0; i < 100; ++i)
    counts.count({{1, 1}, {100 + i, 1}});
  const WordVector weighed = counts.weighed({{1, 1}, {100, 1}}, 10);
  ASSERT_EQ(weighed.size(), 2U);
  EXPECT_GT(weighed[1].weight, 5 * weighed[0].weight);
  EXPECT_NEAR(length_of(weighed), 1, 1e-6);
  EXPECT_EQ(counts.weighed({{1, 1}, {100, 1}}, 1), (WordVector{{100, 1}})) << "the rare one stays";
}

TEST(word_counts, come_back_from_their_bytes) {
  WordCounts counts;
  for (std::uint32_t i = 0; i < 20'000; ++i)
    counts.count({{i % 7, 1}, {1000 + i, 1}});
  const WordCounts back = WordCounts::from(counts.articles(), counts.to_bytes());
  EXPECT_EQ(back.articles(), 20'000);
  const WordVector words = {{3, 2}, {5000, 1}, {999'999, 1}};
  EXPECT_EQ(back.weighed(words, 10), counts.weighed(words, 10));
}

TEST(word_counts, forget_the_rarest_when_there_are_too_many) {
  WordCounts counts;
  for (std::uint32_t i = 0; i < 10; ++i)
    counts.count({{1, 1}});
  for (std::uint32_t i = 0; i < 1'000'000; ++i)
    counts.count({{2'000'000 + i, 1}});
  EXPECT_LT(counts.to_bytes().size(), 8U * 600'000);
  const WordVector weighed = counts.weighed({{1, 1}, {9, 1}}, 2);
  EXPECT_LT(weighed[0].weight, weighed[1].weight) << "a common word is remembered";
}

}  // namespace
}  // namespace broadsheet::indexer
