// Stored and seen by clients: changing any of these makes the same articles come in as new ones.
#include "indexer/normalize/ids.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "indexer/normalize/text.h"
#include "schema/hash.h"

namespace broadsheet::indexer {
namespace {

bool is_id_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '~' || c == '-';
}

}  // namespace

std::string article_id_from(std::string_view original) {
  constexpr std::size_t kLongest = 128;
  constexpr std::size_t kKept = 100;
  std::string id(original);
  if (id.size() <= kLongest && std::all_of(id.begin(), id.end(), is_id_byte)) return id;
  id.resize(std::min(id.size(), kKept));
  std::replace_if(
      id.begin(), id.end(), [](char c) { return !is_id_byte(c); }, '_');
  return id + "~" + sha256_hex(original).substr(0, 12);
}

std::string article_id_from_url(std::string_view canonical_url) {
  return "u" + sha256_hex(canonical_url).substr(0, 20);
}

std::string article_id_from_content(std::string_view source_id,
                                    std::string_view title_or_body,
                                    std::string_view day) {
  std::string key(source_id);
  key.append("\n").append(title_or_body).append("\n").append(day);
  return "t" + sha256_hex(key).substr(0, 20);
}

std::string source_id_from(std::string_view name) {
  std::string id;
  bool gap = false;
  const auto text =
      icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())});
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 character = text.char32At(at);
    const bool kept = u_isalnum(character) != 0 || u_charType(character) == U_NON_SPACING_MARK;
    if (kept) {
      if (gap && !id.empty()) id += '-';
      append_utf8(id, static_cast<char32_t>(u_tolower(character)));
    }
    gap = !kept;
  }
  return id.empty() ? "s-" + sha256_hex(name).substr(0, 12) : id;
}

}  // namespace broadsheet::indexer
