// How much likeness is asked for, by the size of the text and of the archive.
#include "server/search/related_threshold.h"

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

TEST(NeededLikeness, is_what_was_measured_for_full_texts_in_large_archives) {
  EXPECT_DOUBLE_EQ(needed_likeness(30, 1'000).least, kMinCosine);
  EXPECT_DOUBLE_EQ(needed_likeness(30, 1'000'000).least, kMinCosine);
  EXPECT_EQ(needed_likeness(30, 1'000'000).relaxed_for, "");
}

TEST(NeededLikeness, falls_with_the_words_there_are) {
  EXPECT_NEAR(needed_likeness(1, 10'000).least, 0.0183, 0.0001);
  EXPECT_EQ(needed_likeness(1, 10'000).relaxed_for, "the text has 1 word to go by");
  EXPECT_LT(needed_likeness(3, 10'000).least, needed_likeness(12, 10'000).least);
  EXPECT_EQ(needed_likeness(0, 10'000).least, 0);
}

TEST(NeededLikeness, falls_in_small_archives) {
  EXPECT_LT(needed_likeness(30, 3).least, needed_likeness(30, 30).least);
  EXPECT_LT(needed_likeness(30, 30).least, kMinCosine);
  EXPECT_GT(needed_likeness(30, 1).least, 0) << "not by what does not exist";
  EXPECT_EQ(needed_likeness(5, 3).relaxed_for,
            "the text has 5 words to go by and the archive holds 3 articles");
}

}  // namespace
}  // namespace broadsheet::server
