// Ranking. A bag of words is ranked by MaxScore (Turtle and Flood, "Query evaluation: strategies
// and optimizations", 1995): words whose bounds together cannot lift an article into the list lead
// no more. Anything with required words, phrases or exclusions walks its matches and scores each.
#include <algorithm>

#include "server/store/admission.h"
#include "server/store/decay.h"
#include "server/store/match.h"
#include "server/store/match_count.h"

namespace broadsheet::server {
namespace {

bool is_worse(const FoundDoc& a, const FoundDoc& b) {
  return a.score != b.score ? a.score > b.score : a.doc < b.doc;
}

double sum_of_bounds(const std::vector<Scorer>& scorers) {
  double sum = 0;
  for (const Scorer& scorer : scorers)
    sum += scorer.bound;
  return sum;
}

// The score of one article, term by term, given up once it cannot exceed what is needed.
class ArticleScore {
 public:
  ArticleScore(DocId doc, double needed) : doc_(doc), needed_(needed) {}

  // Adds the terms in turn while `rest`, all that is still to come including them, may suffice.
  // False: the article cannot get in.
  bool add(std::vector<Scorer>& scorers, std::size_t first, std::size_t last, double& rest) {
    for (std::size_t i = last; i-- > first;) {
      if (score_ + rest <= needed_) return false;
      Scorer& scorer = scorers[i];
      rest -= scorer.bound;
      scorer.cursor->skip_to(doc_);
      if (scorer.cursor->doc() == doc_) score_ += weigh(scorer);
    }
    return true;
  }

  [[nodiscard]] double value() const { return score_; }

 private:
  double weigh(const Scorer& scorer) {
    const std::uint32_t occurrences = scorer.cursor->occurrences();
    if (occurrences == 0) return 0;
    if (length_ == 0) length_ = scorer.cursor->article_length();
    return scorer.weight.score(occurrences, length_);
  }

  DocId doc_;
  double needed_;
  double score_ = 0;
  std::uint32_t length_ = 0;
};

void sort_by_bound(std::vector<Scorer>& scorers) {
  std::sort(scorers.begin(), scorers.end(), [](const Scorer& a, const Scorer& b) {
    return a.bound < b.bound;
  });
}

class MaxScore {
 public:
  MaxScore(const PartView& part, CompiledQuery& query, const MatchLimits& limits, BestDocs& best)
      : query_(query),
        words_(query.words),
        admission_(part, limits),
        decay_(limits.recency, limits.displacement, part.has_undated),
        best_(best) {
    sort_by_bound(words_);
    sort_by_bound(query.bonuses);
    bonus_bound_ = sum_of_bounds(query.bonuses);
    double sum = bonus_bound_;
    for (const Scorer& word : words_) {
      bound_below_.push_back(sum);
      bounds_.push_back(word.bound);
      sum += word.bound;
      word.cursor->skip_to(admission_.first());
      heads_.push_back(word.cursor->doc());
    }
    bound_below_.push_back(sum);
    update_needed(admission_.first());
  }

  void run(Deadline& deadline) {
    DocId doc = leader();
    while (doc <= admission_.last() && !deadline.has_passed()) {
      if (!is_allowed(doc)) {
        doc = leader();
        continue;
      }
      if (may_get_in(doc) && admission_.admits(doc)) consider(doc);
      if (doc >= next_update_) update_needed(doc);
      doc = advance_past(doc);
    }
  }

 private:
  // How many numbers go by before the falling factor is looked at again: about half a day.
  static constexpr DocId kDecayStride = 8192;

  // The lowest number that a leading word stands on.
  DocId leader() const {
    DocId lowest = kNoMoreDocs;
    for (std::size_t i = essential_; i < heads_.size(); ++i)
      lowest = std::min(lowest, heads_[i]);
    return lowest;
  }

