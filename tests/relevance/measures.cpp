// Written from the definitions; measures_test.cpp checks them against values worked out by hand.
#include "tests/relevance/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace broadsheet::relevance {
namespace {

int judgment_of(const Judgments& judged, const std::string& id) {
  const auto found = judged.find(id);
  return found == judged.end() ? 0 : std::max(found->second, 0);
}

std::size_t relevant_count(const Judgments& judged) {
  return static_cast<std::size_t>(std::count_if(
      judged.begin(), judged.end(), [](const auto& entry) { return entry.second > 0; }));
}

std::size_t found_within(const RankedIds& ranked, const Judgments& judged, std::size_t depth) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < std::min(depth, ranked.size()); ++i)
    found += judgment_of(judged, ranked[i]) > 0 ? 1 : 0;
  return found;
}

double discount(std::size_t index) {
  return 1 / std::log2(static_cast<double>(index) + 2);
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double ndcg_at(const RankedIds& ranked, const Judgments& judged, std::size_t depth) {
  double gained = 0;
  for (std::size_t i = 0; i < std::min(depth, ranked.size()); ++i)
    gained += judgment_of(judged, ranked[i]) * discount(i);
  std::vector<int> best;
  for (const auto& [id, judgment] : judged)
    best.push_back(std::max(judgment, 0));
  std::sort(best.begin(), best.end(), std::greater<>());
  double possible = 0;
  for (std::size_t i = 0; i < std::min(depth, best.size()); ++i)
    possible += best[i] * discount(i);
  return possible > 0 ? gained / possible : 0;
}

double average_precision(const RankedIds& ranked, const Judgments& judged) {
  const std::size_t relevant = relevant_count(judged);
  if (relevant == 0) return 0;
  std::size_t found = 0;
  double sum = 0;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (judgment_of(judged, ranked[i]) > 0) sum += share(++found, i + 1);
  }
  return sum / static_cast<double>(relevant);
}

double reciprocal_rank(const RankedIds& ranked, const Judgments& judged) {
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (judgment_of(judged, ranked[i]) > 0) return share(1, i + 1);
  }
  return 0;
}

double precision_at(const RankedIds& ranked, const Judgments& judged, std::size_t depth) {
  return share(found_within(ranked, judged, depth), depth);
}

double recall_at(const RankedIds& ranked, const Judgments& judged, std::size_t depth) {
  return share(found_within(ranked, judged, depth), relevant_count(judged));
}

Figures evaluate(const Run& run, const Truth& truth) {
  Figures sum;
  for (const auto& [query, judged] : truth) {
    if (relevant_count(judged) == 0) continue;
    const auto found = run.find(query);
    const RankedIds ranked = found == run.end() ? RankedIds() : found->second;
    ++sum.queries;
    sum.ndcg_10 += ndcg_at(ranked, judged, 10);
    sum.map += average_precision(ranked, judged);
    sum.mrr += reciprocal_rank(ranked, judged);
    sum.precision_5 += precision_at(ranked, judged, 5);
    sum.recall_10 += recall_at(ranked, judged, 10);
    sum.recall_100 += recall_at(ranked, judged, 100);
  }
  const auto queries = static_cast<double>(std::max<std::size_t>(sum.queries, 1));
  for (double* mean :
       {&sum.ndcg_10, &sum.map, &sum.mrr, &sum.precision_5, &sum.recall_10, &sum.recall_100}) {
    *mean /= queries;
  }
  return sum;
}

}  // namespace broadsheet::relevance
