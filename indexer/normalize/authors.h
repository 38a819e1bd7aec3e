// A byline as one string, split into people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::indexer {

// Splits at commas, semicolons and the word "and"; "By" in front is dropped, "Jr." and the like
// stay with the name before them. `byline` is one clean line.
[[nodiscard]] std::vector<std::string> split_byline(std::string_view byline);

}  // namespace broadsheet::indexer
