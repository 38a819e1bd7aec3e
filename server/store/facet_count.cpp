// Sums of labels and times. Counts are kept as fractions, for each article of a sample stands for
// several.
#include "server/store/facet_count.h"

#include <algorithm>
#include <utility>

namespace broadsheet::server {
namespace {

// How many of the matches hold each value of a column.
std::vector<std::uint32_t> count_values(const LabelColumn& column,
                                        const std::vector<std::uint32_t>& ordinals) {
  std::vector<std::uint32_t> counts(column.names.size());
  for (const std::uint32_t ordinal : ordinals) {
    for (std::uint32_t i = column.begins[ordinal]; i < column.begins[ordinal + 1]; ++i)
      ++counts[column.values[i]];
  }
  return counts;
}

void widen(std::optional<TimeExtent::Ends>& ends, std::int64_t seconds) {
  if (!ends) ends = {seconds, seconds};
  ends->first = std::min(ends->first, seconds);
  ends->last = std::max(ends->last, seconds);
}

}  // namespace

void LabelCounter::add(std::shared_ptr<const LabelColumn> column, const PartMatches& matches) {
  const std::vector<std::uint32_t> counts = count_values(*column, matches.ordinals);
  if (columns_.empty()) {
    counts_.resize(counts.size());
    for (std::size_t value = 0; value < counts.size(); ++value)
      counts_[value] = counts[value] * matches.weight;
  } else {
    for (std::size_t value = 0; value < counts.size(); ++value) {
      if (counts[value] > 0) add_to_first(*column, value, counts[value] * matches.weight);
    }
  }
  columns_.push_back(std::move(column));
}

void LabelCounter::add_to_first(const LabelColumn& column, std::size_t value, double count) {
  const std::string& name = column.names[value];
  const std::vector<std::string>& names = columns_.front()->names;
  const auto found = std::lower_bound(names.begin(), names.end(), name);
  if (found != names.end() && *found == name) {
    counts_[static_cast<std::size_t>(found - names.begin())] += count;
  } else {
    others_[name] += count;
  }
}

LabelCounts LabelCounter::take() {
  LabelCounts all;
  for (std::size_t value = 0; value < counts_.size(); ++value) {
    if (counts_[value] > 0) all.values.push_back({columns_.front()->names[value], counts_[value]});
  }
  for (const auto& [name, count] : others_)
    all.values.push_back({name, count});
  all.columns = std::move(columns_);
  return all;
}

void TimeExtent::add(ArticleTime time) {
  if (time.is_known()) widen(time.is_day() ? days : exact, time.seconds());
}

void TimeCounter::add(ArticleTime time, double weight) {
  if (!time.is_known() || counts_.empty()) return;
  const std::vector<std::int64_t>& at = time.is_day() ? bounds_.days : bounds_.at;
  const std::int64_t seconds = time.seconds();
  if (seconds < at[last_] || seconds >= at[last_ + 1]) {
    const auto next = std::upper_bound(at.begin(), at.end(), seconds);
    if (next == at.begin() || next == at.end()) return;
    last_ = static_cast<std::size_t>(next - at.begin()) - 1;
  }
  counts_[last_] += weight;
}

}  // namespace broadsheet::server
