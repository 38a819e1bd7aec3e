// Proves that the matcher finds, ranks and orders exactly what a plain walk over all articles does,
// over several parts, whatever it skips on the way.
#include "server/store/index_reader.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "server/store/decay.h"
#include "tests/support/index_parts.h"
#include "tests/support/small_index.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using tests::article_at;
using tests::found;
using tests::group;
using tests::PartContent;
using tests::phrase;
using tests::reader_of;
using tests::word;

constexpr std::int64_t kStart = 1'700'000'000;

// A few hundred articles out of a small vocabulary, several of one second, some undated, spread
// over parts that hide some of each other's numbers.
class RandomIndex {
 public:
  explicit RandomIndex(unsigned seed, int articles = 400) : random_(seed) {
    std::vector<PartContent> parts(3);
    for (int i = 0; i < articles; ++i)
      add(parts[static_cast<std::size_t>(i % 3)]);
    // The newest part replaces some of the others' articles and takes some down.
    for (int i = 0; i < 20; ++i) {
      const StoredArticle& old = parts[2].articles[static_cast<std::size_t>(i)];
      if (i % 2 == 0) {
        parts[0].tombstones.push_back(old.doc_id);
        bodies_.erase(old.doc_id);
        times_.erase(old.doc_id);
      } else {
        auto fresh = article_at(times_[old.doc_id], body(), old.doc_id);
        bodies_[old.doc_id] = fresh.article.body;
        parts[0].articles.push_back(fresh);
      }
    }
    tests::write_index(folder_.path(), parts);
    auto opened = IndexReader::open(folder_.path(), &cache_);
    if (!opened) throw std::runtime_error(opened.error().message);
    reader_ = std::make_unique<IndexReader>(std::move(*opened));
  }

  IndexReader& reader() { return *reader_; }

  const std::map<DocId, std::string>& bodies() const { return bodies_; }

  std::optional<std::int64_t> time(DocId doc) const { return times_.at(doc); }

  bool holds_in_a_row(DocId doc, const std::vector<std::string>& words) const {
    std::string row;
    for (const std::string& word : words)
      row += word + ' ';
    return bodies_.at(doc).find(row) != std::string::npos;
  }

  int count(DocId doc, const std::string& term) const {
    int found = 0;
    std::istringstream words(bodies_.at(doc));
    for (std::string next; words >> next;)
      found += next == term ? 1 : 0;
    return found;
  }

 private:
  std::string body() {
    std::string text;
    const int length = std::uniform_int_distribution<int>(3, 60)(random_);
    for (int i = 0; i < length; ++i) {
      // Squared, so that some words are common and some rare.
      const double u = std::uniform_real_distribution<double>(0, 1)(random_);
      text += std::string("w") + static_cast<char>('a' + static_cast<int>(u * u * 20)) + "x ";
    }
    return text;
  }

  void add(PartContent& part) {
    std::optional<std::int64_t> time;
    if (random_() % 10 != 0) time = kStart + static_cast<std::int64_t>(random_() % 400) * 7;
    DocId doc = doc_id_for(time);
    while (times_.contains(doc))
      ++doc;
    times_[doc] = time;
    const auto stored = article_at(time, body(), doc);
    bodies_[doc] = stored.article.body;
    part.articles.push_back(stored);
  }

  std::mt19937 random_;
  tests::TempDir folder_;
  PostingCache cache_{1U << 20U, 20};  // common words from the cache, rare ones without
  std::map<DocId, std::string> bodies_;
  std::map<DocId, std::optional<std::int64_t>> times_;
  std::unique_ptr<IndexReader> reader_;
};

struct Case {
  std::vector<std::string> words;
  MatchMode match;
  bool recency;
  bool window;
  std::vector<std::string> in_a_row = {};  // a phrase beside the words
};

std::vector<DocId> matching(const RandomIndex& index, const Case& c) {
  std::vector<DocId> docs;
  for (const auto& [doc, body] : index.bodies()) {
    const auto holds = [&, number = doc](const std::string& w) {
      return index.count(number, w) > 0;
    };
    const bool row = !c.in_a_row.empty() && index.holds_in_a_row(doc, c.in_a_row);
    const bool all =
        std::all_of(c.words.begin(), c.words.end(), holds) && (row || c.in_a_row.empty());
    const bool any = std::any_of(c.words.begin(), c.words.end(), holds) || row;
    const auto time = index.time(doc);
    const bool in_window = !c.window || (time && *time >= kStart + 300 && *time < kStart + 2001);
    if (in_window && (c.match == MatchMode::all ? all : any)) docs.push_back(doc);
  }
  return docs;
}

RunRequest request_for(const Case& c,
                       const QueryNode& root,
                       const std::vector<QueryNode>& filters) {
  // 0: these articles are few, and what is proved is how many are ranked.
  RunRequest request{.root = root, .match = c.match, .filters = filters, .walk_up_to = 0};
  if (c.recency) request.recency = {.half_life_days = 0.01, .floor = 0.5, .now = kStart + 3000};
  if (c.window) request.window = {kStart + 300, kStart + 2001};
  return request;
}

