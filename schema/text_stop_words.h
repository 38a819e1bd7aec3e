// Which languages is_stop_word() of text.h knows.
#pragma once

#include <string_view>

namespace broadsheet {

// Whether there is a list of stop words for this language (ISO 639-1).
[[nodiscard]] bool has_stop_words(std::string_view language);

}  // namespace broadsheet
