// The stretches, and what becomes of an article that a sum lifts over the threshold.
#include "server/store/rank_bag.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "server/store/admission.h"
#include "server/store/article_score.h"
#include "server/store/score_factor.h"

namespace broadsheet::server {
namespace {

constexpr std::uint32_t kStretch = 4096;
constexpr std::uint32_t kNoOrdinal = std::numeric_limits<std::uint32_t>::max();
// Tells an article whose words weigh nothing from one without any.
constexpr float kTouched = 1e-30F;
// Sums of single precision are off by less; what they let in is scored anew.
constexpr double kRounding = 1e-5;

// One list of postings on its way through the stretches.
class Lead {
 public:
  Lead(const PartView& part, const TermCursor& cursor, const Bm25Weight& weight, DocId first)
      : roster_(*part.roster), cursor_(cursor), weight_(weight) {
    cursor_.skip_to(first);
  }

  // Where it stands; kNoOrdinal at its end.
  [[nodiscard]] std::uint32_t ordinal() {
    if (cursor_.doc() == kNoMoreDocs) return kNoOrdinal;
    if (cursor_.decoded() != nullptr) return cursor_.decoded()->ordinals[cursor_.place()];
    ordinal_ = roster_.ordinal_of(cursor_.doc(), ordinal_);
    return ordinal_;
  }

  // Adds its scores to the articles before `end`; the first of `sums` belongs to `begin`.
  void add(std::uint32_t begin, std::uint32_t end, float* sums) {
    if (cursor_.decoded() != nullptr) {
      add_decoded(begin, end, sums);
      return;
    }
    for (std::uint32_t at = ordinal(); at < end; at = ordinal()) {
      sums[at - begin] += score(cursor_.occurrences(), at);
      cursor_.next();
    }
  }

  // Goes on to the first article at or after `first`.
  void skip_to(DocId first) { cursor_.skip_to(first); }

 private:
  void add_decoded(std::uint32_t begin, std::uint32_t end, float* sums) {
    const DecodedPostings& postings = *cursor_.decoded();
    const auto from = postings.ordinals.begin() + static_cast<std::ptrdiff_t>(cursor_.place());
    const auto to = std::lower_bound(from, postings.ordinals.end(), end);
    const auto last = static_cast<std::size_t>(to - postings.ordinals.begin());
    for (std::size_t i = cursor_.place(); i < last; ++i) {
      const std::uint32_t at = postings.ordinals[i];
      sums[at - begin] += score(postings.occurrences[i], at);
    }
    cursor_.go_to(last);
  }

  [[nodiscard]] float score(std::uint32_t occurrences, std::uint32_t ordinal) const {
    return static_cast<float>(weight_.score(occurrences, roster_.lengths[ordinal])) + kTouched;
  }

  const Roster& roster_;
  TermCursor cursor_;
  Bm25Weight weight_;
  std::uint32_t ordinal_ = 0;
};

// A word and its title bonus, which leads nowhere by itself.
struct WordLead {
  Lead word;
  std::optional<Lead> title;
};

class BagRanking {
 public:
  BagRanking(const PartView& part, CompiledQuery& query, const MatchLimits& limits, BestDocs& best)
      : roster_(*part.roster),
        query_(query),
        words_(query.words),
        admission_(part, limits),
        factor_(part, limits),
        best_(best) {
    sort_by_bound(words_);
    double sum = 0;
    for (const Scorer& word : words_) {
      bound_below_.push_back(sum);
      sum += word.bound;
      WordLead lead{Lead(part, *word.cursor, word.weight, admission_.first()), std::nullopt};
      if (word.title)
        lead.title.emplace(part, *word.title->cursor, word.title->weight, admission_.first());
      leads_.push_back(std::move(lead));
    }
    bound_below_.push_back(sum);
  }

  void run(Deadline& deadline) {
    for (std::uint32_t begin = next_ordinal(); begin != kNoOrdinal; begin = next_ordinal()) {
      const DocId first = roster_.docs[begin];
      if (first > admission_.last() || deadline.has_passed_now()) return;
      factor_bound_ = factor_.bound_from(first);
      update_needed();
      rank_stretch(begin, deadline);
    }
  }

