// Letters and white space as formats know them: ASCII alone, whatever the locale.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

[[nodiscard]] std::string lower_case(std::string_view text);

// Without white space at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// Every run of white space as one blank, none at the ends.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace broadsheet::indexer
