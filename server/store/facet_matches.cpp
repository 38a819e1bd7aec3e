// One walk in ascending order of numbers. A sample is a half, a quarter, an eighth ... of the
// matches, spread over all times.
#include "server/store/facet_matches.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace broadsheet::server {
namespace {

// Of candidates whose positions tell: the error of a share is then about three in a hundred.
constexpr std::size_t kJudgedFirst = 300;

// Spreads ordinals evenly whatever pattern articles come in, the same on every machine.
std::uint32_t scattered(std::uint32_t ordinal) {
  std::uint32_t bits = ordinal * 0x9E3779B9U;
  bits ^= bits >> 16U;
  bits *= 0x85EBCA6BU;
  return bits ^ (bits >> 13U);
}

// Keeps all of what it is given up to so many, then a sample.
class Sample {
 public:
  explicit Sample(std::size_t most_kept) : most_kept_(most_kept) {}

  void take(std::uint32_t ordinal) {
    ++seen_;
    if (mask_ != 0 && (scattered(ordinal) & mask_) != 0) return;
    kept_.push_back(ordinal);
    if (kept_.size() > most_kept_) thin_out();
  }

  [[nodiscard]] std::uint64_t seen() const { return seen_; }

  std::vector<std::uint32_t>& kept() { return kept_; }

 private:
  // About half of them go.
  void thin_out() {
    mask_ = mask_ * 2 + 1;
    std::erase_if(kept_,
                  [this](std::uint32_t ordinal) { return (scattered(ordinal) & mask_) != 0; });
  }

  std::size_t most_kept_;
  std::vector<std::uint32_t> kept_;
  std::uint64_t seen_ = 0;
  std::uint32_t mask_ = 0;
};

class Gatherer {
 public:
  Gatherer(const PartView& part, Cursor& matches, const GatherRequest& request, Deadline& deadline)
      : part_(part),
        matches_(matches),
        request_(request),
        deadline_(deadline),
        sample_(request.most_kept) {}

  PartMatches run() {
    if (matches_.is_exact() && take_decoded()) return finished();
    walk();
    if (!matches_.is_exact()) return judged();
    return finished();
  }

 private:
  // One common word with nothing to leave out: its list is the answer.
  bool take_decoded() {
    const auto* term = dynamic_cast<const TermCursor*>(&matches_);
    const bool is_plain = term != nullptr && term->decoded() != nullptr && is_open() &&
                          part_.hidden_numbers->empty() && request_.left_out.empty();
    if (!is_plain) return false;
    for (const std::uint32_t ordinal : term->decoded()->ordinals)
      sample_.take(ordinal);
    return true;
  }

  [[nodiscard]] bool is_open() const { return request_.limits.window.is_open(); }

  void walk() {
    Admission admission(part_, request_.limits);
    std::uint32_t ordinal = 0;
    matches_.skip_to(admission.first());
    for (; matches_.doc() <= admission.last(); matches_.next()) {
      is_cut_ = deadline_.has_passed();
      if (is_cut_) return;
      const DocId doc = matches_.doc();
      if (!admission.admits(doc) || request_.left_out.contains(doc)) continue;
      ordinal = part_.roster->ordinal_of(doc, ordinal);
      sample_.take(ordinal);
    }
  }

  PartMatches finished() {
    PartMatches all;
    all.ordinals = std::move(sample_.kept());
    const std::uint64_t seen = sample_.seen();
    all.weight = all.ordinals.empty()
                     ? 1
                     : static_cast<double>(seen) / static_cast<double>(all.ordinals.size());
    all.count = MatchCount::exactly(seen);
    if (is_cut_) all.count = {seen, std::max<std::uint64_t>(seen, part_.articles()), seen, false};
    return all;
  }

  // Of candidates, those that match.
  PartMatches judged() {
    const std::vector<std::uint32_t> candidates = std::move(sample_.kept());
    const std::size_t step = std::max<std::size_t>(1, candidates.size() / kJudgedFirst);
    const std::uint64_t before = deadline_.steps_left();
    std::size_t looked_at = 0;
    std::vector<std::uint32_t> found = judge(candidates, step, looked_at);
    const std::uint64_t spent = before - deadline_.steps_left();
    const std::uint64_t for_all = spent * step + spent * step / 2;
    const bool is_whole = looked_at == candidates.size();
    if (!is_whole && for_all + request_.spared_steps < deadline_.steps_left()) {
      std::size_t more = 0;
      auto all = judge(candidates, 1, more);
      if (more == candidates.size()) {
        found = std::move(all);
        looked_at = more;
      }
    }
    return concluded(std::move(found), looked_at);
  }

  std::vector<std::uint32_t> judge(const std::vector<std::uint32_t>& candidates,
                                   std::size_t step,
                                   std::size_t& looked_at) {
    std::vector<std::uint32_t> found;
    matches_.rewind();
    for (std::size_t i = 0; i < candidates.size() && !deadline_.has_passed(); ++i) {
      if (step > 1 && scattered(candidates[i]) % step != 0) continue;
      matches_.skip_to(part_.roster->docs[candidates[i]]);
      ++looked_at;
      if (matches_.matches(deadline_)) found.push_back(candidates[i]);
    }
    return found;
  }

  PartMatches concluded(std::vector<std::uint32_t> found, std::size_t looked_at) const {
    PartMatches all;
    const std::uint64_t candidates = sample_.seen();
    const bool is_exact = looked_at == candidates && !is_cut_ && !deadline_.has_passed_so_far();
    if (is_exact) {
      all.count = MatchCount::exactly(found.size());
    } else {
      all.weight =
          looked_at == 0 ? 1 : static_cast<double>(candidates) / static_cast<double>(looked_at);
      const auto estimate = std::llround(all.weight * static_cast<double>(found.size()));
      all.count = {
          .lower = found.size(),
          .upper = is_cut_ ? std::max<std::uint64_t>(candidates, part_.articles()) : candidates,
          .estimate = static_cast<std::uint64_t>(estimate),
          .exact = false};
    }
    all.ordinals = std::move(found);
    return all;
  }

  const PartView& part_;
  Cursor& matches_;
  const GatherRequest& request_;
  Deadline& deadline_;
  Sample sample_;
  bool is_cut_ = false;  // the deadline passed before the end
};

}  // namespace

bool AllMatches::is_exact() const {
  return std::all_of(parts.begin(), parts.end(), [](const PartMatches& part) {
    return part.count.exact && part.weight == 1;
  });
}

MatchCount AllMatches::count() const {
  MatchCount count;
  for (const PartMatches& part : parts)
    count += part.count;
  return count;
}

PartMatches gather_matches(const PartView& part,
                           Cursor& matches,
                           const GatherRequest& request,
                           Deadline& deadline) {
  return Gatherer(part, matches, request, deadline).run();
}

}  // namespace broadsheet::server
