// What headers of an HTTP answer say about time: when to ask again, and how long it stays fresh.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace broadsheet::indexer {

// A date in any of the three forms of RFC 9110 section 5.6.7, as seconds since 1970 UTC. `now`
// tells the century of a year of two digits. Empty for anything else, and for dates that do not
// exist.
[[nodiscard]] std::optional<std::int64_t> parse_http_date(std::string_view text, std::int64_t now);

// Retry-After: seconds, or a date. Nothing less than zero; empty where it says neither.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                                    std::int64_t now);

// max-age of Cache-Control; empty without one, and where the answer must not be kept at all.
[[nodiscard]] std::optional<std::chrono::seconds> parse_max_age(std::string_view cache_control);

}  // namespace broadsheet::indexer
