// Decoding happens once, after splitting; a name or value that is no UTF-8 is a fault, not a guess.
#include "server/http/params.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "schema/utf8.h"

namespace broadsheet::server {
namespace {

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

std::string percent_encode_raw(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(path.size());
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F) {
      encoded += c;
    } else {
      encoded.append({'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]});
    }
  }
  return encoded;
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
