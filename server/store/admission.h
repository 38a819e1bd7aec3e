// Whether a match may be shown at all: not hidden by a newer part, inside the time window.
#pragma once

#include "server/store/match.h"
#include "server/store/part_view.h"

namespace broadsheet::server {

// Judges the matches of one part in ascending order of numbers.
class Admission {
 public:
  Admission(const PartView& part, const MatchLimits& limits);

  // Numbers outside [first(), last()] are outside the window for sure.
  [[nodiscard]] DocId first() const { return first_; }

  [[nodiscard]] DocId last() const { return last_; }

  [[nodiscard]] bool admits(DocId doc);

  // The article's exact time; ask in ascending order.
  [[nodiscard]] std::optional<std::int64_t> published(DocId doc) { return published_.at(doc); }

 private:
  [[nodiscard]] bool is_in_window(DocId doc);

  HiddenWalk hidden_;
  PublishedWalk published_;
  TimeWindow window_;
  DocId first_ = 1;
  DocId last_ = kLastDocId;
  DocId sure_first_ = 1;  // between these two a number's time is in the window for sure
  DocId sure_last_ = kLastDocId;
};

}  // namespace broadsheet::server
