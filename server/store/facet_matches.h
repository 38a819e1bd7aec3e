// Everything a plan matches, gathered to be counted by value or by time.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_set>
#include <vector>

#include "server/store/admission.h"
#include "server/store/cursor.h"
#include "server/store/deadline.h"
#include "server/store/match.h"

namespace broadsheet::server {

// The matches of one part, or an even sample of them.
struct PartMatches {
  std::vector<std::uint32_t> ordinals;  // ascending
  double weight = 1;                    // how many matches each stands for
  MatchCount count;
};

// Of all parts, newest first as the parts are.
struct AllMatches {
  // All of a part's are kept up to this number, beyond it a sample of half of it to all of it.
  static constexpr std::size_t kMostKept = 100'000;

  std::vector<PartMatches> parts;

  // False: counts are estimates.
  [[nodiscard]] bool is_exact() const;
  [[nodiscard]] MatchCount count() const;
};

// What a walk over one part works towards.
struct GatherRequest {
  MatchLimits limits;
  const std::unordered_set<DocId>& left_out;  // never counted: taken down since the last commit
  // Share of the deadline's word positions that stays for others.
  std::uint64_t spared_steps = 0;
  std::size_t most_kept = AllMatches::kMostKept;
};

// Walks all matches of a part. Where positions must be read to know a match, a few hundred
// candidates are judged first, and all of them when what that took says it can be afforded.
// Throws Xapian::Error.
[[nodiscard]] PartMatches gather_matches(const PartView& part,
                                         Cursor& matches,
                                         const GatherRequest& request,
                                         Deadline& deadline);

}  // namespace broadsheet::server
