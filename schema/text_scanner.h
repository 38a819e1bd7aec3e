// Cuts one text into words. Most words are plain ASCII and take read_plain_word(), which must give
// exactly what read_word() would: the rules for dots, hyphens and the like live there alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/text.h"
#include "schema/text_unicode.h"
#include "schema/text_words.h"

namespace broadsheet {

// Whether `word`, in lower case, is what an elision leaves before its apostrophe: "l", "qu",
// "dell".
[[nodiscard]] bool is_elided(std::string_view word);

class TextScanner {
 public:
  // Lends all it is given; `language` is a handle of `words`.
  TextScanner(std::string_view text,
              WordDictionary& words,
              std::size_t language,
              Singles singles,
              TokenSink sink);

  // Sends every token to the sink; returns the last position used.
  std::uint32_t scan();

 private:
  // What the rules want to know of the word read so far.
  struct Shape {
    std::uint32_t letters = 0;
    std::uint32_t digits = 0;
    std::uint32_t digit_group = 0;    // digits since the start or the last comma
    std::uint32_t dots_left_out = 0;  // as in U.S.
    bool ends_in_digit = false;
    bool has_point = false;  // as in 5.3
  };

  // What follows the part of a plain word read so far.
  enum class PlainWord { ends, goes_on, needs_rules };

  // The next character that is not ignorable, and where it stands. At the end a separator.
  struct Ahead {
    Char character;
    const char* at;
  };

  // Three bytes of UTF-8 for a typographic apostrophe, one for a straight one, else 0.
  [[nodiscard]] std::size_t apostrophe_bytes(const char* at) const;
  [[nodiscard]] bool ends_plain_word(const char* at, std::size_t size) const;
  const char* copy_plain(const char* at);
  PlainWord look_after(const char*& at);
  bool read_plain_word();

  [[nodiscard]] Ahead ahead(const char* at) const;
  [[nodiscard]] bool goes_on(const char* at) const;
  void read_word();
  void keep(const Char& character);
  void append(char connector);
  bool join(const Char& connector);
  bool join_apostrophe(const Char& apostrophe);
  bool join_dot(const Char& dot);
  bool join_thousands();
  [[nodiscard]] bool follows_hyphen() const;
  bool join_prefix(const Char& hyphen);
  bool join_company();
  void take_pluses();
  void take_hash();

  void read_pairs();
  std::string read_unit(const Char& first);
  void read_complex();

  void emit(std::string_view spelling, const char* begin, const char* end);
  void send(const KnownWord& word, const char* begin, const char* end);

  const char* const text_;
  const char* const end_;
  const char* at_;
  WordDictionary& words_;
  const std::size_t language_;
  const Singles singles_;
  const TokenSink sink_;
  const CharReader chars_;

  std::uint32_t position_ = 0;
  std::uint32_t newlines_ = 0;  // since the last token

  std::array<char, kMaxTermBytes> plain_{};  // the word being read by the fast road
  std::size_t plain_size_ = 0;
  std::string spelling_;  // of the word being read by the rules
  Shape shape_;
  const char* begin_ = nullptr;  // of that word
  const char* stop_ = nullptr;   // after the last character that is part of it
};

}  // namespace broadsheet