double score_of(RandomIndex& index, const Case& c, DocId doc) {
  double score = 0;
  const std::vector<std::string> counted = tests::counted_words(index.bodies().at(doc));
  std::set<std::string> scored(c.words.begin(), c.words.end());
  scored.insert(c.in_a_row.begin(), c.in_a_row.end());
  for (const std::string& w : scored) {
    const Bm25Weight weight(index.reader().stats(), index.reader().articles_with(w), 1.0);
    const auto times = std::count(counted.begin(), counted.end(), w);
    if (times > 0)
      score += weight.score(static_cast<std::uint32_t>(times),
                            static_cast<std::uint32_t>(counted.size()));
  }
  const Recency recency{.half_life_days = 0.01, .floor = 0.5, .now = kStart + 3000};
  return c.recency ? score * Decay(recency, 0, true).factor(index.time(doc)) : score;
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const auto& words :
       {std::vector<std::string>{"wax"}, {"wax", "wqx"}, {"wbx", "wcx", "wsx"}}) {
    for (const MatchMode match : {MatchMode::all, MatchMode::any}) {
      for (const bool recency : {false, true}) {
        for (const bool window : {false, true})
          all.push_back({words, match, recency, window});
      }
    }
  }
  return all;
}

QueryNode root_of(const Case& c) {
  QueryNode root = group({});
  for (const std::string& w : c.words)
    root.children.push_back(word(w));
  if (!c.in_a_row.empty()) {
    QueryNode row = phrase(c.in_a_row);
    row.occur = Occur::loose;
    for (const std::string& w : c.in_a_row)
      row.words.push_back(word(w));
    root.children.push_back(row);
  }
  return root;
}

void expect_ranked_as_walked(RandomIndex& index, const Case& c) {
  std::vector<double> expected;
  for (const DocId doc : matching(index, c))
    expected.push_back(score_of(index, c, doc));
  std::sort(expected.rbegin(), expected.rend());
  const QueryNode root = root_of(c);
  const std::vector<QueryNode> filters;
  auto result = index.reader().run(request_for(c, root, filters));
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->docs.size(), std::min<std::size_t>(10, expected.size()));
  for (std::size_t i = 0; i < result->docs.size(); ++i) {
    EXPECT_NEAR(result->docs[i].score, expected[i], 1e-9) << "hit " << i;
    EXPECT_NEAR(score_of(index, c, result->docs[i].doc), expected[i], 1e-9);
  }
}

TEST(IndexReader, ranks_as_a_plain_walk_over_all_articles_does) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    RandomIndex index(seed);
    for (const Case& c : cases())
      expect_ranked_as_walked(index, c);
  }
}

TEST(IndexReader, ranks_words_and_phrases_of_which_any_will_do) {
  RandomIndex index(3);
  for (const bool recency : {false, true}) {
    for (const bool window : {false, true}) {
      expect_ranked_as_walked(index, {{"wsx"}, MatchMode::any, recency, window, {"wax", "wcx"}});
      // No article has the word, so the phrase alone decides.
      expect_ranked_as_walked(index, {{"wzx"}, MatchMode::any, recency, window, {"wsx", "wqx"}});
      // A word of the phrase asked for by itself, too.
      expect_ranked_as_walked(index, {{"wcx"}, MatchMode::any, recency, window, {"wax", "wcx"}});
      expect_ranked_as_walked(index, {{"wcx"}, MatchMode::all, recency, window, {"wax", "wbx"}});
    }
  }
}

