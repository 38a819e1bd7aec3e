// Dates in all their shapes: RFC 3339, those of mail, of ISO 8601, and of pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/time.h"

namespace broadsheet::indexer {

// A time, and what its text left open.
struct WrittenTime {
  Timestamp time;
  std::int64_t span = 0;   // seconds that it may mean, from `time` on: 86,400 for a day
  bool has_zone = false;   // a day has none
  bool is_certain = true;  // no custom decides which number is the month, or which century it is
};

// RFC 3339 in its usual variations, as schema/time reads it.
[[nodiscard]] std::optional<WrittenTime> parse_plain_date(std::string_view text);

// ISO 8601 beyond RFC 3339: basic forms ("20150612T101010Z"), weeks ("2015-W12-3"), days of the
// year ("2015-123"), and years and months alone, which mean their first day. Precision day without
// a time of day.
[[nodiscard]] std::optional<WrittenTime> parse_iso_date(std::string_view text);

// Dates in words and numbers: "Thu, 05 Jan 17 13:34:52 +0100", "Fri Mar 6 10:00:00 EST 2015",
// "March 12, 2015 10:15 pm", "12.6.2015", "2015/06/12", "2015年6月12日". Months in English, and in
// the other languages of the table. Two digits of a year are those of RFC 5322 section 4.3. Without
// a zone, UTC; so with a zone whose name is not known. Empty for days and months that could be
// either way round ("6/7/2015").
[[nodiscard]] std::optional<WrittenTime> parse_written_date(std::string_view text);

}  // namespace broadsheet::indexer
