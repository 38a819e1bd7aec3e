// Parameters that restrict a search or bend its order: lists of labels, time windows, recency.
// Only what a client wrote is judged here; the messages are shown to clients as they are.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/fields.h"
#include "schema/result.h"
#include "schema/time.h"
#include "server/search/types.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// A parameter that takes a list of labels.
struct FilterRow {
  std::string_view parameter;
  Field field;
};

inline constexpr std::array kFilters = {
    FilterRow{"source", Field::source},
    FilterRow{"section", Field::section},
    FilterRow{"kicker", Field::kicker},
    FilterRow{"author", Field::author},
    FilterRow{"tag", Field::tag},
    FilterRow{"language", Field::language},
    FilterRow{"genre", Field::genre},
    FilterRow{"site", Field::site},
    FilterRow{"story", Field::story},
};

// The values of one list, split at its commas: "\," is a comma in a value, any other backslash is
// itself. Blanks and empty values are kept.
[[nodiscard]] std::vector<std::string> split_list(std::string_view list);

// A label node that is required or, for an excluding filter, excluded.
[[nodiscard]] QueryNode filter_node(const Filter& filter);

// One filter list whose values are already apart (a JSON array): the plain values make one filter,
// those with a leading "-" another that excludes. Blank values say nothing.
[[nodiscard]] std::vector<Filter> filters_of(Field field, const std::vector<std::string>& values);

// The filters of a parameter given once or more, each time a list for split_list(); "\-" before a
// value is a hyphen that does not exclude. Every filter returned has to hold.
[[nodiscard]] std::vector<Filter> parse_filter_values(Field field,
                                                      const std::vector<std::string>& repeated);

// The window of `from` and `to` (either may be empty: open on that side). Accepted: a date (the
// whole day in `zone`), a date-time (without zone: in `zone`; as `to` its second is included),
// "7d", "24h", "2w" (so long before `now`), "today", "yesterday". Otherwise, and when `from` lies
// after `to`, invalid_argument. `now` in seconds since 1970 UTC.
[[nodiscard]] Result<TimeWindow> parse_window(std::string_view from,
                                              std::string_view to,
                                              std::int64_t now,
                                              const TimeZone& zone);

// The recency of a preset ("off", "archive", "news", "breaking"; empty is "off") or of a half-life
// ("7d", "12h", "2w"), which wins when both are given. Never below half; invalid_argument
// otherwise.
[[nodiscard]] Result<Recency> parse_recency(std::string_view preset,
                                            std::string_view half_life,
                                            std::int64_t now);

}  // namespace broadsheet::server
