// What of a query tree decides which articles match, and how they are counted.
#include <optional>
#include <set>

#include <gtest/gtest.h>

#include "server/store/index_reader.h"
#include "tests/support/small_index.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using tests::found;
using tests::group;
using tests::label;
using tests::phrase;
using tests::reader_of;
using tests::word;

TEST(IndexReader, relaxes_to_any_word_when_few_articles_hold_them_all) {
  const tests::TempDir folder;
  auto reader = reader_of(folder, {"japan tariff", "japan", "tariff", "korea"});
  const QueryNode root = group({word("japan"), word("tariff")});
  const std::vector<QueryNode> filters;
  auto result = reader->run({.root = root, .filters = filters});
  EXPECT_EQ(result->relaxing, Relaxing::words);
  EXPECT_EQ(result->reading, Reading::any);
  ASSERT_EQ(result->docs.size(), 3U);
  EXPECT_EQ(result->docs.front().doc, 100U);
}

TEST(IndexReader, relaxes_a_loose_word_beside_a_required_one) {
  const tests::TempDir folder;
  auto reader = reader_of(folder, {"japan", "tariff", "korea"});
  const QueryNode root = group({word("japan", Occur::required), word("qwertyzzz")});
  const std::vector<QueryNode> filters;
  auto result = reader->run({.root = root, .filters = filters});
  EXPECT_EQ(result->relaxing, Relaxing::words);
  ASSERT_EQ(result->docs.size(), 1U);
  EXPECT_EQ(result->docs.front().doc, 100U);
}

TEST(IndexReader, finds_nothing_by_a_label_that_no_word_is_beside) {
  const tests::TempDir folder;
  auto reader = reader_of(folder, {"japan tariff", "japan", "korea"});
  const QueryNode flat = group({label("Len"), word("japan"), word("qwertyzzz")});
  EXPECT_EQ(found(*reader, flat, MatchMode::any), (std::set<DocId>{0, 1}));
  EXPECT_EQ(found(*reader, flat, MatchMode::automatic), (std::set<DocId>{0, 1}));
  QueryNode inner = flat;
  inner.occur = Occur::required;
  EXPECT_EQ(found(*reader, group({inner, word("tariff", Occur::required)}), MatchMode::any),
            (std::set<DocId>{0}));
  EXPECT_EQ(found(*reader, group({label("Lfr"), word("japan")}), MatchMode::any),
            (std::set<DocId>{}));
  EXPECT_EQ(found(*reader, group({label("Len")}), MatchMode::any), (std::set<DocId>{0, 1, 2}));
}

TEST(IndexReader, takes_a_run_of_pairs_apart_before_any_will_do) {
  const tests::TempDir folder;
  auto reader = reader_of(folder,
                          {"\u80A1\u5E02\u3001\u56FD\u80A1\u3001\u4E2D\u56FD",
                           "\u4E2D\u56FD\u3001\u56FD\u80A1",
                           "\u5317\u4EAC"});
  QueryNode run = phrase({"\u4E2D\u56FD", "\u56FD\u80A1", "\u80A1\u5E02"});
  run.occur = Occur::loose;
  run.is_run = true;
  for (const std::string& term : run.terms)
    run.words.push_back(word(term));
  EXPECT_EQ(found(*reader, group({run}), MatchMode::automatic), (std::set<DocId>{0, 1}));
  const QueryNode root = group({run});
  const std::vector<QueryNode> filters;
  RunRequest request{.root = root, .filters = filters, .relaxing = Relaxing::runs};
  EXPECT_EQ(reader->run(request)->docs.size(), 1U) << "all pairs, as a first page had it";
  run.is_run = false;
  EXPECT_EQ(found(*reader, group({run}), MatchMode::automatic), (std::set<DocId>{}));
}

TEST(IndexReader, finds_and_weighs_an_exact_form_only_where_it_is_a_stem) {
  const tests::TempDir folder;
  auto reader =
      reader_of(folder, {"her fianc\u00E9", "a fiance", "two fiances", "tariffs", "tariff"});
  QueryNode both = word("fianc");
  both.terms.emplace_back("fiance");
  EXPECT_EQ(found(*reader, group({both})), (std::set<DocId>{0, 1, 2}));
  const std::vector<QueryNode> filters;
  QueryNode inflected = word("tariff");
  const QueryNode stem = group({inflected});
  inflected.terms.emplace_back("tariffs");
  const QueryNode with_form = group({inflected});
  EXPECT_EQ(reader->run({.root = with_form, .filters = filters})->docs.front().score,
            reader->run({.root = stem, .filters = filters})->docs.front().score);
}

// The number of matches without a walk.
std::optional<std::uint64_t> known(IndexReader& reader,
                                   const QueryNode& root,
                                   const std::vector<QueryNode>& filters = {}) {
  auto result = reader.run({.root = root,
                            .match = MatchMode::all,
                            .filters = filters,
                            .sort = Sort::newest,
                            .limit = 0,
                            .count_up_to = 0});
  return result->count.exact ? std::optional(result->count.lower) : std::nullopt;
}

TEST(IndexReader, counts_one_term_and_its_absence_by_frequency) {
  const tests::TempDir folder;
  auto reader = reader_of(folder, {"japan china", "japan", "china japan", "korea", "peru"});
  QueryNode no_english = label("Len");
  no_english.occur = Occur::excluded;
  EXPECT_EQ(known(*reader, group({})), 5U);
  EXPECT_EQ(known(*reader, group({word("japan")})), 3U);
  EXPECT_EQ(known(*reader, group({}), {label("Len")}), 5U);
  EXPECT_EQ(known(*reader, group({label("Len")})), 5U);
  EXPECT_EQ(known(*reader, group({}), {no_english}), 0U);
  EXPECT_EQ(known(*reader, group({word("japan", Occur::excluded)})), 2U);
  EXPECT_EQ(known(*reader, group({word("japan"), word("qwertyzzz")})), 0U);
  EXPECT_EQ(known(*reader, group({word("japan"), word("china")})), std::nullopt);
}

TEST(IndexReader, concludes_from_some_phrases_how_many_there_are) {
  std::vector<std::string> bodies;
  for (int i = 0; i < 900; ++i)
    bodies.emplace_back(i % 3 == 0 ? "war on trade" : "trade war");
  const tests::TempDir folder;
  auto reader = reader_of(folder, bodies);
  const QueryNode root = group({phrase({"trade", "war"})});
  const std::vector<QueryNode> filters;
  for (const Sort sort : {Sort::relevance, Sort::newest}) {
    for (const std::size_t limit : {0U, 10U, 100U}) {
      auto result = reader->run({.root = root, .filters = filters, .sort = sort, .limit = limit});
      EXPECT_FALSE(result->count.exact);
      EXPECT_LE(result->count.lower, 600U);
      EXPECT_GE(result->count.upper, 600U);
      EXPECT_NEAR(static_cast<double>(result->count.estimate), 600, 2);
    }
  }
}

}  // namespace
}  // namespace broadsheet::server
