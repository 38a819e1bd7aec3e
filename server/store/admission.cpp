// A number tells its time to within five seconds (an hour before 1926) and the displacement, so
// only matches near the window's ends need their exact time.
#include "server/store/admission.h"

#include <algorithm>

namespace broadsheet::server {

Admission::Admission(const PartView& part, const MatchLimits& limits)
    : hidden_(part), published_(part.database), window_(limits.window) {
  if (window_.is_open()) return;
  const auto spread = static_cast<DocId>(limits.displacement);
  last_ = kFirstUndatedDocId - 1;
  sure_last_ = last_;
  if (window_.to) {
    first_ = doc_id_for(*window_.to - 1);
    sure_first_ = first_ + spread + 1;
  }
  if (window_.from) {
    const DocId from = doc_id_for(*window_.from);
    last_ = std::min(last_, from + spread);
    sure_last_ = from - 1;
  }
}

bool Admission::is_in_window(DocId doc) {
  if (window_.is_open()) return true;
  if (doc < first_ || doc > last_) return false;
  if (doc >= sure_first_ && doc <= sure_last_) return true;
  const auto time = published_.at(doc);
  return time && window_.from.value_or(*time) <= *time && window_.to.value_or(*time + 1) > *time;
}

bool Admission::admits(DocId doc) {
  return !hidden_.hides(doc) && is_in_window(doc);
}

}  // namespace broadsheet::server
