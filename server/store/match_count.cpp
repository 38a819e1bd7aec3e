// Frequencies count a single term, a walk what is modest; beyond, counting stops where it has shown
// enough, at the same match for every page.
#include "server/store/match_count.h"

#include <algorithm>
#include <cmath>

#include "server/store/admission.h"

namespace broadsheet::server {
namespace {

// Where words must meet, matches lie far apart in long lists: fewer are counted before it stops.
constexpr std::uint64_t kSparseMatches = 1000;

std::uint64_t without(std::uint64_t count, std::uint64_t hidden) {
  return count - std::min(count, hidden);
}

std::uint64_t hidden_matches(const PartView& part, Cursor& matches, Deadline& deadline) {
  std::uint64_t count = 0;
  for (const DocId doc : *part.hidden_numbers) {
    matches.skip_to(doc);
    if (matches.doc() == doc && matches.matches(deadline)) ++count;
  }
  return count;
}

// How many matches are counted before it stops, where there are at most `upper`.
std::uint64_t most_counted(const SizeBounds& bounds,
                           std::uint64_t upper,
                           const MatchLimits& limits) {
  if (upper <= limits.count_up_to) return upper;
  const bool is_dense = bounds.lower > 0;
  return is_dense ? limits.count_up_to : std::min(kSparseMatches, limits.count_up_to);
}

}  // namespace

MatchCount& MatchCount::operator+=(const MatchCount& more) {
  lower += more.lower;
  upper += more.upper;
  estimate += more.estimate;
  exact = exact && more.exact;
  return *this;
}

MatchCount MatchTally::count() const {
  if (unjudged_ == 0) return MatchCount::exactly(found_);
  const double share = static_cast<double>(found_) / static_cast<double>(judged_);
  const double others = static_cast<double>(unjudged_) * share;
  return {.lower = found_,
          .upper = found_ + unjudged_,
          .estimate = found_ + static_cast<std::uint64_t>(std::llround(others)),
          .exact = false};
}

std::optional<MatchCount> known_count(const PartView& part,
                                      const SizeBounds& bounds,
                                      const MatchLimits& limits) {
  if (bounds.upper == 0) return MatchCount::exactly(0);
  const bool is_known = bounds.lower == bounds.upper && limits.window.is_open();
  return is_known && part.hidden == 0 ? std::optional(MatchCount::exactly(bounds.lower))
                                      : std::nullopt;
}

MatchCount count_matches(const PartView& part,
                         Cursor& matches,
                         const SizeBounds& bounds,
                         const MatchLimits& limits,
                         Deadline& deadline) {
  const bool is_open = limits.window.is_open();
  const bool has_few_hidden = part.hidden_numbers->size() <= limits.count_up_to;
  if (is_open && bounds.lower == bounds.upper && has_few_hidden)
    return MatchCount::exactly(bounds.lower - hidden_matches(part, matches, deadline));

  Admission admission(part, limits);
  const std::uint64_t numbers = std::uint64_t{admission.last()} + 1 - admission.first();
  const std::uint64_t upper = std::min(bounds.upper, is_open ? bounds.upper : numbers);
  const std::uint64_t most = most_counted(bounds, upper, limits);
  MatchTally tally;
  matches.skip_to(admission.first());
  for (; matches.doc() <= admission.last(); matches.next()) {
    if (tally.candidates() > most || deadline.has_passed()) break;
    if (!admission.admits(matches.doc())) continue;
    if (tally.judges(matches)) {
      tally.judge(matches.matches(deadline));
    } else {
      tally.pass_over();
    }
  }
  if (matches.doc() > admission.last()) return tally.count();
  const std::uint64_t lower =
      std::max(tally.found(), is_open ? without(bounds.lower, part.hidden) : 0);
  return {.lower = lower, .upper = std::max(upper, lower), .estimate = lower, .exact = false};
}

}  // namespace broadsheet::server
