// Which rows of the catalog belong into the index, in SQL: the same rule as is_visible() in
// schema/article.h.
#pragma once

#include <string_view>

namespace broadsheet::indexer {

// The key in table meta that says up to when embargoes and expiries were looked at, seconds since
// 1970 UTC.
inline constexpr std::string_view kVisibilityKey = "visibility_checked";

// A condition on article a with one parameter ?1: the time, seconds since 1970 UTC.
inline constexpr std::string_view kVisibleCondition =
    "(a.status = 0 AND (a.embargoed_until IS NULL OR a.embargoed_until <= ?1) "
    "AND (a.expires IS NULL OR a.expires > ?1) "
    "AND (a.source_id IS NULL OR a.source_id NOT IN "
    "(SELECT source_id FROM source WHERE blocked = 1)))";

}  // namespace broadsheet::indexer