 private:
  // Where the next stretch begins: at the lowest article that a leading word stands on.
  std::uint32_t next_ordinal() {
    std::uint32_t lowest = kNoOrdinal;
    for (std::size_t i = essential_; i < leads_.size(); ++i)
      lowest = std::min(lowest, leads_[i].word.ordinal());
    return lowest;
  }

  void rank_stretch(std::uint32_t begin, Deadline& deadline) {
    const auto all = static_cast<std::uint32_t>(roster_.docs.size());
    const std::uint32_t end = begin + std::min(kStretch, all - begin);
    const std::size_t leading = essential_;
    for (std::size_t i = leading; i < leads_.size(); ++i) {
      leads_[i].word.add(begin, end, sums_.data());
      if (!leads_[i].title) continue;
      // What lies before the stretch belongs to no leading word.
      leads_[i].title->skip_to(roster_.docs[begin]);
      leads_[i].title->add(begin, end, sums_.data());
    }
    float floor = floor_of(leading);
    for (std::uint32_t i = 0; i < end - begin; ++i) {
      if (sums_[i] <= floor) continue;
      consider(roster_.docs[begin + i], sums_[i], leading, deadline);
      floor = floor_of(leading);
    }
    std::fill_n(sums_.begin(), end - begin, 0.0F);
  }

  // What the leading words must give an article at least for it to get in.
  [[nodiscard]] float floor_of(std::size_t leading) const {
    const double floor = needed_ * (1 - kRounding) - bound_below_[leading];
    return floor > 0 ? static_cast<float>(floor) : 0.0F;
  }

  // `sum`: what the words from `leading` on give it, roughly.
  void consider(DocId doc, double sum, std::size_t leading, Deadline& deadline) {
    if (doc > admission_.last() || deadline.has_passed()) return;
    if (query_.filter) {
      query_.filter->skip_to(doc);
      if (query_.filter->doc() != doc) return;
    }
    const double needed = needed_ * (1 - kRounding);
    for (std::size_t i = leading; i-- > 0;) {
      if (sum + bound_below_[i + 1] <= needed) return;
      sum += score_of(words_[i], doc);
    }
    if (sum <= needed || !admission_.admits(doc)) return;
    double score = 0;
    for (std::size_t i = words_.size(); i-- > 0;)
      score += score_of(words_[i], doc);
    if (!factor_.is_off()) score *= factor_.of(doc, admission_);
    if (score <= best_.threshold() || !is_match(doc, deadline)) return;
    best_.add(doc, score);
    update_needed();
  }

  // Whether it holds one of the words, or else one of the phrases; the words stand at `doc`
  // already.
  [[nodiscard]] bool is_match(DocId doc, Deadline& deadline) {
    const auto holds = [doc](const Scorer& word) {
      return word.is_match && word.cursor->doc() == doc;
    };
    if (std::any_of(words_.begin(), words_.end(), holds)) return true;
    return std::any_of(query_.phrases.begin(), query_.phrases.end(), [&](const auto& phrase) {
      phrase->skip_to(doc);
      return phrase->doc() == doc && phrase->matches(deadline);
    });
  }

  // What an article from here on must score before its factor, and which words can lead to it.
  void update_needed() {
    needed_ = best_.threshold() / factor_bound_;
    while (essential_ < words_.size() && bound_below_[essential_ + 1] <= needed_)
      ++essential_;
  }

  const Roster& roster_;
  CompiledQuery& query_;
  std::vector<Scorer>& words_;   // by rising bound
  std::vector<WordLead> leads_;  // theirs
  Admission admission_;
  ScoreFactor factor_;
  BestDocs& best_;
  std::vector<double> bound_below_;  // [i]: what the words before i can give together
  std::size_t essential_ = 0;        // words from here on lead; those before cannot do it alone
  double factor_bound_ = 1;
  double needed_ = -1;
  std::array<float, kStretch> sums_{};
};

}  // namespace

void rank_bag(const PartView& part,
              CompiledQuery& query,
              const MatchLimits& limits,
              Deadline& deadline,
              BestDocs& best) {
  BagRanking(part, query, limits, best).run(deadline);
}

}  // namespace broadsheet::server
