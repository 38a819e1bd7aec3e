// Samples of shingles: edited copies hold each other, other texts do not.
#include "indexer/stories/fingerprint.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

using Words = std::vector<std::uint32_t>;

// A text of so many words, each one different.
Words text_of(std::size_t words, unsigned seed) {
  std::mt19937 random(seed);
  Words text(words);
  std::generate(text.begin(), text.end(), random);
  return text;
}

double likeness(const Words& a, const Words& b) {
  return containment(sample_shingles(a), sample_shingles(b));
}

TEST(fingerprint, of_a_copy_that_was_cut_is_contained) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const Words whole = text_of(600, seed);
    const Words cut(whole.begin(), whole.begin() + 360);
    EXPECT_GE(likeness(whole, cut), 0.9) << seed;
    EXPECT_GE(likeness(cut, whole), 0.9) << seed;
  }
}

TEST(fingerprint, of_a_text_of_which_half_is_new_is_near_a_half) {
  double sum = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    const Words first = text_of(400, seed);
    Words second = text_of(400, seed + 1000);
    std::copy(first.begin(), first.begin() + 200, second.begin());
    sum += likeness(first, second);
  }
  EXPECT_NEAR(sum / 100, 0.5, 0.05);
}

TEST(fingerprint, a_report_that_quotes_a_short_item_is_no_copy_of_it) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const Words report = text_of(600, seed);
    const Fingerprint whole{sample_shingles(report), 1, true};
    const auto first = [&](std::ptrdiff_t words) {
      return Fingerprint{sample_shingles(Words(report.begin(), report.begin() + words)), 2, true};
    };
    EXPECT_TRUE(are_duplicates(whole, first(360))) << seed;
    EXPECT_FALSE(are_duplicates(whole, first(120))) << seed;
    EXPECT_GT(containment(whole.shingles, first(120).shingles), 0.9) << seed;
  }
}

TEST(fingerprint, of_other_words_shares_nothing) {
  EXPECT_EQ(likeness(text_of(500, 1), text_of(500, 2)), 0);
  EXPECT_EQ(likeness({}, text_of(500, 2)), 0);
  EXPECT_TRUE(sample_shingles(text_of(3, 1)).empty());
}

TEST(fingerprint, is_a_bounded_ascending_sample) {
  const auto sample = sample_shingles(text_of(5000, 1));
  EXPECT_EQ(sample.size(), kSketchSize);
  EXPECT_TRUE(std::is_sorted(sample.begin(), sample.end()));
  EXPECT_EQ(sample_shingles(Words(500, 7)).size(), 1U) << "repeats count once";
  Words repeated;
  for (int i = 0; i < 6; ++i) {
    const Words once = text_of(100, 1);
    repeated.insert(repeated.end(), once.begin(), once.end());
  }
  EXPECT_EQ(sample_shingles(repeated).size(), kSketchSize) << "also where most is repeated";
}

TEST(fingerprint, tells_duplicates_only_where_titles_fit_or_are_the_same) {
  Fingerprint article{sample_shingles(text_of(300, 1)), 10, true};
  Fingerprint copy = article;
  copy.title = 20;
  EXPECT_TRUE(are_duplicates(article, copy)) << "another headline that fits";
  copy.title_fits = false;
  EXPECT_FALSE(are_duplicates(article, copy)) << "the body of another article by mistake";
  copy.title = article.title;
  EXPECT_TRUE(are_duplicates(article, copy)) << "the same title";
}

TEST(fingerprint, comes_back_from_its_bytes) {
  const Fingerprint fingerprint{sample_shingles(text_of(300, 1)), 0xfedcba98, false};
  EXPECT_EQ(fingerprint_from(to_bytes(fingerprint)), fingerprint);
  EXPECT_TRUE(fingerprint_from("abc").shingles.empty()) << "damaged";
}

}  // namespace
}  // namespace broadsheet::indexer
