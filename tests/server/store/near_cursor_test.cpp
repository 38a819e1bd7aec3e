// NEAR and ADJ against a plain look at every article's words, on each road a query can take.
#include "server/store/near_cursor.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/small_index.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using tests::group;
using tests::phrase;
using tests::reader_of;

using Words = std::vector<std::string>;

QueryNode word(const std::string& term, Occur occur = Occur::loose) {
  QueryNode node = tests::word(term, occur);
  node.exact = term;
  return node;
}

QueryNode near(std::vector<QueryNode> operands, std::vector<NearStep> steps) {
  QueryNode node;
  node.kind = NodeKind::near;
  node.operands = std::move(operands);
  node.steps = std::move(steps);
  for (const QueryNode& operand : node.operands)
    node.terms.insert(node.terms.end(), operand.terms.begin(), operand.terms.end());
  return node;
}

// Where an operand stands in an article.
std::vector<std::pair<int, int>> places(const QueryNode& operand, const Words& words) {
  std::vector<std::pair<int, int>> found;
  if (operand.kind == NodeKind::group) {
    for (const QueryNode& child : operand.children) {
      const auto more = places(child, words);
      found.insert(found.end(), more.begin(), more.end());
    }
    return found;
  }
  const Words row = operand.kind == NodeKind::word ? Words{operand.exact} : operand.terms;
  for (std::size_t at = 0; at + row.size() <= words.size(); ++at) {
    if (std::equal(row.begin(), row.end(), words.begin() + static_cast<std::ptrdiff_t>(at)))
      found.emplace_back(at, at + row.size() - 1);
  }
  return found;
}

// Tries every combination of places.
bool stands_near(const QueryNode& node,
                 const Words& words,
                 std::size_t operand,
                 std::pair<int, int> before) {
  if (operand == node.operands.size()) return true;
  const NearStep step = node.steps[operand - 1];
  const auto distance = static_cast<int>(step.distance);
  for (const auto& next : places(node.operands[operand], words)) {
    const int behind = next.first - before.second;
    const int ahead = before.first - next.second;
    const bool is_close =
        (behind > 0 && behind <= distance) || (!step.is_ordered && ahead > 0 && ahead <= distance);
    if (is_close && stands_near(node, words, operand + 1, next)) return true;
  }
  return false;
}

bool matches(const QueryNode& node, const Words& words) {
  for (const auto& first : places(node.operands.front(), words)) {
    if (stands_near(node, words, 1, first)) return true;
  }
  return false;
}

class RandomTexts {
 public:
  explicit RandomTexts(unsigned seed) : random_(seed) {
    std::vector<std::string> bodies;
    for (int i = 0; i < 200; ++i) {
      Words words;
      std::string body;
      for (int n = pick(2, 40); n > 0; --n) {
        words.push_back(term());
        body += words.back() + ' ';
      }
      texts_.push_back(std::move(words));
      bodies.push_back(std::move(body));
    }
    reader_ = reader_of(folder_, bodies);
  }

  IndexReader& reader() { return *reader_; }

  const std::vector<Words>& texts() const { return texts_; }

  QueryNode random_near() {
    std::vector<QueryNode> operands = {operand(), operand()};
    std::vector<NearStep> steps = {step()};
    while (pick(0, 2) == 0) {
      operands.push_back(operand());
      steps.push_back(step());
    }
    return near(std::move(operands), std::move(steps));
  }

  std::string term() { return std::string("w") + static_cast<char>('a' + pick(0, 5)) + "x"; }

 private:
  int pick(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

  NearStep step() { return {static_cast<std::uint32_t>(pick(1, 6)), pick(0, 1) == 0}; }

  QueryNode operand() {
    if (pick(0, 3) == 0) return phrase({term(), term()});
    if (pick(0, 3) > 0) return word(term());
    return group({word(term(), Occur::optional), phrase({term(), term()})});
  }

  std::mt19937 random_;
  tests::TempDir folder_;
  std::vector<Words> texts_;
  std::unique_ptr<IndexReader> reader_;
};

// All of them.
std::set<DocId> found(IndexReader& reader,
                      const QueryNode& root,
                      MatchMode match = MatchMode::all) {
  const std::vector<QueryNode> filters;
  auto result = reader.run({.root = root, .match = match, .filters = filters, .limit = 1000});
  std::set<DocId> docs;
  for (const FoundDoc& doc : result->docs)
    docs.insert(doc.doc - 100);
  return docs;
}

TEST(NearCursor, finds_what_a_plain_look_at_every_article_finds) {
  RandomTexts index(7);
  std::size_t some = 0;
  for (int round = 0; round < 300; ++round) {
    const QueryNode node = index.random_near();
    const std::string beside = index.term();
    std::set<DocId> alone;
    std::set<DocId> with;
    std::set<DocId> without;
    std::set<DocId> either;
    for (DocId doc = 0; doc < index.texts().size(); ++doc) {
      const Words& words = index.texts()[doc];
      const bool is_near = matches(node, words);
      const bool is_beside = std::find(words.begin(), words.end(), beside) != words.end();
      if (is_near) alone.insert(doc);
      if (is_near && is_beside) with.insert(doc);
      if (!is_near && is_beside) without.insert(doc);
      if (is_near || is_beside) either.insert(doc);
    }
    some += alone.empty() ? 0 : 1;
    QueryNode excluded = node;
    excluded.occur = Occur::excluded;
    EXPECT_EQ(found(index.reader(), group({node}), MatchMode::any), alone);
    EXPECT_EQ(found(index.reader(), group({node, word(beside)})), with);
    EXPECT_EQ(found(index.reader(), group({excluded, word(beside)})), without);
    EXPECT_EQ(found(index.reader(), group({node, word(beside)}), MatchMode::any), either);
    const std::vector<QueryNode> filters;
    const QueryNode root = group({node});
    for (const Sort sort : {Sort::newest, Sort::relevance}) {
      auto counted = index.reader().run(
          {.root = root, .match = MatchMode::all, .filters = filters, .sort = sort, .limit = 3});
      EXPECT_EQ(counted->count.lower, alone.size());
      EXPECT_TRUE(counted->count.exact);
      EXPECT_EQ(counted->docs.size(), std::min<std::size_t>(3, alone.size()));
    }
  }
  EXPECT_GT(some, 100U) << "most queries find something";
}

TEST(NearCursor, weighs_the_words_of_its_operands) {
  const tests::TempDir folder;
  auto reader = reader_of(folder, {"japan and tariff", "japan japan and tariff tariff", "rain"});
  const QueryNode root = group({near({word("japan"), word("tariff")}, {{10, false}})});
  const std::vector<QueryNode> filters;
  auto result = reader->run({.root = root, .filters = filters});
  ASSERT_EQ(result->docs.size(), 2U);
  EXPECT_EQ(result->docs.front().doc, 101U);
  EXPECT_GT(result->docs.back().score, 0);
}

TEST(NearCursor, stops_when_the_share_of_positions_is_used_up) {
  const tests::TempDir folder;
  std::string body;
  for (int i = 0; i < 4'000; ++i)
    body += "wax wbx ";
  auto reader = reader_of(folder, std::vector<std::string>(90, body));
  const QueryNode root =
      group({near({word("wax"), word("wbx"), word("wbx")}, {{1, true}, {2, true}})});
  const std::vector<QueryNode> filters;
  auto result = reader->run({.root = root, .filters = filters, .limit = 100});
  EXPECT_TRUE(result->partial);
  EXPECT_LT(result->docs.size(), 90U);
}

}  // namespace
}  // namespace broadsheet::server
