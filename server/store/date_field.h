// Which of an article's times a window, a histogram or a list goes by.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "schema/fields.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

enum class DateField : std::uint8_t { published, updated, ingested };

constexpr Slot slot_of(DateField field) {
  if (field == DateField::published) return Slot::published;
  return field == DateField::updated ? Slot::updated : Slot::ingested;
}

// How a time window is applied. `days`: the same window for times that are a day only, which lie
// at 00:00 UTC of their day whatever the zone of the window; empty: as for any time.
struct DateRule {
  DateField field = DateField::published;
  std::optional<TimeWindow> days;
};

// One time of an article, as columns keep it.
class ArticleTime {
 public:
  ArticleTime() = default;

  ArticleTime(std::int64_t seconds, bool is_day) : bits_(seconds * 2 + (is_day ? 1 : 0)) {}

  [[nodiscard]] bool is_known() const { return bits_ != kNone; }

  // Since 1970 UTC; of a day its 00:00 UTC.
  [[nodiscard]] std::int64_t seconds() const { return bits_ >> 1; }

  [[nodiscard]] bool is_day() const { return (bits_ & 1) != 0; }

  // By time; not known is less than any.
  friend auto operator<=>(const ArticleTime&, const ArticleTime&) = default;

 private:
  static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();

  std::int64_t bits_ = kNone;
};

}  // namespace broadsheet::server
