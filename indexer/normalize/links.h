// Web addresses as they are shown and followed.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// An absolute http or https URL fit for a link: what may not stand in one is escaped, a missing
// scheme before "//" or "www." is https. Empty for anything else, javascript: above all.
[[nodiscard]] std::string clean_link(std::string_view utf8);

}  // namespace broadsheet::indexer