  // Leads the words on to the filter when it stands farther; false when they moved.
  bool is_allowed(DocId doc) {
    if (!query_.filter) return true;
    query_.filter->skip_to(doc);
    const DocId allowed = query_.filter->doc();
    if (allowed == doc) return true;
    for (std::size_t i = essential_; i < heads_.size(); ++i) {
      words_[i].cursor->skip_to(allowed);
      heads_[i] = words_[i].cursor->doc();
    }
    return false;
  }

  // Returns the next leader.
  DocId advance_past(DocId doc) {
    DocId lowest = kNoMoreDocs;
    for (std::size_t i = essential_; i < heads_.size(); ++i) {
      if (heads_[i] == doc) {
        words_[i].cursor->next();
        heads_[i] = words_[i].cursor->doc();
      }
      lowest = std::min(lowest, heads_[i]);
    }
    return lowest;
  }

  // First by which words the article holds, then by how often: its length is read for few.
  bool may_get_in(DocId doc) const {
    double bound = bound_below_[essential_];
    for (std::size_t i = essential_; i < heads_.size(); ++i)
      bound += heads_[i] == doc ? bounds_[i] : 0;
    if (bound <= needed_) return false;
    bound = bound_below_[essential_];
    for (std::size_t i = essential_; i < heads_.size(); ++i) {
      if (heads_[i] == doc) bound += words_[i].weight.bound(words_[i].cursor->occurrences());
    }
    return bound > needed_;
  }

  void consider(DocId doc) {
    ArticleScore score(doc, needed_);
    double rest = bound_below_.back();
    if (!score.add(words_, 0, words_.size(), rest)) return;
    rest = bonus_bound_;
    if (!score.add(query_.bonuses, 0, query_.bonuses.size(), rest)) return;
    const double factor = decay_.is_off() ? 1 : decay_.factor(admission_.published(doc));
    if (score.value() * factor <= best_.threshold()) return;
    best_.add(doc, score.value() * factor);
    update_needed(doc);
  }

  // What an article from here on must score before decay, and which words can lead it there.
  void update_needed(DocId doc) {
    needed_ = best_.threshold() / decay_.bound_from(doc);
    while (essential_ < words_.size() && bound_below_[essential_ + 1] <= needed_)
      ++essential_;
    next_update_ = decay_.is_off() ? kNoMoreDocs : doc + kDecayStride;
  }

  CompiledQuery& query_;
  std::vector<Scorer>& words_;  // by rising bound
  std::vector<DocId> heads_;    // where the leading words stand
  std::vector<double> bounds_;  // theirs, side by side
  Admission admission_;
  Decay decay_;
  BestDocs& best_;
  double bonus_bound_ = 0;
  std::vector<double>
      bound_below_;            // [i]: what the words before i and all bonuses can give together
  std::size_t essential_ = 0;  // words from here on lead; those before cannot do it alone
  double needed_ = -1;
  DocId next_update_ = kNoMoreDocs;
};

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
        decay_(limits.recency, limits.displacement, part.has_undated),
        best_(best),
        most_candidates_(std::max(kMostCandidates, limits.limit)) {
    sort_by_bound(query.words);
    sort_by_bound(query.bonuses);
    bonus_bound_ = sum_of_bounds(query.bonuses);
    bound_ = sum_of_bounds(query.words) + bonus_bound_;
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
    ArticleScore score(doc, threshold / decay_.bound_from(doc));
    double rest = bound_;
    if (!score.add(query_.words, 0, query_.words.size(), rest)) return std::nullopt;
    rest = bonus_bound_;
    if (!score.add(query_.bonuses, 0, query_.bonuses.size(), rest)) return std::nullopt;
    const double factor = decay_.is_off() ? 1 : decay_.factor(admission_.published(doc));
    const double decayed = score.value() * factor;
    return decayed > threshold ? std::optional(decayed) : std::nullopt;
  }

  CompiledQuery& query_;
  Cursor& matches_;
  Admission admission_;
  Decay decay_;
  BestDocs& best_;
  std::size_t most_candidates_;
  double bonus_bound_ = 0;
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
  MaxScore(part, query, limits, best).run(deadline);
  return std::nullopt;
}

}  // namespace broadsheet::server
