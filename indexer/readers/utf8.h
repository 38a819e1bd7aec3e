// Makes any bytes valid UTF-8, so that nothing behind the readers needs to doubt its text.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// Whether `bytes` is UTF-8 as Unicode defines it: no overlong forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view bytes);

// Replaces each ill-formed sequence by U+FFFD, one for its longest prefix that could have become a
// character (the practice Unicode recommends in chapter 3, "U+FFFD Substitution").
[[nodiscard]] std::string repair_utf8(std::string_view bytes);

}  // namespace broadsheet::indexer
