// A thousand random queries, from text to hits, against a plain look at every article: what
// matches, how many, in which order, with recency and weights of sources, too, and why.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "schema/text.h"
#include "server/search/query.h"
#include "server/search/query_wildcards.h"
#include "tests/server/search/nonsense_archive.h"

namespace broadsheet::server {
namespace {

using Places = std::vector<std::pair<std::int64_t, std::int64_t>>;  // first and last word

Places places_of(const QueryNode& node, const Words& words) {
  Places places;
  if (node.kind == NodeKind::group) {
    for (const QueryNode& child : node.children) {
      const Places more = places_of(child, words);
      places.insert(places.end(), more.begin(), more.end());
    }
    return places;
  }
  const std::size_t length = node.kind == NodeKind::word ? 1 : node.terms.size();
  for (std::size_t at = 0; at + length <= words.size(); ++at) {
    bool is_here = true;
    for (std::size_t i = 0; i < length; ++i) {
      const std::string& asked = node.kind == NodeKind::word ? node.exact : node.terms[i];
      is_here = is_here && (node.starts_with.empty() ? words[at + i] == asked
                                                     : words[at + i].starts_with(node.starts_with));
    }
    if (is_here) places.emplace_back(at, at + length - 1);
  }
  return places;
}

bool stand_near(const QueryNode& node, const Words& words) {
  Places reached = places_of(node.operands.front(), words);
  for (std::size_t i = 0; i < node.steps.size(); ++i) {
    const std::int64_t most = node.steps[i].distance;
    Places next;
    for (const auto& place : places_of(node.operands[i + 1], words)) {
      const bool is_close = std::any_of(reached.begin(), reached.end(), [&](const auto& before) {
        const std::int64_t behind = place.first - before.second;
        const std::int64_t ahead = before.first - place.second;
        return (behind > 0 && behind <= most) ||
               (!node.steps[i].is_ordered && ahead > 0 && ahead <= most);
      });
      if (is_close) next.push_back(place);
    }
    reached = std::move(next);
  }
  return !reached.empty();
}

bool matches(const QueryNode& node, Reading reading, const Words& words) {
  if (node.kind == NodeKind::near) return stand_near(node, words);
  if (node.kind != NodeKind::group) return !places_of(node, words).empty();
  bool has_asked = false;
  bool has_optional = false;
  bool has_one = false;
  for (const QueryNode* child : children_of(node, reading)) {
    const Occur occur = occur_of(*child, reading);
    const bool is_there = matches(*child, reading, words);
    if (occur == Occur::excluded && is_there) return false;
    if (occur == Occur::required && !is_there) return false;
    has_asked = has_asked || occur == Occur::required;
    has_optional = has_optional || occur == Occur::optional;
    has_one = has_one || (occur == Occur::optional && is_there);
  }
  return has_asked || !has_optional || has_one;
}

// What a term weighs goes by: how many articles hold one of the terms of the word that asked for
// it, and the word's own weight.
struct Weighed {
  std::uint64_t articles = 0;
  double times = 1;
};

using Weights = std::map<std::string, Weighed>;

// Of words that ask for the same term the heaviest counts, the first of like weight.
void collect_weights(const QueryNode& node, Reading reading, IndexReader& index, Weights& weights) {
  if (node.kind == NodeKind::group) {
    for (const QueryNode* child : children_of(node, reading)) {
      if (occur_of(*child, reading) != Occur::excluded)
        collect_weights(*child, reading, index, weights);
    }
    return;
  }
  for (const QueryNode& operand : node.operands)
    collect_weights(operand, reading, index, weights);
  for (const QueryNode& word : node.words)
    collect_weights(word, reading, index, weights);
  if (node.kind != NodeKind::word) return;
  std::uint64_t articles = 0;
  for (const std::string& term : node.terms)
    articles += index.articles_with(term);
  for (const std::string& term : node.terms) {
    Weighed& known = weights.try_emplace(term, Weighed{articles, node.weight}).first->second;
    if (node.weight > known.times) known = {articles, node.weight};
  }
  for (const QueryNode& kin : node.kin)
    collect_weights(kin, reading, index, weights);
}

// Every third word of the vocabulary gets the next one as its kin.
void add_kin(QueryNode& node) {
  for (QueryNode& child : node.children)
    add_kin(child);
  const bool is_word = node.kind == NodeKind::word && node.starts_with.empty();
  if (!is_word || (node.exact[1] - 'a') % 3 != 0) return;
  QueryNode kin;
  kin.kind = NodeKind::word;
  kin.exact = node.exact;
  ++kin.exact[1];
  kin.terms = {kin.exact};
  kin.weight = 0.25;
  node.kin = {kin};
}

double score_of(const Words& words, const Weights& weights, const CollectionStats& stats) {
  double score = 0;
  for (const auto& [term, weighed] : weights) {
    const auto times = static_cast<std::uint32_t>(std::count(words.begin(), words.end(), term));
    if (times == 0) continue;
    const Bm25Weight weight(stats, weighed.articles, weighed.times);
    score += weight.score(times, static_cast<std::uint32_t>(words.size()));
  }
  return score;
}

class Queries {
 public:
  explicit Queries(Archive& archive) : archive_(archive) {}

