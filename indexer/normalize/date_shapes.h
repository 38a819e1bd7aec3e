// Dates in other shapes than RFC 3339: those of mail, of ISO 8601, and of pages.
#pragma once

#include <optional>
#include <string_view>

#include "schema/time.h"

namespace broadsheet::indexer {

// ISO 8601 beyond RFC 3339: basic forms ("20150612T101010Z"), weeks ("2015-W12-3"), days of the
// year ("2015-123"), and years and months alone, which mean their first day. Precision day without
// a time of day.
[[nodiscard]] std::optional<Timestamp> parse_iso_date(std::string_view text);

// Dates in words and numbers: "Thu, 05 Jan 17 13:34:52 +0100", "Fri Mar 6 10:00:00 EST 2015",
// "March 12, 2015 10:15 pm", "12.6.2015", "2015/06/12", "2015年6月12日". Months in English, and in
// the other languages of the table. Two digits of a year are those of RFC 5322 section 4.3. Without
// a zone, UTC. Empty for days and months that could be either way round ("6/7/2015").
[[nodiscard]] std::optional<Timestamp> parse_written_date(std::string_view text);

}  // namespace broadsheet::indexer
