// Counting gathered matches by label and by time: walks over columns, part by part.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/store/facet_column.h"
#include "server/store/facet_matches.h"

namespace broadsheet::server {

// How many matches hold a label; `name` as terms have it.
struct ValueCount {
  std::string_view name;
  double count = 0;
};

// The labels that matches hold, in no order.
struct LabelCounts {
  std::vector<ValueCount> values;
  std::vector<std::shared_ptr<const LabelColumn>> columns;  // what the names point into
};

// Adds up labels over parts. The first part added should be the largest: the others' values are
// looked up in its names.
class LabelCounter {
 public:
  void add(std::shared_ptr<const LabelColumn> column, const PartMatches& matches);
  // Leaves nothing behind.
  [[nodiscard]] LabelCounts take();

 private:
  void add_to_first(const LabelColumn& column, std::size_t value, double count);

  std::vector<std::shared_ptr<const LabelColumn>> columns_;
  std::vector<double> counts_;  // by value of the first column
  std::unordered_map<std::string_view, double> others_;
};

// The ends of stretches of time: stretch i is [at[i], at[i + 1]). `days`: the same for times that
// are a day only, in their 00:00 UTC.
struct TimeBounds {
  std::vector<std::int64_t> at;
  std::vector<std::int64_t> days;

  [[nodiscard]] std::size_t stretches() const { return at.empty() ? 0 : at.size() - 1; }
};

// The first and last time of some articles; day-only times apart from the others.
struct TimeExtent {
  struct Ends {
    std::int64_t first = 0;
    std::int64_t last = 0;
  };

  std::optional<Ends> exact;
  std::optional<Ends> days;

  void add(ArticleTime time);
};

// Counts times by stretch. Neighbours mostly fall into the same one, so that is tried first.
class TimeCounter {
 public:
  explicit TimeCounter(const TimeBounds& bounds) : bounds_(bounds), counts_(bounds.stretches()) {}

  void add(ArticleTime time, double weight);

  [[nodiscard]] const std::vector<double>& counts() const { return counts_; }

 private:
  const TimeBounds& bounds_;
  std::vector<double> counts_;
  std::size_t last_ = 0;
};

}  // namespace broadsheet::server
