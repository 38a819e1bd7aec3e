// The tables of well-formed UTF-8 follow RFC 3629 section 4.
#include "server/http/params.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace broadsheet::server {
namespace {

// How a lead byte goes on: the number of further bytes, and the range of the first of them, which
// is narrowed for the leads that could start an overlong form, a surrogate or too large a number.
struct Sequence {
  std::size_t more;
  unsigned char first_low;
  unsigned char first_high;
};

Sequence sequence_of(unsigned char lead) {
  if (lead < 0x80) return {0, 0, 0};
  if (lead >= 0xC2 && lead <= 0xDF) return {1, 0x80, 0xBF};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {2, 0x80, 0xBF};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {3, 0x80, 0xBF};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {1, 1, 0};  // no lead byte: no second byte lies in an empty range
}

bool goes_on(std::string_view bytes, std::size_t at, Sequence sequence) {
  if (sequence.more == 0) return true;
  if (at + sequence.more >= bytes.size()) return false;
  const auto first = static_cast<unsigned char>(bytes[at + 1]);
  if (first < sequence.first_low || first > sequence.first_high) return false;
  for (std::size_t i = 2; i <= sequence.more; ++i) {
    if ((static_cast<unsigned char>(bytes[at + i]) & 0xC0U) != 0x80U) return false;
  }
  return true;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The byte that two hex digits stand for, or -1.
int escape_value(std::string_view digits) {
  if (digits.size() != 2) return -1;
  const int high = hex_value(digits[0]);
  const int low = hex_value(digits[1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Sequence sequence = sequence_of(static_cast<unsigned char>(bytes[at]));
    if (!goes_on(bytes, at, sequence)) return false;
    at += 1 + sequence.more;
  }
  return true;
}

std::optional<std::string> percent_decode(std::string_view text, PlusSign plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      const int value = escape_value(text.substr(at + 1, 2));
      if (value < 0) return std::nullopt;
      c = static_cast<char>(value);
      at += 2;
    } else if (c == '+' && plus == PlusSign::space) {
      c = ' ';
    }
    decoded += c;
  }
  if (!is_utf8(decoded)) return std::nullopt;
  return decoded;
}

TargetParts split_target(std::string_view target) {
  if (target.empty() || target.front() != '/') {
    const std::size_t scheme = target.find("://");
    if (scheme != std::string_view::npos) {
      const std::size_t path = target.find_first_of("/?", scheme + 3);
      target = path == std::string_view::npos ? "/" : target.substr(path);
    }
  }
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  // "http://host?q=1" has an empty path, which stands for the root.
  return {mark == 0 ? std::string_view("/") : target.substr(0, mark), target.substr(mark + 1)};
}

ParsedQuery parse_query(std::string_view query) {
  ParsedQuery parsed;
  while (!query.empty()) {
    const std::string_view piece = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), piece.size() + 1));
    if (piece.empty()) continue;
    const std::string_view raw_name = piece.substr(0, piece.find('='));
    const std::string_view raw_value =
        raw_name.size() < piece.size() ? piece.substr(raw_name.size() + 1) : std::string_view();
    std::optional<std::string> name = percent_decode(raw_name, PlusSign::space);
    std::optional<std::string> value = percent_decode(raw_value, PlusSign::space);
    if (!name || !value) {
      // A name that is itself broken may be shown only as far as it is plain text.
      parsed.fault = name ? *name : std::string(is_utf8(raw_name) ? raw_name : "");
      return parsed;
    }
    parsed.params.push_back({std::move(*name), std::move(*value)});
  }
  return parsed;
}

}  // namespace broadsheet::server
