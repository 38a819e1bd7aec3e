// Running compiled queries over the parts of an index: the best by score, or the first in time
// order.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/store/compile.h"
#include "server/store/date_field.h"
#include "server/store/deadline.h"
#include "server/store/part_view.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// A match. `published` is filled in time order alone.
struct FoundDoc {
  DocId doc = 0;
  double score = 0;
  std::optional<std::int64_t> published;
};

// How many articles match: counted, or bounded where counting stopped.
struct MatchCount {
  std::uint64_t lower = 0;
  std::uint64_t upper = 0;
  std::uint64_t estimate = 0;  // the likeliest number, where there is one; else `lower`
  bool exact = true;

  [[nodiscard]] static MatchCount exactly(std::uint64_t count) { return {count, count, count}; }

  MatchCount& operator+=(const MatchCount& more);  // of another part
};

// What one run works towards, over all parts.
struct MatchLimits {
  TimeWindow window;
  DateRule dates;
  std::int64_t displacement = 0;  // numbers an article may lie behind the one its time asks for
  Recency recency;                // half_life_days 0: off
  const ScoreLabels* score_labels = nullptr;  // null: none
  std::size_t limit = 10;
  std::optional<TimePosition> after;   // time order alone
  std::uint64_t count_up_to = 50'000;  // as RunRequest has it
};

// Gathers the best of all parts by score; equal scores go to the newer.
class BestDocs {
 public:
  explicit BestDocs(std::size_t limit) : limit_(limit) {}

  // A score must be over this to get in.
  [[nodiscard]] double threshold() const {
    return heap_.size() < limit_ || heap_.empty() ? -1.0 : heap_.front().score;
  }

  void add(DocId doc, double score);
  // Best first; leaves nothing behind.
  [[nodiscard]] std::vector<FoundDoc> take();

 private:
  std::size_t limit_;
  std::vector<FoundDoc> heap_;  // the worst in front
};

// Ranks the matches of one part into `best`, and counts them where ranking means to walk them all.
// Throws Xapian::Error.
std::optional<MatchCount> rank_matches(const PartView& part,
                                       CompiledQuery& query,
                                       const MatchLimits& limits,
                                       Deadline& deadline,
                                       BestDocs& best);

// The first `limit` matches of one part in time order, exact to the second, undated last. `count`
// is filled where finding them meant to walk all matches. Throws Xapian::Error.
[[nodiscard]] std::vector<FoundDoc> newest_matches(const PartView& part,
                                                   CompiledQuery& query,
                                                   const MatchLimits& limits,
                                                   Deadline& deadline,
                                                   std::optional<MatchCount>& count);
[[nodiscard]] std::vector<FoundDoc> oldest_matches(const PartView& part,
                                                   CompiledQuery& query,
                                                   const MatchLimits& limits,
                                                   Deadline& deadline,
                                                   std::optional<MatchCount>& count);

// Orders of the two time sorts; undated last in both, equal times by number.
[[nodiscard]] bool is_newer(const FoundDoc& a, const FoundDoc& b);
[[nodiscard]] bool is_older(const FoundDoc& a, const FoundDoc& b);

}  // namespace broadsheet::server
