// A number tells the publication time to within five seconds (an hour before 1926) and the
// displacement, so only matches near the window's ends need their exact time. Other times are in
// no order and looked up in their column.
#include "server/store/admission.h"

#include <algorithm>

namespace broadsheet::server {
namespace {

bool holds(const TimeWindow& window, std::int64_t time) {
  return window.from.value_or(time) <= time && window.to.value_or(time + 1) > time;
}

}  // namespace

Admission::Admission(const PartView& part, const MatchLimits& limits)
    : part_(part),
      hidden_(part),
      published_(part.database),
      whole_days_(part.database),
      window_(limits.window),
      days_(limits.dates.days.value_or(limits.window)) {
  if (window_.is_open()) return;
  if (limits.dates.field != DateField::published) {
    times_ = part.times(limits.dates.field);
  } else {
    bound_numbers(limits.displacement);
  }
}

void Admission::bound_numbers(std::int64_t displacement) {
  const auto spread = static_cast<DocId>(displacement);
  last_ = kFirstUndatedDocId - 1;
  sure_last_ = last_;
  if (window_.to) {
    const auto [least, most] = std::minmax({*window_.to, days_.to.value_or(*window_.to)});
    first_ = doc_id_for(most - 1);
    sure_first_ = doc_id_for(least - 1) + spread + 1;
  }
  if (window_.from) {
    const auto [least, most] = std::minmax({*window_.from, days_.from.value_or(*window_.from)});
    last_ = std::min(last_, doc_id_for(least) + spread);
    sure_last_ = doc_id_for(most) - 1;
  }
}

ArticleTime Admission::time_of(DocId doc) {
  if (times_) {
    ordinal_ = part_.roster->ordinal_of(doc, ordinal_);
    return times_->times[ordinal_];
  }
  const auto published = published_.at(doc);
  return published ? ArticleTime(*published, whole_days_.is_published(doc)) : ArticleTime();
}

bool Admission::is_in_window(DocId doc) {
  if (window_.is_open()) return true;
  if (doc < first_ || doc > last_) return false;
  if (!times_ && doc >= sure_first_ && doc <= sure_last_) return true;
  const ArticleTime time = time_of(doc);
  return time.is_known() && holds(time.is_day() ? days_ : window_, time.seconds());
}

bool Admission::admits(DocId doc) {
  return !hidden_.hides(doc) && is_in_window(doc);
}

}  // namespace broadsheet::server
