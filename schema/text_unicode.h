// What the text analysis knows of Unicode: which part a character plays in a word, and the folding
// of words. Every change here changes tokens: see kAnalysisVersion in text.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet {

// The part a character plays when text is cut into words.
enum class CharKind : std::uint8_t {
  separator,
  newline,
  letter,
  digit,
  mark,        // belongs to the letter before it
  ignorable,   // as if it were not there: soft hyphens, zero widths, vowel points, tatweel
  apostrophe,  // straight, typographic, and what is typed in their place
  hyphen,
  dot,
  comma,
  ampersand,
  plus,
  hash,
  cjk,     // written without spaces, cut into pairs
  complex  // written without spaces, cut by dictionary: Thai, Lao, Khmer, Burmese
};

// One character of a text. Bytes that are not UTF-8 read as separators of one byte.
struct Char {
  char32_t code = 0;
  std::uint32_t length = 0;  // bytes
  CharKind kind = CharKind::separator;
};

// Reads characters through a table of kinds made once in the life of the process. Thread-safe.
class CharReader {
 public:
  CharReader();

  // `at` must be before `end`.
  [[nodiscard]] Char read(const char* at, const char* end) const {
    const auto byte = static_cast<unsigned char>(*at);
    return byte < 0x80 ? Char{byte, 1, (*kinds_)[byte]} : read_wide(at, end);
  }

 private:
  using Kinds = std::array<CharKind, 0x10000>;
  [[nodiscard]] static const Kinds& kinds();
  [[nodiscard]] Char read_wide(const char* at, const char* end) const;

  const Kinds* kinds_;
};

// NFKC with case folded and ignorable characters gone; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string casefold(std::string_view utf8);

// The same character by character, and without those whose folded form is more than one letter or
// digit, or letters and digits of ASCII: what is folded is read as the same words.
[[nodiscard]] std::string casefold_letters(std::string_view utf8);

// Takes the accents off case-folded text: Latin and Greek letters lose them, letters such as ø and
// æ are spelt out, Arabic and Persian spellings are made one, foreign digits become 0 to 9.
[[nodiscard]] std::string fold_accents(std::string_view folded);

// Shortens to at most `bytes` without cutting through a character.
void cut_utf8(std::string& text, std::size_t bytes);

// Whether the character may combine with the one before it under NFKC: voicing marks, Hangul jamo.
[[nodiscard]] bool joins_previous(char32_t code);

// The ends (byte offsets) of the words in a run of `complex` characters, by ICU's dictionaries.
[[nodiscard]] std::vector<std::size_t> complex_word_ends(std::string_view run);

}  // namespace broadsheet
