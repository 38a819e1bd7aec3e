// Which languages is_stop_word() of text.h knows.
#pragma once

#include <string_view>

namespace broadsheet {

// Whether there is a list of stop words for this language (ISO 639-1).
[[nodiscard]] bool has_stop_words(std::string_view language);

// The list, with single spaces between its words.
[[nodiscard]] std::string_view stop_words(std::string_view language);

// Whether a stop word of other languages matters in this one, as "war", German for was, does in
// English.
[[nodiscard]] bool is_content_word(std::string_view term, std::string_view language);

}  // namespace broadsheet