  std::string group(int depth) {
    static constexpr std::string_view kLinks[] = {
        " ", " ", " ", " AND ", " OR ", " OR ", " -", " +", " AND NOT "};
    std::string text = operand(depth);
    for (int n = archive_.pick(3); n > 0; --n) {
      text += kLinks[static_cast<std::size_t>(archive_.pick(8))];
      text += operand(depth);
    }
    return text;
  }

 private:
  std::string near_operand() {
    switch (archive_.pick(5)) {
      case 0:
        return '"' + archive_.word() + ' ' + archive_.word() + '"';
      case 1:
        return '(' + archive_.word() + " OR \"" + archive_.word() + ' ' + archive_.word() + "\")";
      case 2:
        return archive_.word() + '*';
      default:
        return archive_.word();
    }
  }

  std::string leaf() {
    const int kind = archive_.pick(9);
    if (kind == 0) return '"' + archive_.word() + ' ' + archive_.word() + '"';
    if (kind == 1) return archive_.word() + '*';
    if (kind > 3) return archive_.word();
    std::string text = near_operand();
    for (int n = 1 + archive_.pick(1); n > 0; --n) {
      text += (archive_.pick(1) == 0 ? " NEAR/" : " ADJ/") + std::to_string(1 + archive_.pick(4));
      text += ' ' + near_operand();
    }
    return text;
  }

  std::string operand(int depth) {
    if (depth == 0 || archive_.pick(2) > 0) return leaf();
    return '(' + group(depth - 1) + ')';
  }

  Archive& archive_;
};

class RandomQueries : public testing::Test {
 protected:
  void expect_as_looked_at(const std::string& typed, MatchMode match) {
    TextAnalyzer analyzer;
    QueryPlan plan = parse_query(typed, {match, {}, false}, analyzer).value();
    add_kin(plan.root);
    ASSERT_TRUE(expand_wildcards(plan, archive_.reader()));
    const Reading reading = match == MatchMode::all ? Reading::all_exact : Reading::any;
    Weights weights;
    collect_weights(plan.root, reading, archive_.reader(), weights);
    std::vector<DocId> expected;
    for (const auto& [doc, words] : archive_.texts()) {
      if (matches(plan.root, reading, words)) expected.push_back(doc);
    }
    expect_listed(plan, match, expected);
    if (weights.empty()) return;
    for (const Factors& factors : {kOff, kAll})
      expect_ranked(plan, match, expected, weights, factors);
    expect_explained(plan, reading, expected, weights);
  }

  void expect_listed(const QueryPlan& plan, MatchMode match, const std::vector<DocId>& expected) {
    for (const Sort sort : {Sort::newest, Sort::oldest}) {
      const RunResult result = run(plan, match, sort, 1000, 0);
      std::vector<DocId> docs;
      for (const FoundDoc& found : result.docs)
        docs.push_back(found.doc);
      std::sort(docs.begin(), docs.end());
      EXPECT_EQ(docs, expected);
      EXPECT_TRUE(result.count.exact);
      EXPECT_EQ(result.count.lower, expected.size());
    }
  }

