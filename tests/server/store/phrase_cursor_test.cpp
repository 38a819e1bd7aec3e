// Proves that phrases are found, ranked and counted as a plain walk over the texts would, and that
// no query reads positions without end.
#include "server/store/phrase_cursor.h"

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "server/store/index_reader.h"
#include "tests/support/index_parts.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

QueryNode word(const std::string& term, Occur occur) {
  QueryNode node;
  node.kind = NodeKind::word;
  node.occur = occur;
  node.terms = {term};
  return node;
}

QueryNode phrase(std::vector<std::string> terms, Occur occur) {
  QueryNode node;
  node.kind = NodeKind::phrase;
  node.occur = occur;
  node.terms = std::move(terms);
  for (const std::string& term : node.terms)
    node.words.push_back(word(term, Occur::required));
  for (std::uint32_t i = 0; i < node.terms.size(); ++i)
    node.offsets.push_back(i);
  return node;
}

QueryNode group(std::vector<QueryNode> children) {
  QueryNode node;
  node.children = std::move(children);
  return node;
}

// An index in one part of these texts, and the texts.
class Texts {
 public:
  explicit Texts(const std::vector<std::string>& bodies) {
    tests::PartContent part;
    DocId doc = 100;
    for (const std::string& body : bodies) {
      part.articles.push_back(tests::article_at(std::nullopt, body, doc));
      bodies_[doc++] = body;
    }
    tests::write_index(folder_.path(), {part});
    reader_ = std::make_unique<IndexReader>(std::move(*IndexReader::open(folder_.path())));
  }

  RunResult run(const QueryNode& root, std::size_t limit, Sort sort = Sort::relevance) {
    const std::vector<QueryNode> filters;
    auto result = reader_->run(
        {.root = root, .match = MatchMode::any, .filters = filters, .sort = sort, .limit = limit});
    EXPECT_TRUE(result);
    return result ? std::move(*result) : RunResult();
  }

  std::set<DocId> that(const std::function<bool(const std::string&)>& matches) const {
    std::set<DocId> docs;
    for (const auto& [doc, body] : bodies_) {
      if (matches(body)) docs.insert(doc);
    }
    return docs;
  }

 private:
  tests::TempDir folder_;
  std::map<DocId, std::string> bodies_;
  std::unique_ptr<IndexReader> reader_;
};

// Texts of few words, so that phrases are met by chance.
std::vector<std::string> random_bodies(std::size_t count) {
  std::mt19937 random(11);
  std::vector<std::string> bodies(count);
  for (std::string& body : bodies) {
    const std::size_t length = 3 + random() % 60;
    for (std::size_t i = 0; i < length; ++i)
      body += std::string("w") + "aaaabbbccd"[random() % 10] + "x ";
  }
  return bodies;
}

bool has(const std::string& body, const std::vector<std::string>& words) {
  std::string row = " ";
  for (const std::string& next : words)
    row += next + " ";
  return (" " + body).find(row) != std::string::npos;
}

std::vector<DocId> numbers_of(const std::vector<FoundDoc>& found) {
  std::vector<DocId> docs;
  for (const FoundDoc& doc : found)
    docs.push_back(doc.doc);
  return docs;
}

TEST(PhraseCursor, ranks_and_counts_as_a_plain_walk_does) {
  Texts texts(random_bodies(1200));
  const std::vector<std::string> a = {"wdx", "wbx"};
  const std::vector<std::string> b = {"wcx", "wax", "wax"};
  const std::vector<std::string> c = {"wbx", "wax", "wbx", "wax"};

  struct Case {
    QueryNode root;
    std::function<bool(const std::string&)> matches;
  };

  const std::vector<Case> cases = {
      {group({phrase(a, Occur::required)}), [&](const auto& body) { return has(body, a); }},
      {group({phrase(b, Occur::required)}), [&](const auto& body) { return has(body, b); }},
      {group({phrase(c, Occur::required)}), [&](const auto& body) { return has(body, c); }},
      {group({phrase(a, Occur::optional), phrase(c, Occur::optional)}),
       [&](const auto& body) { return has(body, a) || has(body, c); }},
      {group({word("wcx", Occur::required), phrase(b, Occur::excluded)}),
       [&](const auto& body) { return has(body, {"wcx"}) && !has(body, b); }},
  };
  for (const Case& each : cases) {
    const std::set<DocId> expected = texts.that(each.matches);
    const RunResult all = texts.run(each.root, 2000);
    EXPECT_FALSE(all.partial);
    const std::vector<DocId> ranked = numbers_of(all.docs);
    EXPECT_EQ(std::set<DocId>(ranked.begin(), ranked.end()), expected);
    // The best ten of them without looking at all.
    const RunResult best = texts.run(each.root, 10);
    EXPECT_LE(best.count.lower, expected.size());
    EXPECT_GE(best.count.upper, expected.size());
    EXPECT_EQ(best.count.estimate, all.count.estimate) << "counts differ by what a page shows";
    ASSERT_GE(ranked.size(), 10U);
    EXPECT_EQ(numbers_of(best.docs), std::vector<DocId>(ranked.begin(), ranked.begin() + 10));
  }
}

// As a phrase of common words does that hardly any article has.
TEST(PhraseCursor, stops_a_query_that_has_taken_its_share) {
  Texts texts(std::vector<std::string>(4000, "talks on a tariff"));
  const QueryNode root = group({phrase({"tariff", "talks"}, Occur::required)});
  for (const Sort sort : {Sort::relevance, Sort::newest, Sort::oldest}) {
    const RunResult result = texts.run(root, 10, sort);
    EXPECT_TRUE(result.partial);
    EXPECT_TRUE(result.docs.empty());
    EXPECT_FALSE(result.count.exact);
    EXPECT_EQ(result.count.lower, 0U);
    EXPECT_GT(result.count.upper, 0U) << "some were not looked at";
  }
}

TEST(PhraseCursor, looks_at_no_more_than_it_needs) {
  Texts texts(std::vector<std::string>(4000, "talks on a tariff"));
  const RunResult without = texts.run(
      group({word("tariff", Occur::required), phrase({"tariff", "talks"}, Occur::excluded)}), 10);
  EXPECT_FALSE(without.partial) << "ten are soon found";
  EXPECT_EQ(without.docs.size(), 10U);
  const RunResult with = texts.run(group({phrase({"talks", "on"}, Occur::required)}), 10);
  EXPECT_FALSE(with.partial);
  EXPECT_GE(with.count.lower, 500U);
  EXPECT_EQ(with.count.upper, 4000U);
}

// A word said again needs its positions only once.
TEST(PhraseCursor, finds_a_row_of_one_word) {
  std::string row;
  for (int i = 0; i < 20; ++i)
    row += "no ";
  Texts texts({row + "never", row + row, "no no never"});
  const QueryNode root = group({phrase(std::vector<std::string>(30, "no"), Occur::required)});
  EXPECT_EQ(numbers_of(texts.run(root, 10).docs), std::vector<DocId>{101});
}

}  // namespace
}  // namespace broadsheet::server
