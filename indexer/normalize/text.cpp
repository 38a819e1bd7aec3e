// One pass over the bytes; runs of ordinary ones are copied whole.
#include "indexer/normalize/text.h"

#include <array>

namespace broadsheet::indexer {
namespace {

enum class Shape { line, paragraphs };

// What a character does to the text. Everything but `ordinary` is rare.
enum class Act : std::uint8_t { ordinary, blank, line_end, paragraph_end, remove, replace };

struct Character {
  Act act = Act::ordinary;
  std::size_t bytes = 1;
  char32_t replacement = 0;
};

// Windows-1252 from 0x80 (WHATWG encoding standard, index-windows-1252); 0 where it has no mark.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Bytes that may begin something other than ordinary text.
constexpr std::array<bool, 256> kSuspect = [] {
  std::array<bool, 256> suspect{};
  for (std::size_t byte = 0; byte <= 0x20; ++byte)
    suspect[byte] = true;
  for (const std::size_t byte : {0x7FU, 0xC2U, 0xE2U, 0xEFU, 0xF0U, 0xF1U, 0xF2U, 0xF3U, 0xF4U}) {
    suspect[byte] = true;
  }
  return suspect;
}();

unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

Character ascii_at(unsigned char byte) {
  if (byte == ' ' || byte == '\t') return {Act::blank};
  if (byte == '\n' || byte == '\v' || byte == '\f') return {Act::line_end};
  if (byte < 0x20 || byte == 0x7F) return {Act::remove};
  return {};
}

// U+0080 to U+00BF: the C1 controls, the no-break space and the soft hyphen are in there.
Character latin_at(unsigned char second) {
  if (second == 0xA0) return {Act::blank, 2};
  if (second == 0xAD) return {Act::remove, 2};  // soft hyphen
  if (second >= 0xA0) return {Act::ordinary, 2};
  const char32_t mark = windows_1252_mark(second);
  return {mark == 0 ? Act::remove : Act::replace, 2, mark};
}

// U+FFFE and U+FFFF of a plane: bytes xF BF BE|BF at the end of a sequence of four.
bool is_last_of_plane(std::string_view text, std::size_t at) {
  return (byte_at(text, at + 1) & 0x0FU) == 0x0F && byte_at(text, at + 2) == 0xBF &&
         byte_at(text, at + 3) >= 0xBE;
}

// U+2000 to U+207F. Joiners (U+200C, U+200D) and the marks and embeddings of direction have work to
// do in other scripts, as the zero-width blank between Khmer, Lao, Burmese and Thai words has.
Character mark_at(std::string_view text, std::size_t at) {
  const unsigned char second = byte_at(text, at + 1);
  const unsigned char third = byte_at(text, at + 2);
  if (second == 0x81) return {third == 0xA0 ? Act::remove : Act::ordinary, 3};  // word joiner
  if (second != 0x80) return {Act::ordinary, 3};
  if (third == 0xA8) return {Act::line_end, 3};
  if (third == 0xA9) return {Act::paragraph_end, 3};
  if (third == 0xAD || third == 0xAE) return {Act::remove, 3};  // turn the text behind them round
  if (third != 0x8B) return {Act::ordinary, 3};
  const unsigned char before = at >= 3 ? byte_at(text, at - 3) : 0;
  const bool divides_words = before == 0xE0 || before == 0xE1;
  return {divides_words ? Act::ordinary : Act::remove, 3};
}

Character character_at(std::string_view text, std::size_t at) {
  const unsigned char lead = byte_at(text, at);
  const unsigned char second = byte_at(text, at + 1);
  const unsigned char third = byte_at(text, at + 2);
  if (lead < 0x80) return ascii_at(lead);
  if (lead == 0xC2) return latin_at(second);
  if (lead >= 0xF0) return {is_last_of_plane(text, at) ? Act::remove : Act::ordinary, 4};
  if (lead == 0xE2) return mark_at(text, at);
  const bool mark = lead == 0xEF && second == 0xBB && third == 0xBF;  // U+FEFF
  const bool none = lead == 0xEF && second == 0xBF && third >= 0xBE;  // U+FFFE, U+FFFF
  const bool arabic = lead == 0xEF && second == 0xB7 && third >= 0x90 && third <= 0xAF;
  return {mark || none || arabic ? Act::remove : Act::ordinary, 3};
}

// Puts text down and turns the white space before it into at most one blank or paragraph break.
class Writer {
 public:
  Writer(Shape shape, std::size_t expected) : shape_(shape) { out_.text.reserve(expected); }

  void add(std::string_view text) {
    if (text.empty()) return;
    put_gap();
    out_.text.append(text);
  }

  void act(const Character& character) {
    switch (character.act) {
      case Act::blank:
        ++blanks_;
        break;
      case Act::paragraph_end:
        line_ends_ += 2;
        blanks_ = 0;
        break;
      case Act::line_end:
        ++line_ends_;
        blanks_ = 0;
        break;
      case Act::replace:
        put_gap();
        append_utf8(out_.text, character.replacement);
        out_.mended = true;
        break;
      default:
        out_.mended = true;
    }
  }

  CleanText take() { return std::move(out_); }

 private:
  void put_gap() {
    const bool any = blanks_ > 0 || line_ends_ > 0;
    if (any && !out_.text.empty()) {
      const bool indented = line_ends_ == 1 && blanks_ >= 2;
      if (shape_ == Shape::line || line_ends_ == 0) {
        out_.text += ' ';
      } else {
        out_.text += line_ends_ > 1 || indented ? "\n\n" : "\n";
      }
    }
    blanks_ = 0;
    line_ends_ = 0;
  }

  Shape shape_;
  CleanText out_;
  int blanks_ = 0;  // since the last line end
  int line_ends_ = 0;
};

CleanText clean(std::string_view text, Shape shape) {
  Writer writer(shape, text.size());
  std::size_t from = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    if (!kSuspect[byte_at(text, at)]) {
      ++at;
      continue;
    }
    const bool both = text[at] == '\r' && byte_at(text, at + 1) == '\n';
    Character character = character_at(text, at);
    if (text[at] == '\r') character = {Act::line_end, both ? 2U : 1U};
    if (character.act != Act::ordinary) {
      writer.add(text.substr(from, at - from));
      writer.act(character);
      from = at + character.bytes;
    }
    at += character.bytes;
  }
  if (from < text.size()) writer.add(text.substr(from));
  return writer.take();
}

}  // namespace

CleanText clean_line(std::string_view utf8) {
  return clean(utf8, Shape::line);
}

CleanText clean_paragraphs(std::string_view utf8) {
  return clean(utf8, Shape::paragraphs);
}

bool cut_text(std::string& utf8, std::size_t bytes) {
  if (utf8.size() <= bytes) return false;
  while (bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xC0U) == 0x80)
    --bytes;
  utf8.resize(bytes);
  return true;
}

char32_t windows_1252_mark(std::uint32_t number) {
  return number >= 0x80 && number <= 0x9F ? kWindows1252[number - 0x80] : 0;
}

void append_utf8(std::string& out, char32_t character) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((character >> shift) & 0x3FU));
  };
  if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF)) character = 0xFFFD;
  if (character < 0x80) {
    out += static_cast<char>(character);
  } else if (character < 0x800) {
    out += static_cast<char>(0xC0U | (character >> 6U));
    tail(0);
  } else if (character < 0x10000) {
    out += static_cast<char>(0xE0U | (character >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (character >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace broadsheet::indexer