  double score_at(DocId doc, const Weights& weights, const Factors& factors) {
    return score_of(archive_.counted(doc), weights, archive_.reader().stats()) *
           archive_.factor(doc, factors);
  }

  // Both ways of ranking.
  void expect_ranked(const QueryPlan& plan,
                     MatchMode match,
                     const std::vector<DocId>& expected,
                     const Weights& weights,
                     const Factors& factors) {
    std::vector<double> scores;
    scores.reserve(expected.size());
    for (const DocId doc : expected)
      scores.push_back(score_at(doc, weights, factors));
    std::sort(scores.rbegin(), scores.rend());
    for (const std::uint64_t walk_up_to : {0U, 100'000U}) {
      const RunResult all = run(plan, match, Sort::relevance, 1000, walk_up_to, factors);
      EXPECT_EQ(all.docs.size(), scores.size());
      const RunResult result = run(plan, match, Sort::relevance, 10, walk_up_to, factors);
      ASSERT_EQ(result.docs.size(), std::min<std::size_t>(10, scores.size()));
      EXPECT_EQ(result.count.lower, scores.size());
      for (std::size_t i = 0; i < result.docs.size(); ++i) {
        EXPECT_NEAR(result.docs[i].score, scores[i], 1e-6) << "hit " << i;
        EXPECT_NEAR(score_at(result.docs[i].doc, weights, factors), scores[i], 1e-6);
      }
    }
  }

  // Every tenth article, whether it matches or not.
  void expect_explained(const QueryPlan& plan,
                        Reading reading,
                        const std::vector<DocId>& expected,
                        const Weights& weights) {
    const std::vector<QueryNode> filters;
    const RunRequest request{.root = plan.root,
                             .filters = filters,
                             .recency = kAll.recency,
                             .score_labels = &kAll.labels};
    for (const auto& [doc, words] : archive_.texts()) {
      if (doc % 10 != 0) continue;
      const auto explained = archive_.reader().explain(request, plan.root, reading, doc).value();
      ASSERT_TRUE(explained);
      const bool is_match = std::binary_search(expected.begin(), expected.end(), doc);
      EXPECT_EQ(explained->is_match, is_match) << doc;
      EXPECT_TRUE(explained->failed.empty() || !is_match) << doc;
      EXPECT_NEAR(explained->text_score, score_at(doc, weights, kOff), 1e-6) << doc;
      EXPECT_NEAR(explained->recency, archive_.recency(doc, kAll.recency), 1e-9) << doc;
      EXPECT_EQ(explained->source_weight, archive_.source_weight(doc, kAll.labels.sources)) << doc;
      double sum = 0;
      for (const WordShare& share : explained->words)
        sum += share.score;
      EXPECT_NEAR(sum, explained->text_score, 1e-9) << doc;
    }
  }

  RunResult run(const QueryPlan& plan,
                MatchMode match,
                Sort sort,
                std::size_t limit,
                std::uint64_t walk_up_to,
                const Factors& factors = kOff) {
    const std::vector<QueryNode> filters;
    auto result = archive_.reader().run({.root = plan.root,
                                         .match = match,
                                         .filters = filters,
                                         .sort = sort,
                                         .recency = factors.recency,
                                         .score_labels = &factors.labels,
                                         .limit = limit,
                                         .walk_up_to = walk_up_to});
    return result.value();
  }

  Archive archive_;
};

TEST_F(RandomQueries, are_answered_as_a_plain_look_at_every_article_does) {
  Queries queries(archive_);
  for (int round = 0; round < 1'000 && !HasFailure(); ++round) {
    const std::string typed = queries.group(round % 3);
    SCOPED_TRACE(typed);
    expect_as_looked_at(typed, round % 2 == 0 ? MatchMode::all : MatchMode::any);
  }
}

}  // namespace
}  // namespace broadsheet::server
