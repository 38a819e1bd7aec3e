// Ranking of anything with required words, required phrases or exclusions: its matches are walked,
// and each is scored.
#include <algorithm>

#include "server/store/admission.h"
#include "server/store/article_score.h"
#include "server/store/match.h"
#include "server/store/match_count.h"
#include "server/store/rank_bag.h"
#include "server/store/score_factor.h"

namespace broadsheet::server {
namespace {

bool is_worse(const FoundDoc& a, const FoundDoc& b) {
  return a.score != b.score ? a.score > b.score : a.doc < b.doc;
}

// No more candidates than this can be checked before the deadline's share of positions is used up.
constexpr std::size_t kMostCandidates = Deadline::kMostSteps / Deadline::kListSteps;

// Walks every match of a part and scores those that may get in. Where it costs to know whether an
// article matches, all are scored first, and the best are checked until no other can get in.
class MatchWalk {
 public:
  MatchWalk(const PartView& part, CompiledQuery& query, const MatchLimits& limits, BestDocs& best)
      : query_(query),
        matches_(*query.matches),
        admission_(part, limits),
        factor_(part, limits),
        best_(best),
        most_candidates_(std::max(kMostCandidates, limits.limit)) {
    sort_by_bound(query.words);
    bound_ = sum_of_bounds(query.words);
  }

  void run(Deadline& deadline) {
    if (matches_.is_exact()) {
      found_ = walk(best_, deadline);
      return;
    }
    BestDocs candidates(most_candidates_);
    unchecked_ = walk(candidates, deadline);
    check(candidates.take(), deadline);
  }

  // Empty when the walk did not reach its end, and where so many candidates had to be checked that
  // their number would depend on how many hits were asked for.
  [[nodiscard]] std::optional<MatchCount> count() const {
    if (!is_complete_ || unchecked_ > 0 || checked_ > MatchTally::kJudgedMatches)
      return std::nullopt;
    return MatchCount::exactly(found_);
  }

 private:
  // Puts the best of what the cursor walks over into `best`; how many there are.
  std::uint64_t walk(BestDocs& best, Deadline& deadline) {
    std::uint64_t walked = 0;
    matches_.skip_to(admission_.first());
    for (; matches_.doc() <= admission_.last(); matches_.next()) {
      if (deadline.has_passed()) return walked;
      const DocId doc = matches_.doc();
      if (!admission_.admits(doc)) continue;
      ++walked;
      if (const auto score = competing_score(doc, best.threshold())) best.add(doc, *score);
    }
    is_complete_ = true;
    return walked;
  }

  // Checks candidates, best first, until the rest cannot get in. A batch at a time, for the cursor
  // only goes forward.
  void check(std::vector<FoundDoc> candidates, Deadline& deadline) {
    auto begin = candidates.begin();
    for (auto room = static_cast<std::ptrdiff_t>(MatchTally::kJudgedMatches);
         begin != candidates.end();
         room *= 2) {
      const bool is_settled = begin != candidates.begin() && found_ >= kEnoughForAll &&
                              begin->score <= best_.threshold();
      if (is_settled) return;
      const auto end = begin + std::min(room, candidates.end() - begin);
      std::sort(begin, end, [](const FoundDoc& a, const FoundDoc& b) { return a.doc < b.doc; });
      matches_.rewind();
      for (; begin != end; ++begin) {
        if (deadline.has_passed()) return;
        check(*begin, deadline);
      }
    }
  }

  void check(const FoundDoc& candidate, Deadline& deadline) {
    --unchecked_;
    ++checked_;
    matches_.skip_to(candidate.doc);
    if (!matches_.matches(deadline)) return;
    ++found_;
    if (candidate.score > best_.threshold()) best_.add(candidate.doc, candidate.score);
  }

  // The score of an article that gets over the threshold, empty otherwise.
  std::optional<double> competing_score(DocId doc, double threshold) {
    const double needed = threshold / factor_.bound_from(doc);
    double score = 0;
    double rest = bound_;
    for (auto word = query_.words.rbegin(); word != query_.words.rend(); ++word) {
      if (score + rest <= needed) return std::nullopt;
      rest -= word->bound;
      score += score_of(*word, doc);
    }
    if (!factor_.is_off()) score *= factor_.of(doc, admission_);
    return score > threshold ? std::optional(score) : std::nullopt;
  }

  CompiledQuery& query_;
  Cursor& matches_;
  Admission admission_;
  ScoreFactor factor_;
  BestDocs& best_;
  std::size_t most_candidates_;
  double bound_ = 0;
  bool is_complete_ = false;
  std::uint64_t found_ = 0;
  std::uint64_t checked_ = 0;    // candidates whose positions were looked at
  std::uint64_t unchecked_ = 0;  // candidates whose positions were not
};

}  // namespace

void BestDocs::add(DocId doc, double score) {
  if (limit_ == 0) return;
  if (heap_.size() == limit_) {
    std::pop_heap(heap_.begin(), heap_.end(), is_worse);
    heap_.pop_back();
  }
  heap_.push_back({doc, score, std::nullopt});
  std::push_heap(heap_.begin(), heap_.end(), is_worse);
}

std::vector<FoundDoc> BestDocs::take() {
  std::sort_heap(heap_.begin(), heap_.end(), is_worse);
  return std::move(heap_);
}

std::optional<MatchCount> rank_matches(const PartView& part,
                                       CompiledQuery& query,
                                       const MatchLimits& limits,
                                       Deadline& deadline,
                                       BestDocs& best) {
  if (query.matches) {
    MatchWalk walk(part, query, limits, best);
    walk.run(deadline);
    return walk.count();
  }
  rank_bag(part, query, limits, deadline, best);
  return std::nullopt;
}

}  // namespace broadsheet::server
