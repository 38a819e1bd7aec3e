// Dates in a query (after:, before:, when:, date:) to windows of time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/search/query_lexer.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// What a date stands for, `value` being what is written behind its name. after: from that day on;
// before: all that lies before that day; date: that day, or from the first day to the last of two
// with ".." between them, either of which may be left out; when: that day, or the span of time up
// to now and whatever is dated beyond.
// A day is anything that parse_window() reads, a year (2025) or a month (2025-04). Two days that
// stand the wrong way round are turned round. Empty when it is no date. `now` in seconds since 1970
// UTC; `zone` as TimeZone::find() knows it, else UTC.
[[nodiscard]] std::optional<TimeWindow> date_window(DateName name,
                                                    std::string_view value,
                                                    std::int64_t now,
                                                    const std::string& zone);

// What lies in both; where nothing does, a window that ends where it begins.
[[nodiscard]] TimeWindow intersection(const TimeWindow& a, const TimeWindow& b);

}  // namespace broadsheet::server
