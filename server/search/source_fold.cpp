// Articles hold the terms of both the id and the name of their source; only the id folds.
#include "server/search/source_fold.h"

#include <algorithm>
#include <cmath>

namespace broadsheet::server {

Result<bool> SourceFold::is_id(const std::string& folded) {
  const auto known = is_id_.find(folded);
  if (known != is_id_.end()) return known->second;
  const auto label = names_.spelling(session_, Field::source, folded);
  if (!label) return pass_on(label.error());
  return is_id_[folded] = label->has_value();
}

Result<std::string> SourceFold::source_of(DocId doc) {
  const auto labels = session_.index.labels_of(doc, Field::source);
  if (!labels) return pass_on(labels.error());
  for (const std::string& folded : *labels) {
    const auto id = is_id(folded);
    if (!id) return pass_on(id.error());
    if (*id) return folded;
  }
  return std::string();
}

Result<void> SourceFold::count(const GatherPlan& plan, Deadline& deadline) {
  if (is_counted_) return {};
  is_counted_ = true;
  const auto matches = session_.index.gather(plan, deadline);
  if (!matches) return pass_on(matches.error());
  const auto counts = session_.index.count_labels(*matches, Field::source);
  if (!counts) return pass_on(counts.error());
  std::uint64_t with_source = 0;
  for (const ValueCount& value : counts->values) {
    const std::string folded(value.name);
    const auto id = is_id(folded);
    if (!id) return pass_on(id.error());
    if (!*id) continue;
    const auto count = static_cast<std::uint64_t>(std::llround(value.count));
    counts_[folded] = count;
    with_source += count;
  }
  const std::uint64_t all = matches->count().estimate;
  most_hits_ = counts_.size() + (all - std::min(all, with_source));
  return {};
}

std::uint64_t SourceFold::others_of(const std::string& source) const {
  const auto found = counts_.find(source);
  return found == counts_.end() || found->second == 0 ? 0 : found->second - 1;
}

}  // namespace broadsheet::server
