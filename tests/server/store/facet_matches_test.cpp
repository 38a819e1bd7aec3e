// Gathering matches from an index of several parts: whole, sampled, hidden, cut short.
#include "server/store/facet_matches.h"

#include <gtest/gtest.h>

#include "server/store/index_reader.h"
#include "tests/support/small_index.h"

namespace broadsheet::server {
namespace {

using tests::article_at;
using tests::group;
using tests::TempDir;
using tests::word;

constexpr std::int64_t kStart = 1'700'000'000;

class Gathering : public testing::Test {
 protected:
  // 200 articles, each second of them with a phrase, each with its section; the ten newest are
  // written anew in a part of their own.
  Gathering() {
    tests::PartContent main;
    tests::PartContent front;
    for (int i = 0; i < 200; ++i) {
      const std::int64_t time = kStart - i * 60;
      const char* const body = i % 2 == 0 ? "white house" : "house white";
      auto stored = article_at(time, body, doc_id_for(time));
      stored.article.section = i % 4 == 0 ? "world" : "sport";
      main.articles.push_back(stored);
      if (i >= 10) continue;
      stored.article.section = "arts";
      front.articles.push_back(stored);
    }
    tests::write_index(folder_.path(), {front, main});
    reader_ = std::make_unique<IndexReader>(std::move(*IndexReader::open(folder_.path())));
  }

  AllMatches gather(const QueryNode& root, std::size_t most_kept = AllMatches::kMostKept) {
    Deadline deadline(Deadline::Clock::time_point::max());
    return *reader_->gather({.root = root,
                             .filters = filters_,
                             .window = window_,
                             .left_out = left_out_,
                             .most_kept = most_kept},
                            deadline);
  }

  double count(const AllMatches& matches, std::string_view section) {
    const auto counts = reader_->count_labels(matches, Field::section);
    for (const ValueCount& value : counts->values)
      if (value.name == section) return value.count;
    return 0;
  }

  TempDir folder_;
  std::unique_ptr<IndexReader> reader_;
  std::vector<QueryNode> filters_;
  TimeWindow window_;
  std::unordered_set<DocId> left_out_;
};

QueryNode white_house() {
  QueryNode node = tests::phrase({"white", "house"});
  node.words = {word("white"), word("house")};
  return group({node});
}

TEST_F(Gathering, counts_the_newest_version_of_each_article) {
  const AllMatches all = gather(group({}));
  EXPECT_TRUE(all.is_exact());
  EXPECT_EQ(all.count().lower, 200U);
  EXPECT_EQ(count(all, "arts"), 10);
  EXPECT_EQ(count(all, "world"), 47);
  EXPECT_EQ(count(all, "sport"), 143);
}

TEST_F(Gathering, leaves_out_what_it_is_told_to) {
  left_out_ = {doc_id_for(kStart), doc_id_for(kStart - 100 * 60)};
  const AllMatches all = gather(group({word("house")}));
  EXPECT_EQ(all.count().lower, 198U);
  EXPECT_EQ(count(all, "arts"), 9);
  EXPECT_EQ(count(all, "world"), 46);
}

TEST_F(Gathering, keeps_an_even_sample_of_many_and_still_knows_how_many) {
  const AllMatches some = gather(group({word("house")}), 50);
  EXPECT_FALSE(some.is_exact());
  EXPECT_TRUE(some.count().exact);
  EXPECT_EQ(some.count().lower, 200U);
  EXPECT_LE(some.parts[1].ordinals.size(), 50U);
  EXPECT_GE(some.parts[1].ordinals.size(), 15U);
  EXPECT_NEAR(count(some, "world"), 47, 25);
  EXPECT_NEAR(count(some, "sport") + count(some, "world"), 190, 0.001);
}

TEST_F(Gathering, judges_all_candidates_of_a_phrase_where_it_can) {
  const AllMatches all = gather(white_house());
  EXPECT_TRUE(all.is_exact());
  EXPECT_EQ(all.count().lower, 100U);
  EXPECT_EQ(count(all, "arts"), 5);
}

TEST_F(Gathering, keeps_to_the_window) {
  window_ = {kStart - 19 * 60, kStart + 1};
  EXPECT_EQ(gather(white_house()).count().lower, 10U);
}

TEST_F(Gathering, that_was_cut_short_is_not_exact) {
  Deadline deadline(Deadline::Clock::time_point::min());
  const QueryNode root = group({});
  (void)deadline.has_passed_now();
  const auto cut =
      reader_->gather({.root = root, .filters = filters_, .left_out = left_out_}, deadline);
  EXPECT_FALSE(cut->is_exact());
  EXPECT_GE(cut->count().upper, 200U);
}

// So many that judging all of them takes more positions than a search may read.
TEST(GatheringPhrases, concludes_from_some_where_there_are_too_many) {
  TempDir folder;
  tests::PartContent part;
  std::string body;
  for (int i = 0; i < 400; ++i)
    body += "white ";
  for (int i = 0; i < 1200; ++i) {
    const std::int64_t time = kStart - i * 60;
    const char* const end = i % 2 == 0 ? "house" : "then house";
    part.articles.push_back(article_at(time, body + end, doc_id_for(time)));
  }
  tests::write_index(folder.path(), {part});
  auto reader = std::move(*IndexReader::open(folder.path()));
  const QueryNode root = white_house();
  const std::vector<QueryNode> filters;
  const std::unordered_set<DocId> none;
  Deadline deadline(Deadline::Clock::time_point::max());
  const auto some = reader.gather(
      {.root = root, .filters = filters, .left_out = none, .spared_steps = 700'000}, deadline);
  ASSERT_TRUE(some);
  EXPECT_FALSE(some->is_exact());
  EXPECT_GT(deadline.steps_left(), 0U);
  const MatchCount count = some->count();
  EXPECT_LE(count.lower, 600U);
  EXPECT_EQ(count.upper, 1200U);
  EXPECT_NEAR(static_cast<double>(count.estimate), 600, 60);
}

}  // namespace
}  // namespace broadsheet::server
