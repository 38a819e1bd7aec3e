// Where stories lie by their time, and how they are found by their words.
#include "indexer/stories/shelf.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

constexpr std::int64_t kDay = 86'400;

Cluster cluster_of(const WordVector& words, std::optional<std::int64_t> time = std::nullopt) {
  Cluster cluster;
  cluster.words = words;
  cluster.size = 1;
  cluster.first = cluster.last = time;
  return cluster;
}

TEST(shelf, of_a_time_is_among_those_looked_through_for_two_weeks_around) {
  for (const std::int64_t time : {-800 * kDay, std::int64_t{0}, 20'000 * kDay + 17}) {
    for (const std::int64_t gap : {-15 * kDay, -kDay, std::int64_t{0}, 15 * kDay}) {
      const auto around = shelves_around(time + gap);
      EXPECT_NE(std::find(around.begin(), around.end(), shelf_of(time)), around.end())
          << time << " " << gap;
    }
  }
  EXPECT_EQ(shelf_of(std::nullopt), kUndatedShelf);
  EXPECT_EQ(shelves_around(std::nullopt), std::vector<std::int64_t>{kUndatedShelf});
}

TEST(closeness, falls_with_the_gap_to_the_days_of_a_story) {
  Cluster story = cluster_of({}, 100 * kDay);
  story.last = 110 * kDay;
  EXPECT_EQ(closeness(story, 105 * kDay), 1);
  EXPECT_NEAR(closeness(story, 117 * kDay), 0.8, 1e-9) << "a week after";
  EXPECT_NEAR(closeness(story, 93 * kDay), 0.8, 1e-9) << "a week before: it came late";
  EXPECT_EQ(closeness(story, 200 * kDay), 0) << "another time";
  EXPECT_EQ(closeness(story, std::nullopt), 0.8);
  EXPECT_EQ(closeness(cluster_of({}), std::nullopt), 1);
}

TEST(likeness, is_the_mean_over_the_articles) {
  Cluster story = cluster_of({{1, 1}, {2, 1}});
  story.size = 2;  // one article about 1, one about 2
  EXPECT_EQ(likeness(story, {{1, 1}}, std::nullopt), 0.5);
  story.size = 0;
  EXPECT_EQ(likeness(story, {{1, 1}}, std::nullopt), 0);
}

TEST(shelf, finds_what_shares_most_words_first) {
  Shelf shelf;
  Cluster near = cluster_of({{1, 1}, {2, 1}, {3, 1}});
  Cluster far = cluster_of({{3, 1}, {8, 1}});
  Cluster other = cluster_of({{9, 1}});
  for (Cluster* each : {&far, &near, &other})
    shelf.file(*each);
  std::vector<Shelf::Found> found;
  shelf.find({1, 2, 3}, found);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].cluster, &near);
  EXPECT_EQ(found[0].shared, 3U);
  EXPECT_EQ(found[1].cluster, &far);
  near.words.push_back({7, 5});
  shelf.file(near);
  found.clear();
  shelf.find({7}, found);
  ASSERT_EQ(found.size(), 1U) << "by a word it got later";
  shelf.remove(near);
  found.clear();
  shelf.find({1, 2, 3, 7}, found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].cluster, &far);
}

}  // namespace
}  // namespace broadsheet::indexer
