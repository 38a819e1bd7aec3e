// Which language a text is in, and the one way a language is written: ISO 639-1 in lower case, or
// empty. Detection is for bodies; queries are too short for it.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet {

struct DetectedLanguage {
  std::string code;    // empty when the text is too short or the guess is not reliable
  int confidence = 0;  // percent of the text that is in this language
};

// The language of a body (plain text, UTF-8). Thread-safe.
[[nodiscard]] DetectedLanguage detect_language(std::string_view body);

// "EN-us", "en_GB" and "eng" become "en"; what names no language with a two-letter code becomes
// empty. Thread-safe.
[[nodiscard]] std::string normalize_language(std::string_view tag);

}  // namespace broadsheet
