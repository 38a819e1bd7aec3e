// What counts as a character: decides what is stored, searched and sent alike, so it stands once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet {

// Bytes of the character at `at`, which must lie inside the text; 0 when no well-formed one begins
// there (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). NUL is a character.
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t at);

[[nodiscard]] bool is_utf8(std::string_view bytes);

// Replaces each ill-formed sequence by U+FFFD, one for its longest prefix that could have become a
// character (the practice Unicode recommends in chapter 3, "U+FFFD Substitution").
[[nodiscard]] std::string repair_utf8(std::string_view bytes);

}  // namespace broadsheet
