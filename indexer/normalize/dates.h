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

// Seconds since 1970 UTC: the first and the last instant that a text may mean.
struct InstantRange {
  std::int64_t earliest = 0;
  std::int64_t latest = 0;

  friend bool operator==(const InstantRange&, const InstantRange&) = default;
};

// A limit on who may see an article, which may lie in the future. The two differ for a day, month
// or year without a time of day, and by all zones there are where none is told or its name has
// several meanings. Empty for what cannot be read, or only by guessing: which number is the month,
// which century it is.
[[nodiscard]] std::optional<InstantRange> read_instants(std::string_view text);

}  // namespace broadsheet::indexer
