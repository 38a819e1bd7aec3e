// Looks at JSON text before and after the parser does: depth, and what can be mended.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// White space as JSON has it.
[[nodiscard]] constexpr bool is_json_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

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

// The closing quote of the string that begins at `at`; the end of the text where it is open, or one
// behind it after a lone backslash.
[[nodiscard]] std::size_t json_string_end(std::string_view json, std::size_t at);

// The digits of an integer that an object holds under a name, whatever its size: parsers keep no
// more than 64 bits. Empty for any other value. `json` must be valid.
[[nodiscard]] std::string_view integer_member(std::string_view json, std::string_view name);

}  // namespace broadsheet::indexer