TEST(IndexReader, ranks_more_articles_than_are_summed_up_at_a_time) {
  RandomIndex index(5, 13'000);
  for (const bool recency : {false, true})
    expect_ranked_as_walked(index, {{"wbx", "wcx", "wsx"}, MatchMode::any, recency, recency});
}

// All sorts, limits and budgets of one case, each counted.
std::vector<MatchCount> counts_of(RandomIndex& index, const Case& c, std::uint64_t count_up_to) {
  const QueryNode root = root_of(c);
  const std::vector<QueryNode> filters;
  std::vector<MatchCount> counts;
  for (const Sort sort : {Sort::relevance, Sort::newest}) {
    for (const std::size_t limit : {0U, 2U, 10U}) {
      RunRequest request = request_for(c, root, filters);
      request.sort = sort;
      request.limit = limit;
      request.count_up_to = count_up_to;
      counts.push_back(index.reader().run(request)->count);
    }
  }
  return counts;
}

TEST(IndexReader, counts_every_match_whatever_the_page_shows) {
  RandomIndex index(7);
  for (const Case& c : cases()) {
    for (const MatchCount& count : counts_of(index, c, 50'000)) {
      EXPECT_TRUE(count.exact);
      EXPECT_EQ(count.lower, matching(index, c).size());
      EXPECT_EQ(count.estimate, count.lower);
      EXPECT_EQ(count.upper, count.lower);
    }
  }
}

TEST(IndexReader, bounds_the_number_where_counting_stops) {
  RandomIndex index(7);
  for (const Case& c : cases()) {
    const std::size_t expected = matching(index, c).size();
    std::set<std::uint64_t> inexact;
    for (const MatchCount& count : counts_of(index, c, 5)) {
      EXPECT_LE(count.lower, expected);
      EXPECT_GE(count.upper, expected);
      if (!count.exact) inexact.insert(count.estimate);
    }
    EXPECT_LE(inexact.size(), 1U) << "the same for every limit and order";
  }
}

class TimeOrder : public testing::TestWithParam<Sort> {};

TEST_P(TimeOrder, gives_every_match_once_over_pages_of_any_size) {
  RandomIndex index(11);
  const auto before = GetParam() == Sort::newest ? is_newer : is_older;
  for (const Case& c : cases()) {
    if (c.recency) continue;
    std::vector<FoundDoc> expected;
    for (const DocId doc : matching(index, c))
      expected.push_back({doc, 0, index.time(doc)});
    std::sort(expected.begin(), expected.end(), before);
    const QueryNode root = root_of(c);
    const std::vector<QueryNode> filters;
    RunRequest request = request_for(c, root, filters);
    request.sort = GetParam();
    request.limit = 7;
    std::size_t seen = 0;
    while (true) {
      auto result = index.reader().run(request);
      ASSERT_TRUE(result);
      for (const FoundDoc& found : result->docs) {
        ASSERT_LT(seen, expected.size());
        EXPECT_EQ(found.doc, expected[seen].doc) << "position " << seen;
        EXPECT_EQ(found.published, expected[seen].published);
        ++seen;
      }
      if (result->docs.size() < request.limit) break;
      request.after = TimePosition{result->docs.back().published, result->docs.back().doc};
    }
    EXPECT_EQ(seen, expected.size());
  }
}

INSTANTIATE_TEST_SUITE_P(BothWays, TimeOrder, testing::Values(Sort::newest, Sort::oldest));

TEST(IndexReader, finds_a_phrase_by_exact_forms_in_a_row) {
  const tests::TempDir folder;
  auto reader = reader_of(folder,
                          {"tariff talks resume",
                           "tariffs talk resume",
                           "talks on a tariff",
                           "a tariff\n\ntalks in a paragraph of its own",
                           "Tariff talks\nin the title alone"});
  EXPECT_EQ(found(*reader, group({phrase({"tariff", "talks"})})), (std::set<DocId>{0, 4}));
  EXPECT_EQ(found(*reader, group({phrase({"tariff", "talks"}, Field::title)})),
            (std::set<DocId>{4}));
  EXPECT_EQ(found(*reader, group({phrase({"tariff"})})), (std::set<DocId>{0, 2, 3, 4}))
      << "a quoted word is its exact form, not its plural";
}

TEST(IndexReader, leaves_out_what_is_excluded) {
  const tests::TempDir folder;
  auto reader = reader_of(folder, {"japan china", "japan", "china", "korea"});
  EXPECT_EQ(found(*reader, group({word("japan"), word("china", Occur::excluded)})),
            (std::set<DocId>{1}));
  EXPECT_EQ(found(*reader, group({word("china", Occur::excluded)})), (std::set<DocId>{1, 3}));
}

TEST(IndexReader, counts_what_lacks_a_word_over_parts_that_hide_each_other) {
  RandomIndex index(5);
  const QueryNode root = group({word("wax", Occur::excluded)});
  const std::vector<QueryNode> filters;
  std::uint64_t expected = 0;
  for (const auto& [doc, body] : index.bodies())
    expected += index.count(doc, "wax") == 0 ? 1 : 0;
  auto result = index.reader().run({.root = root, .filters = filters, .limit = 1});
  EXPECT_TRUE(result->count.exact);
  EXPECT_EQ(result->count.lower, expected);
}

TEST(IndexReader, a_word_in_the_title_lifts_an_article) {
  const tests::TempDir folder;
  auto reader = reader_of(
      folder,
      {"weather\nrain and then japan", "rain\njapan and then weather", "other\nnothing here"});
  const QueryNode root = group({word("weather")});
  const std::vector<QueryNode> filters;
  auto result = reader->run({.root = root, .filters = filters});
  ASSERT_EQ(result->docs.size(), 2U);
  EXPECT_EQ(result->docs.front().doc, 100U);
  EXPECT_GT(result->docs.front().score, result->docs.back().score);
}

TEST(IndexReader, stops_at_its_deadline_and_says_so) {
  RandomIndex index(3);
  const QueryNode root = group({word("wax"), word("wbx")});
  const std::vector<QueryNode> filters;
  auto result = index.reader().run({.root = root,
                                    .match = MatchMode::any,
                                    .filters = filters,
                                    .limit = 1000,
                                    .deadline = std::chrono::steady_clock::time_point::min()});
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->partial);
}

}  // namespace
}  // namespace broadsheet::server
