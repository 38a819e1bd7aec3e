// Sums and products of weighted words, and how they are kept.
#include "indexer/stories/word_vector.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;

const WordVector kFirst = {{1, 3}, {5, 4}};
const WordVector kSecond = {{2, 1}, {5, 2}};

TEST(word_vector, products_count_what_both_hold) {
  EXPECT_EQ(product_of(kFirst, kSecond), 8);
  EXPECT_EQ(product_of(kFirst, {}), 0);
  EXPECT_EQ(length_of(kFirst), 5);
}

TEST(word_vector, sums_hold_all_and_lose_what_is_taken_away) {
  const WordVector sum = added(kFirst, kSecond);
  EXPECT_EQ(sum, (WordVector{{1, 3}, {2, 1}, {5, 6}}));
  EXPECT_EQ(added(sum, kSecond, -1), kFirst);
}

TEST(word_vector, of_length_one_keeps_its_direction) {
  WordVector vector = kFirst;
  make_unit(vector);
  EXPECT_NEAR(length_of(vector), 1, 1e-6);
  EXPECT_NEAR(vector[0].weight / vector[1].weight, 0.75, 1e-6);
  WordVector nothing;
  make_unit(nothing);
  EXPECT_TRUE(nothing.empty());
}

TEST(word_vector, keeps_the_strongest_in_their_order) {
  WordVector vector = {{1, 1}, {2, 9}, {3, 5}, {4, 7}};
  EXPECT_THAT(strongest_words(vector, 3), ElementsAre(2, 4, 3));
  keep_strongest(vector, 2);
  EXPECT_EQ(vector, (WordVector{{2, 9}, {4, 7}}));
}

TEST(word_vector, comes_back_from_its_bytes_nearly_the_same) {
  const WordVector vector = {{7, 0.5F}, {0xffffffff, 0.001F}, {0xfffffffe, 0.25F}};
  const WordVector back = word_vector_from(to_bytes(vector));
  ASSERT_EQ(back.size(), vector.size());
  for (std::size_t i = 0; i < vector.size(); ++i) {
    EXPECT_EQ(back[i].word, vector[i].word);
    EXPECT_NEAR(back[i].weight, vector[i].weight, 0.5 / 255);
    EXPECT_GT(back[i].weight, 0);
  }
  EXPECT_TRUE(word_vector_from("xx").empty());
  EXPECT_TRUE(word_vector_from(std::string("\x00\x00\xc0\x7f", 4) + "12345").empty()) << "NaN";
}

}  // namespace
}  // namespace broadsheet::indexer
