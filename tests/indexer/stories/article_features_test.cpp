// What the linker takes from a text.
#include "indexer/stories/article_features.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/article_builder.h"

namespace broadsheet::indexer {
namespace {

const std::string kBody =
    "The harbour bridge was closed on Monday after inspectors of Ostrava found cracks in two of "
    "its piers. Traffic is led over the northern ring until the end of June, the city said.";

Article article(const std::string& title, const std::string& body) {
  Article made = tests::article_named("a");
  made.title = title;
  made.body = body;
  return made;
}

float heaviest(const ArticleFeatures& features) {
  float most = 0;
  for (const WordWeight& each : features.words)
    most = std::max(most, each.weight);
  return most;
}

TEST(article_features, are_the_same_for_the_same_text_whatever_came_before) {
  FeatureMaker maker;
  const auto first = maker.make(article("Bridge closed", kBody));
  (void)maker.make(article("Ferry sinks", "Another text that is about a ferry."));
  const auto again = maker.make(article("Bridge closed", kBody));
  EXPECT_EQ(first.fingerprint, again.fingerprint);
  EXPECT_EQ(first.words, again.words);
}

TEST(article_features, copies_under_another_fitting_title_are_duplicates) {
  FeatureMaker maker;
  const auto first = maker.make(article("Harbour bridge closed", kBody));
  const auto other = maker.make(article("Cracks found in piers", kBody));
  const auto wrong = maker.make(article("Minister resigns over farm scandal", kBody));
  EXPECT_TRUE(are_duplicates(first.fingerprint, other.fingerprint));
  EXPECT_FALSE(are_duplicates(first.fingerprint, wrong.fingerprint))
      << "its body is that of another article";
}

TEST(article_features, of_a_short_text_are_the_same_only_as_a_whole) {
  FeatureMaker maker;
  const auto first = maker.make(article("Seven die in fire at a mill in Brno", "More later."));
  const auto same = maker.make(article("Seven die in fire at a mill in BRNO", "More later."));
  const auto other = maker.make(article("Eight die in fire at a mill in Brno", "More later."));
  EXPECT_TRUE(are_duplicates(first.fingerprint, same.fingerprint));
  EXPECT_FALSE(are_duplicates(first.fingerprint, other.fingerprint));
  EXPECT_TRUE(maker.make(article("Fire at mill", "")).fingerprint.shingles.empty())
      << "too short to tell";
}

TEST(article_features, leave_common_words_out_and_weigh_names_twice) {
  FeatureMaker maker;
  const auto with_name = maker.make(article("", "They went on from there to Ostrava."));
  const auto without = maker.make(article("", "They went on from there to ostrava."));
  ASSERT_FALSE(with_name.words.empty());
  EXPECT_LT(with_name.words.size(), 4U) << "they, on, from, there, to are common";
  EXPECT_GT(heaviest(with_name), 1.9F * heaviest(without));
}

TEST(article_features, of_hostile_texts_are_bounded) {
  FeatureMaker maker;
  std::string many;
  for (int i = 0; i < 50'000; ++i)
    many += "w" + std::to_string(i) + " ";
  EXPECT_LE(maker.make(article("x", many)).words.size(), 400U);
  EXPECT_LE(maker.make(article("", std::string(1'000'000, 'a'))).words.size(), 1U);
  EXPECT_TRUE(maker.make(article("", "\xff\xfe\xff")).words.empty());
  EXPECT_TRUE(maker.make(article("", "")).words.empty());
}

}  // namespace
}  // namespace broadsheet::indexer
