// Sorted names make the same members the same text, and so the same content hash.
#include "indexer/normalize/extra.h"

namespace broadsheet::indexer {

void ExtraMembers::set_text(std::string name, std::string_view utf8) {
  set_json(std::move(name), json_quoted(utf8));
}

std::string ExtraMembers::to_json() const {
  if (members_.empty()) return {};
  std::string json = "{";
  for (const auto& [name, value] : members_) {
    if (json.size() > 1) json += ',';
    json.append(json_quoted(name)).append(":").append(value);
  }
  return json + "}";
}

std::string json_quoted(std::string_view utf8) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string json = "\"";
  json.reserve(utf8.size() + 2);
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (c == '\n') {
      json += "\\n";
    } else if (byte < 0x20) {
      json += "\\u00";
      json += kHex[byte >> 4U];
      json += kHex[byte & 15U];
    } else {
      json += c;
    }
  }
  return json + "\"";
}

}  // namespace broadsheet::indexer
