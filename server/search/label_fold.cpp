// Articles hold the terms of both the id and the name of their source; only the id folds. Of a
// story there is the id alone.
#include "server/search/label_fold.h"

#include <algorithm>
#include <cmath>

namespace broadsheet::server {

Result<bool> LabelFold::is_id(const std::string& folded) {
  if (field_ == Field::story) return true;
  const auto known = is_id_.find(folded);
  if (known != is_id_.end()) return known->second;
  const auto label = names_.spelling(session_, field_, folded);
  if (!label) return pass_on(label.error());
  return is_id_[folded] = label->has_value();
}

Result<std::string> LabelFold::label_of(DocId doc) {
  const auto labels = session_.index.labels_of(doc, field_);
  if (!labels) return pass_on(labels.error());
  for (const std::string& folded : *labels) {
    const auto id = is_id(folded);
    if (!id) return pass_on(id.error());
    if (*id) return folded;
  }
  return std::string();
}

Result<void> LabelFold::count(const GatherPlan& plan, Deadline& deadline) {
  if (is_counted_) return {};
  is_counted_ = true;
  const auto matches = session_.index.gather(plan, deadline);
  if (!matches) return pass_on(matches.error());
  const auto counts = session_.index.count_labels(*matches, field_);
  if (!counts) return pass_on(counts.error());
  std::uint64_t with_label = 0;
  for (const ValueCount& value : counts->values) {
    const std::string folded(value.name);
    const auto id = is_id(folded);
    if (!id) return pass_on(id.error());
    if (!*id) continue;
    const auto count = static_cast<std::uint64_t>(std::llround(value.count));
    counts_[folded] = count;
    with_label += count;
  }
  const std::uint64_t all = matches->count().estimate;
  most_hits_ = counts_.size() + (all - std::min(all, with_label));
  return {};
}

std::uint64_t LabelFold::others_of(const std::string& label) const {
  const auto found = counts_.find(label);
  return found == counts_.end() || found->second == 0 ? 0 : found->second - 1;
}

}  // namespace broadsheet::server
