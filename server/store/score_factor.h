// What a score is multiplied by for what is no word: recency, which lasts longer for some genres,
// and the weight that the operator gave a source. Bounded, so that a ranked run stops early and
// stays exact.
#pragma once

#include <optional>
#include <vector>

#include "server/store/admission.h"
#include "server/store/cursor.h"
#include "server/store/decay.h"
#include "server/store/match.h"
#include "server/store/part_view.h"

namespace broadsheet::server {

// So many times as long is the half-life of what is read later, too.
inline constexpr double kLastingTimes = 4;

// The factors of the matches of one part. Borrows the part and what the limits point to.
class ScoreFactor {
 public:
  // Throws Xapian::Error, as all below.
  ScoreFactor(const PartView& part, const MatchLimits& limits);

  [[nodiscard]] bool is_off() const { return decay_.is_off() && weighted_.empty(); }

  // Ask all three in ascending order of numbers.
  [[nodiscard]] double of(DocId doc, Admission& admission);
  [[nodiscard]] double recency(DocId doc, std::optional<std::int64_t> published);
  [[nodiscard]] double source_weight(DocId doc);

  // No article at or after this number has a higher factor.
  [[nodiscard]] double bound_from(DocId doc) const {
    const Decay& slowest = lasting_genres_.empty() ? decay_ : lasting_;
    return slowest.bound_from(doc) * most_weight_;
  }

 private:
  struct Weighted {
    TermCursor articles;
    double weight;
  };

  [[nodiscard]] bool is_lasting(DocId doc);

  Decay decay_;
  Decay lasting_;
  std::vector<TermCursor> lasting_genres_;  // those that the part has
  std::vector<Weighted> weighted_;          // likewise
  double most_weight_ = 1;
};

}  // namespace broadsheet::server
