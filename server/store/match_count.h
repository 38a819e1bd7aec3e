// Counting matches. What is told never depends on how many of them a page shows.
#pragma once

#include <cstdint>

#include "server/store/cursor.h"
#include "server/store/match.h"
#include "server/store/size_bounds.h"

namespace broadsheet::server {

// Counts the matches a walk meets. Positions are looked at for the first candidates alone; how many
// of the others match is concluded from those.
class MatchTally {
 public:
  // A few milliseconds' worth; the error of a share is then about two in a hundred.
  static constexpr std::uint64_t kJudgedMatches = 500;

  // Whether a candidate's positions are looked at for the count's sake.
  [[nodiscard]] bool judges(const Cursor& matches) const {
    return matches.is_exact() || judged_ < kJudgedMatches;
  }

  void judge(bool is_match) {
    ++judged_;
    found_ += is_match ? 1 : 0;
  }

  void pass_over() { ++unjudged_; }

  [[nodiscard]] std::uint64_t candidates() const { return judged_ + unjudged_; }

  [[nodiscard]] std::uint64_t found() const { return found_; }

  // After a walk to the end.
  [[nodiscard]] MatchCount count() const;

 private:
  std::uint64_t found_ = 0;
  std::uint64_t judged_ = 0;
  std::uint64_t unjudged_ = 0;
};

// The number of matches in one part where it takes no walk, or hardly any; else empty.
[[nodiscard]] std::optional<MatchCount> known_count(const PartView& part,
                                                    const SizeBounds& bounds,
                                                    const MatchLimits& limits);

// Counts the matches of one part: to the end where `limits.count_up_to` allows, else a lower bound.
// `matches` stands at its beginning. Throws Xapian::Error.
[[nodiscard]] MatchCount count_matches(const PartView& part,
                                       Cursor& matches,
                                       const SizeBounds& bounds,
                                       const MatchLimits& limits,
                                       Deadline& deadline);

}  // namespace broadsheet::server
