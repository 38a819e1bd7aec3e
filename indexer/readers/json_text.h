// Looks at JSON text before and after the parser does: depth, and what can be mended.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// What the parser would have to build.
struct JsonShape {
  std::size_t depth = 0;   // the deepest nesting of brackets outside strings
  std::size_t values = 0;  // brackets and commas outside strings
};

// The text need not be valid JSON. Short texts with few brackets are not looked at more closely:
// their shape is only an upper bound.
[[nodiscard]] JsonShape shape_of(std::string_view json);

// Mends what sloppy writers leave in strings: control characters that are not escaped become
// blanks, \u escapes of half a surrogate pair become \ufffd. Other faults stay.
[[nodiscard]] std::string mend_json(std::string_view json);

}  // namespace broadsheet::indexer
