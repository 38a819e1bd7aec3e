// A quick look at how words begin: tells of most words of a text that they cannot be a query's,
// from their first two or three bytes. It may say yes too often, never no to a word that matches.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace broadsheet::server {

// Which part a byte plays where words are sought.
enum class ByteKind : std::uint8_t {
  space,      // white space: no word goes on beyond it
  separator,  // other ASCII between words, or in the midst of one
  plain,      // ASCII letters and digits
  latin,      // lead bytes of accented letters: may fold to any ASCII letter
  letter,     // lead bytes of other alphabets
  symbol,     // lead bytes of punctuation and symbols beyond ASCII
  cjk,        // lead bytes of Chinese, Japanese and Korean characters
  form        // lead byte of compatibility forms, kin of all the others
};

// The kinds by ranges of bytes, in order.
struct ByteRange {
  unsigned char last;
  ByteKind kind;
};

inline constexpr std::array kByteRanges = {
    ByteRange{' ', ByteKind::space},
    ByteRange{'0' - 1, ByteKind::separator},
    ByteRange{'9', ByteKind::plain},
    ByteRange{'A' - 1, ByteKind::separator},
    ByteRange{'Z', ByteKind::plain},
    ByteRange{'a' - 1, ByteKind::separator},
    ByteRange{'z', ByteKind::plain},
    ByteRange{0x7F, ByteKind::separator},
    ByteRange{0xC2, ByteKind::symbol},
    ByteRange{0xCA, ByteKind::latin},
    ByteRange{0xE0, ByteKind::letter},
    ByteRange{0xE1, ByteKind::latin},
    ByteRange{0xE2, ByteKind::symbol},
    ByteRange{0xED, ByteKind::cjk},
    ByteRange{0xEE, ByteKind::symbol},
    ByteRange{0xFF, ByteKind::form},
};

inline constexpr auto kByteKinds = [] {
  std::array<ByteKind, 256> kinds{};
  std::size_t byte = 0;
  for (const ByteRange& range : kByteRanges) {
    while (byte <= range.last)
      kinds[byte++] = range.kind;
  }
  return kinds;
}();

[[nodiscard]] inline ByteKind kind_of_byte(char byte) {
  return kByteKinds[static_cast<unsigned char>(byte)];
}

// How far the beginning of a stem can be trusted to be that of the word in a language.
enum class StemStart { changed, two_letters, three_letters };
[[nodiscard]] StemStart stem_start_of(std::string_view language);

// The beginnings of one query's terms.
class WordStarts {
 public:
  void clear();
  // `term` is a stem or an exact form, folded as in the index.
  void add(std::string_view term);

  // Whether the ASCII word at the front of `text` may match. The first test is all that most words
  // get: one look into 8 KiB by their first two bytes.
  [[nodiscard]] bool may_match_plain(std::string_view text, StemStart trust) const {
    const std::size_t second = static_cast<unsigned char>(text.size() > 1 ? text[1] : ' ');
    if (!pairs_[static_cast<unsigned char>(text[0]) * std::size_t{256} + second]) {
      return trust != StemStart::three_letters && may_change(text, trust);
    }
    return trust != StemStart::three_letters || may_match_three(text);
  }

  // The same for the other kinds; `character` begins at the lead byte of a word or run.
  [[nodiscard]] bool may_match_wide(std::string_view character, ByteKind kind) const;

 private:
  // Letters without case (y is i: stemmers turn one into the other), digits, what may stand inside
  // a word, bytes beyond ASCII, the rest.
  static constexpr std::size_t kJoiner = 36;
  static constexpr std::size_t kWide = 37;
  static constexpr std::size_t kOther = 38;
  static constexpr std::size_t kClasses = 39;
  static constexpr std::size_t kAny = kClasses;
  static const std::array<std::uint8_t, 256> kClassOf;

  static std::size_t class_of(char byte) { return kClassOf[static_cast<unsigned char>(byte)]; }

  static std::size_t triple(std::size_t first, std::size_t second, std::size_t third) {
    return (first * kClasses + second) * kClasses + third;
  }

  static constexpr std::size_t kCjkHashes = 4096;

  [[nodiscard]] static bool may_change(std::string_view text, StemStart trust);
  [[nodiscard]] bool may_match_three(std::string_view text) const;
  void add_plain(std::string_view term);
  void add_pairs(std::size_t first, std::size_t second);
  void add_triples(std::size_t first, std::size_t second, std::size_t third);
  void add_wide(std::string_view term);

  std::bitset<65536> pairs_;  // by the bytes themselves
  std::bitset<kClasses * kClasses * kClasses> triples_;
  std::bitset<kCjkHashes> cjk_;   // first characters of terms, by their low bits
  std::bitset<0x800> two_bytes_;  // first letters of terms between U+0080 and U+07FF
  bool has_letters_ = false;      // terms of other alphabets
  bool has_plain_ = false;        // terms that begin in ASCII
};

// Marks, in 64 bytes, where words may begin: ASCII letters and digits behind something else, and
// the lead bytes of all characters beyond ASCII that are not in U+0080 to U+00BF.
struct BlockStarts {
  static constexpr std::size_t kBytes = 64;
  std::uint64_t plain = 0;  // bit N: ASCII letter or digit at byte N
  std::uint64_t wide = 0;   // bit N: lead byte at byte N
};

[[nodiscard]] BlockStarts block_starts(const char* block);

}  // namespace broadsheet::server
