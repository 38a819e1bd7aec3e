// A ranking of its own, plain and the same for both sides: what differs then lies in the indexes.
#include "indexer/write/answer_drift.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>
#include <unordered_map>
#include <utility>

#include "schema/doc_id.h"
#include "schema/fields.h"
#include "schema/text.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kFirstHits = 10;
constexpr std::int64_t kHeadlines = 50;
// Words of more than one in so many articles are left out where rarer ones are asked for: they
// decide little and cost most.
constexpr std::uint64_t kCommonShare = 20;

using Weights = std::vector<std::pair<std::string, double>>;

// One generation, ready to answer.
class Answers {
 public:
  [[nodiscard]] static Result<Answers> open(const LiveIndex& index) {
    Answers answers;
    for (const auto& path : index.parts) {
      auto part = open_part(path);
      if (!part) return pass_on(part.error());
      answers.parts_.push_back(std::move(*part));
    }
    auto read = xapian_try([&] { answers.look_at_parts(); });
    if (!read) return pass_on(read.error());
    return answers;
  }

  // The terms worth asking for, with their weights.
  [[nodiscard]] Weights weigh(const std::vector<std::string>& terms) const {
    Weights all;
    Weights rare;
    for (const std::string& term : terms) {
      std::uint64_t articles = 0;
      for (const Xapian::Database& part : parts_)
        articles += part.get_termfreq(term);
      if (articles == 0) continue;
      const double weight =
          std::log(1 + static_cast<double>(articles_) / static_cast<double>(articles));
      all.emplace_back(term, weight);
      if (articles * kCommonShare < articles_) rare.emplace_back(term, weight);
    }
    return rare.empty() ? all : rare;
  }

  // Numbers of the first hits.
  [[nodiscard]] std::set<DocId> first_hits(const Weights& weights) const {
    std::unordered_map<DocId, double> scores;
    for (const auto& [term, weight] : weights)
      add_scores(term, weight, scores);
    std::vector<std::pair<double, DocId>> ranked;
    ranked.reserve(scores.size());
    for (const auto& [doc, score] : scores)
      ranked.emplace_back(-score, doc);
    const auto end =
        ranked.begin() + static_cast<std::ptrdiff_t>(std::min(kFirstHits, ranked.size()));
    std::partial_sort(ranked.begin(), end, ranked.end());
    std::set<DocId> hits;
    for (auto hit = ranked.begin(); hit != end; ++hit)
      hits.insert(hit->second);
    return hits;
  }

  // Languages that articles are written in.
  [[nodiscard]] const std::set<std::string>& languages() const { return languages_; }

 private:
  void look_at_parts() {
    const std::string prefix(row_of(Field::language).prefix);
    std::vector<DocId> newer;
    for (const Xapian::Database& part : parts_) {
      hidden_.push_back(newer);
      if (&part != &parts_.back()) add_numbers(part, newer);
      articles_ += part.get_doccount();
      for (auto term = part.allterms_begin(prefix); term != part.allterms_end(prefix); ++term)
        languages_.insert((*term).substr(prefix.size()));
    }
  }

  static void add_numbers(const Xapian::Database& part, std::vector<DocId>& numbers) {
    const auto middle = static_cast<std::ptrdiff_t>(numbers.size());
    for (auto doc = part.postlist_begin(""); doc != part.postlist_end(""); ++doc)
      numbers.push_back(*doc);
    std::inplace_merge(numbers.begin(), numbers.begin() + middle, numbers.end());
  }

  void add_scores(const std::string& term,
                  double weight,
                  std::unordered_map<DocId, double>& scores) const {
    constexpr double kSaturation = 1.5;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const auto end = parts_[i].postlist_end(term);
      for (auto posting = parts_[i].postlist_begin(term); posting != end; ++posting) {
        if (std::binary_search(hidden_[i].begin(), hidden_[i].end(), *posting)) continue;
        const auto occurrences = static_cast<double>(posting.get_wdf());
        scores[*posting] += weight * (1 + occurrences / (occurrences + kSaturation));
      }
    }
  }

  std::vector<Xapian::Database> parts_;     // newest first
  std::vector<std::vector<DocId>> hidden_;  // of each part: all numbers of newer ones, ascending
  std::set<std::string> languages_;
  std::uint64_t articles_ = 0;
};

std::vector<std::string> terms_of(const std::string& query,
                                  const std::set<std::string>& languages,
                                  TextAnalyzer& analyzer) {
  std::set<std::string> terms;
  const std::string prefix(row_of(Field::body).prefix);
  const auto add = [&](const Token& token) { terms.insert(prefix + std::string(token.stem)); };
  for (const std::string& language : languages)
    analyzer.analyze(query, language, add);
  if (languages.empty()) analyzer.analyze(query, "", add);
  return {terms.begin(), terms.end()};
}

void compare(const std::string& query,
             const std::set<DocId>& before,
             const std::set<DocId>& after,
             AnswerDrift& drift) {
  if (before.empty() && after.empty()) return;
  std::vector<DocId> both;
  std::set_intersection(
      before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(both));
  ++drift.queries;
  drift.hits += before.size();
  drift.kept += both.size();
  if (before.size() - both.size() > drift.most_changed_hits - drift.most_changed_kept) {
    drift.most_changed = query;
    drift.most_changed_hits = before.size();
    drift.most_changed_kept = both.size();
  }
}

std::vector<std::string> golden_queries(const std::filesystem::path& data_dir) {
  std::vector<std::string> queries;
  std::ifstream lines(golden_queries_path(data_dir));
  for (std::string line; queries.size() < kMostGoldenQueries && std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const bool is_query = line.find_first_not_of(" \t") != std::string::npos && line.front() != '#';
    if (is_query) queries.push_back(std::move(line));
  }
  return queries;
}

}  // namespace

std::filesystem::path golden_queries_path(const std::filesystem::path& data_dir) {
  return data_dir / "golden_queries.txt";
}

Result<std::vector<std::string>> drift_queries(const std::filesystem::path& data_dir,
                                               sqlite::Database& catalog) {
  std::vector<std::string> queries = golden_queries(data_dir);
  if (!queries.empty()) return queries;
  auto rows = catalog.statement(
      "SELECT title FROM article WHERE status = 0 AND title <> '' AND "
      "article_id % max(1, (SELECT max(article_id) FROM article) / ?1) = 0 "
      "ORDER BY article_id LIMIT ?1");
  if (!rows) return pass_on(rows.error());
  (*rows)->bind(1, kHeadlines);
  auto read = (*rows)->for_each_row([&]() -> Result<void> {
    queries.emplace_back((*rows)->text(0));
    return {};
  });
  if (!read) return pass_on(read.error());
  return queries;
}

Result<AnswerDrift> answer_drift(const LiveIndex& live,
                                 const LiveIndex& built,
                                 const std::vector<std::string>& queries) {
  auto before = Answers::open(live);
  if (!before) return pass_on(before.error());
  auto after = Answers::open(built);
  if (!after) return pass_on(after.error());
  AnswerDrift drift;
  TextAnalyzer analyzer;
  for (const std::string& query : queries) {
    auto compared = xapian_try([&] {
      // The same weights for both, so that what differs lies in what they hold.
      const auto terms = terms_of(query, before->languages(), analyzer);
      Weights weights = before->weigh(terms);
      if (weights.empty()) weights = after->weigh(terms);
      compare(query, before->first_hits(weights), after->first_hits(weights), drift);
    });
    if (!compared) return pass_on(compared.error());
  }
  return drift;
}

}  // namespace broadsheet::indexer
