// The score of one article, term by term in one order whoever asks, so that equal articles score
// alike to the last bit.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "server/store/compile.h"

namespace broadsheet::server {

[[nodiscard]] inline double sum_of_bounds(const std::vector<Scorer>& scorers) {
  double sum = 0;
  for (const Scorer& scorer : scorers)
    sum += scorer.bound;
  return sum;
}

inline void sort_by_bound(std::vector<Scorer>& scorers) {
  std::sort(scorers.begin(), scorers.end(), [](const Scorer& a, const Scorer& b) {
    return a.bound < b.bound;
  });
}

// What a term adds to an article: 0 without it. Leads its cursors on to `doc`.
[[nodiscard]] inline double score_of(const Scorer& scorer, DocId doc) {
  scorer.cursor->skip_to(doc);
  if (scorer.cursor->doc() != doc) return 0;
  const std::uint32_t occurrences = scorer.cursor->occurrences();
  if (occurrences == 0) return 0;
  const std::uint32_t length = scorer.cursor->article_length();
  double score = scorer.weight.score(occurrences, length);
  if (scorer.title) {
    TermCursor& title = *scorer.title->cursor;
    title.skip_to(doc);
    if (title.doc() == doc) score += scorer.title->weight.score(title.occurrences(), length);
  }
  return score;
}

}  // namespace broadsheet::server
