// Chance comes from a seed, so that the same runs give the same probability.
#include "tests/relevance/significance.h"

#include <cmath>
#include <random>
#include <stdexcept>

namespace broadsheet::relevance {

const std::vector<Measure>& all_measures() {
  static const std::vector<Measure> kMeasures = {
      {"ndcg@10", [](const RankedIds& r, const Judgments& j) { return ndcg_at(r, j, 10); }},
      {"map", average_precision},
      {"mrr", reciprocal_rank},
      {"p@5", [](const RankedIds& r, const Judgments& j) { return precision_at(r, j, 5); }},
      {"p@10", [](const RankedIds& r, const Judgments& j) { return precision_at(r, j, 10); }},
      {"recall@10", [](const RankedIds& r, const Judgments& j) { return recall_at(r, j, 10); }},
      {"recall@100", [](const RankedIds& r, const Judgments& j) { return recall_at(r, j, 100); }},
  };
  return kMeasures;
}

std::vector<double> by_query(const Measure& measure, const Run& run, const Truth& truth) {
  std::vector<double> values;
  for (const auto& [query, judged] : truth) {
    bool any = false;
    for (const auto& [article, judgment] : judged)
      any = any || judgment > 0;
    if (!any) continue;
    const auto ranked = run.find(query);
    values.push_back(measure.of(ranked == run.end() ? RankedIds() : ranked->second, judged));
  }
  return values;
}

double randomization_test(const std::vector<double>& left,
                          const std::vector<double>& right,
                          int rounds,
                          std::uint32_t seed) {
  if (left.size() != right.size()) throw std::invalid_argument("runs over different queries");
  double difference = 0;
  std::vector<double> differences;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference += left[i] - right[i];
    // Queries with equal values change nothing, whoever they belong to.
    if (left[i] != right[i]) differences.push_back(left[i] - right[i]);
  }
  constexpr double kRounding = 1e-9;
  const double observed = std::abs(difference) - kRounding;
  std::mt19937 random(seed);
  int as_large = 0;
  for (int round = 0; round < rounds; ++round) {
    double sum = 0;
    for (const double one : differences)
      sum += (random() & 1U) != 0 ? one : -one;
    if (std::abs(sum) >= observed) ++as_large;
  }
  return static_cast<double>(as_large) / rounds;
}

}  // namespace broadsheet::relevance
