// Dates as sources write them, judged against the day they come in.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/time.h"

namespace broadsheet::indexer {

// A date of publication: RFC 3339 in its usual variations, a plain day, seconds or milliseconds
// since 1970, or one of the shapes of date_shapes.h. Empty for what cannot be read and what cannot
// be: before 1600 or more than two days after `now` (a day for every time zone, and one for clocks
// that are wrong).
[[nodiscard]] std::optional<Timestamp> read_publication_date(std::string_view text,
                                                             std::int64_t now);

// A date that may lie in the future, such as the end of an embargo, in seconds since 1970 UTC.
[[nodiscard]] std::optional<std::int64_t> read_instant(std::string_view text);

}  // namespace broadsheet::indexer
