// Escaping by one table: runs of plain bytes are copied whole, only what needs care is looked at.
#include "server/api/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "schema/utf8.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// What a byte asks for: 0 plain, 'u' written as \u00XX, '8' part of a longer UTF-8 character,
// anything else the letter behind the backslash.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < 0x20; ++i)
    table[i] = 'u';
  for (std::size_t i = 0x80; i < 0x100; ++i)
    table[i] = '8';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  table[0x7F] = 'u';
  return table;
}();

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Whether any byte of eight needs care: below 0x20, a quote, a backslash, 0x7F, or above. Bytes are
// tested side by side in one word (a byte minus one borrows from its own top bit only when it is
// 0).
bool needs_care(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kTops = kOnes * 0x80;
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes; };
  const std::uint64_t below_blank = (word - kOnes * 0x20) & ~word;
  const std::uint64_t special = has_zero(word ^ (kOnes * '"')) | has_zero(word ^ (kOnes * '\\')) |
                                has_zero(word ^ (kOnes * 0x7F));
  return ((word | below_blank | special) & kTops) != 0;
}

// The first place from `at` on whose byte needs care; the end when there is none.
std::size_t skip_plain(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  for (; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (needs_care(word)) break;
  }
  while (at < text.size() && kEscapes[byte_at(text, at)] == 0)
    ++at;
  return at;
}

void append_escape(std::string& out, unsigned char byte, char escape) {
  out += '\\';
  out += escape;
  if (escape != 'u') return;
  constexpr std::string_view kHex = "0123456789abcdef";
  out += "00";
  out += kHex[byte >> 4U];
  out += kHex[byte & 0xFU];
}

}  // namespace

std::size_t code_points(std::string_view text, std::size_t bytes) {
  const std::size_t end = std::min(bytes, text.size());
  std::size_t count = 0;
  for (std::size_t at = 0; at < end; ++count) {
    at += std::max<std::size_t>(utf8_length(text, at), 1);
  }
  return count;
}

void JsonWriter::key(std::string_view name) {
  before_value();
  out_ += '"';
  out_ += name;
  out_ += "\":";
  needs_comma_ = false;
}

void JsonWriter::string(std::string_view text) {
  before_value();
  out_ += '"';
  std::size_t copied = 0;
  for (std::size_t at = skip_plain(text, 0); at < text.size(); at = skip_plain(text, at)) {
    const char escape = kEscapes[byte_at(text, at)];
    const std::size_t length = escape == '8' ? utf8_length(text, at) : 0;
    if (length > 0) {
      at += length;
      continue;
    }
    out_.append(text, copied, at - copied);
    if (escape == '8') {
      out_ += kReplacement;
    } else {
      append_escape(out_, byte_at(text, at), escape);
    }
    copied = ++at;
  }
  out_.append(text, copied);
  out_ += '"';
}

void JsonWriter::string_or_null(std::string_view text) {
  if (text.empty()) {
    null();
  } else {
    string(text);
  }
}

void JsonWriter::decimal(double value, int decimals) {
  if (!std::isfinite(value)) return null();
  // The longest double in fixed notation has 309 digits before the point.
  std::array<char, 400> digits{};
  const auto written =
      std::to_chars(digits.begin(), digits.end(), value, std::chars_format::fixed, decimals);
  std::string_view text(digits.data(), static_cast<std::size_t>(written.ptr - digits.data()));
  if (text.find('.') != std::string_view::npos) {
    while (text.ends_with('0'))
      text.remove_suffix(1);
    if (text.ends_with('.')) text.remove_suffix(1);
  }
  literal(text == "-0" ? "0" : text);
}

void JsonWriter::signed_number(std::int64_t value) {
  std::array<char, 24> digits{};
  const auto written = std::to_chars(digits.begin(), digits.end(), value);
  literal({digits.data(), static_cast<std::size_t>(written.ptr - digits.data())});
}

void JsonWriter::unsigned_number(std::uint64_t value) {
  std::array<char, 24> digits{};
  const auto written = std::to_chars(digits.begin(), digits.end(), value);
  literal({digits.data(), static_cast<std::size_t>(written.ptr - digits.data())});
}

}  // namespace broadsheet::server
