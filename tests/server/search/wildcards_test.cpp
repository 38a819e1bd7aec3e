// Trailing wildcards: which terms of the index they stand for, and that many of them cost little.
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/text.h"
#include "server/search/query.h"
#include "server/search/query_wildcards.h"
#include "tests/support/small_index.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

QueryPlan expanded(const std::string& typed, IndexReader& reader) {
  TextAnalyzer analyzer;
  QueryPlan plan = parse_query(typed, {MatchMode::all, {"en"}, false}, analyzer).value();
  EXPECT_TRUE(expand_wildcards(plan, reader));
  return plan;
}

std::set<DocId> found(const std::string& typed, IndexReader& reader) {
  return tests::found(reader, expanded(typed, reader).root);
}

TEST(wildcards, stand_for_every_word_that_begins_so) {
  const tests::TempDir folder;
  auto reader = tests::reader_of(folder,
                                 {"japan",
                                  "japanese talks",
                                  "jap",
                                  "Japonais caf\u00E9s",
                                  "Japan first\nrain",
                                  "talk japan",
                                  "\u65E5\u672C"});
  EXPECT_EQ(found("japan*", *reader), (std::set<DocId>{0, 1, 4, 5}));
  EXPECT_EQ(found("JAP\u00C1N*", *reader), (std::set<DocId>{0, 1, 4, 5}));
  EXPECT_EQ(found("cafe*", *reader), (std::set<DocId>{3}));
  EXPECT_EQ(found("japan* talk*", *reader), (std::set<DocId>{1, 5}));
  EXPECT_EQ(found("japan* -talk*", *reader), (std::set<DocId>{0, 4}));
  EXPECT_EQ(found("title:japan*", *reader), (std::set<DocId>{4}));
  EXPECT_EQ(found("japan* ADJ/1 talk*", *reader), (std::set<DocId>{1}));
  EXPECT_EQ(found("nothing*", *reader), (std::set<DocId>{}));
  EXPECT_EQ(found("nothing* OR jap*", *reader), (std::set<DocId>{0, 1, 2, 3, 4, 5}));
}

TEST(wildcards, take_the_most_frequent_and_say_so) {
  const tests::TempDir folder;
  std::vector<std::string> bodies(3);
  for (int i = 0; i < 100; ++i)
    bodies[0] += "wor" + std::to_string(100 + i) + ' ';
  bodies[1] = bodies[2] = "wor150 wor177";
  auto reader = tests::reader_of(folder, bodies);
  const QueryPlan plan = expanded("wor*", *reader);
  const std::vector<std::string>& terms = plan.root.children.at(0).terms;
  ASSERT_THAT(terms, SizeIs(kMaxExpansion));
  EXPECT_EQ(terms[0], "wor150");
  EXPECT_EQ(terms[1], "wor177");
  EXPECT_EQ(terms[2], "wor100");
  ASSERT_THAT(plan.warnings, SizeIs(1));
  EXPECT_THAT(plan.warnings[0].message, HasSubstr("wor* begins too many words"));
  EXPECT_THAT(expanded("wor15*", *reader).warnings, IsEmpty());
}

TEST(wildcards, share_what_they_may_cost) {
  const tests::TempDir folder;
  std::vector<std::string> bodies(20);
  for (std::size_t i = 0; i < 20'000; ++i)
    bodies[i % 20] += "w" + std::to_string(10'000 + i) + ' ';
  auto reader = tests::reader_of(folder, bodies);
  std::string typed;
  for (int i = 0; i < 64; ++i)
    typed += "w" + std::to_string(10 + i % 20) + std::string("* ");
  const auto start = std::chrono::steady_clock::now();
  const QueryPlan plan = expanded(typed, *reader);
  // Generous for sanitizers: a release build takes a few milliseconds.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
  std::size_t terms = 0;
  for (const QueryNode& child : plan.root.children)
    terms += child.terms.size();
  EXPECT_LE(terms, 64U * 3);
  EXPECT_GE(terms, 64U);
}

}  // namespace
}  // namespace broadsheet::server
