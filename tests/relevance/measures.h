// Measures of ranked lists, as trec_eval defines them. Lists are ids, best first; judgments say how
// relevant each id is (above 0: relevant, missing: not).
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace broadsheet::relevance {

using RankedIds = std::vector<std::string>;
using Judgments = std::map<std::string, int>;  // of one query

// Discounted gain of the first `depth` (gain = judgment, discount = log2(rank + 1)) over that of
// the best possible list. Järvelin and Kekäläinen (2002). All measures are 0 without a relevant id.
[[nodiscard]] double ndcg_at(const RankedIds& ranked, const Judgments& judged, std::size_t depth);

// The precision at each relevant id, averaged over all relevant ones, found or not.
[[nodiscard]] double average_precision(const RankedIds& ranked, const Judgments& judged);

// 1 / rank of the first relevant id.
[[nodiscard]] double reciprocal_rank(const RankedIds& ranked, const Judgments& judged);

// The share of relevant ids among the first `depth`, short lists counted as filled up.
[[nodiscard]] double precision_at(const RankedIds& ranked,
                                  const Judgments& judged,
                                  std::size_t depth);

// The share of the relevant ids that are among the first `depth`.
[[nodiscard]] double recall_at(const RankedIds& ranked, const Judgments& judged, std::size_t depth);

// The means over queries.
struct Figures {
  double ndcg_10 = 0;
  double map = 0;
  double mrr = 0;
  double precision_5 = 0;
  double recall_10 = 0;
  double recall_100 = 0;
  std::size_t queries = 0;
};

using Run = std::map<std::string, RankedIds>;    // by query id
using Truth = std::map<std::string, Judgments>;  // by query id

// Means over the queries of `truth` that have a relevant id; one missing in `run` found nothing.
[[nodiscard]] Figures evaluate(const Run& run, const Truth& truth);

}  // namespace broadsheet::relevance
