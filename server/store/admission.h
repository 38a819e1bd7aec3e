// Whether a match may be shown at all: not hidden by a newer part, inside the time window.
#pragma once

#include "server/store/match.h"
#include "server/store/part_view.h"

namespace broadsheet::server {

// Judges the matches of one part in ascending order of numbers.
class Admission {
 public:
  // May throw Xapian::Error, as admits().
  Admission(const PartView& part, const MatchLimits& limits);

  // Numbers outside [first(), last()] are outside the window for sure.
  [[nodiscard]] DocId first() const { return first_; }

  [[nodiscard]] DocId last() const { return last_; }

  [[nodiscard]] bool admits(DocId doc);

  // The article's exact time; ask in ascending order.
  [[nodiscard]] std::optional<std::int64_t> published(DocId doc) { return published_.at(doc); }

 private:
  void bound_numbers(std::int64_t displacement);
  [[nodiscard]] bool is_in_window(DocId doc);
  [[nodiscard]] ArticleTime time_of(DocId doc);

  const PartView& part_;
  HiddenWalk hidden_;
  PublishedWalk published_;
  WholeDayWalk whole_days_;
  TimeWindow window_;
  TimeWindow days_;                          // the window for times that are a day only
  std::shared_ptr<const TimeColumn> times_;  // of another time than the publication's
  std::uint32_t ordinal_ = 0;                // where times_ was last asked
  DocId first_ = 1;
  DocId last_ = kLastDocId;
  DocId sure_first_ = 1;  // between these two a number's time is in the window for sure
  DocId sure_last_ = kLastDocId;
};

}  // namespace broadsheet::server
