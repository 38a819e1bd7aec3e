// Whom or what an English article is about, where it names no place.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// The person, organisation or other name that a body repeats most: words with capitals in a row,
// without offices before them ("Sen. Ted Cruz" is "Ted Cruz"); a family name alone counts for the
// whole name. Empty when none is repeated, or in the title. Thread-safe.
[[nodiscard]] std::string leading_name(std::string_view title, std::string_view body);

}  // namespace broadsheet::indexer
