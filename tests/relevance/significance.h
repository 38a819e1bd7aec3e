// Whether one setting is better than another, or was only lucky with these queries.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tests/relevance/measures.h"

namespace broadsheet::relevance {

// One measure over one query.
struct Measure {
  std::string_view name;  // on the command line and in tables
  double (*of)(const RankedIds& ranked, const Judgments& judged);
};

// ndcg@10, map, mrr, p@5, p@10, recall@10, recall@100.
[[nodiscard]] const std::vector<Measure>& all_measures();

// The values for each query of `truth` that has a relevant article, in the order of their ids; a
// query that is missing in `run` found nothing.
[[nodiscard]] std::vector<double> by_query(const Measure& measure,
                                           const Run& run,
                                           const Truth& truth);

// The probability that the means differ by as much or more when, for each query, chance decides
// which of the two values belongs to which run (Fisher's randomisation test, two-sided, as compared
// by Smucker, Allan and Carterette, CIKM 2007). `left` and `right` hold one value a query.
[[nodiscard]] double randomization_test(const std::vector<double>& left,
                                        const std::vector<double>& right,
                                        int rounds = 100'000,
                                        std::uint32_t seed = 1);

}  // namespace broadsheet::relevance
