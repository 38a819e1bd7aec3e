// Types are told apart by the last word: "text/html", "html", "application/xhtml+xml".
#include "indexer/readers/feed_text.h"

#include <algorithm>

#include "indexer/readers/feed_parts.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A tag, or a reference to a character.
bool looks_like_html(std::string_view text) {
  for (std::size_t at = text.find_first_of("<&"); at != std::string_view::npos;
       at = text.find_first_of("<&", at + 1)) {
    const std::string_view behind = text.substr(at + 1);
    if (behind.empty()) return false;
    const bool is_name = is_letter(behind.front());
    if (text[at] == '<' && (is_name || behind.front() == '/')) return true;
    constexpr std::size_t kLongestReference = 12;
    const std::string_view name = behind.substr(0, kLongestReference);
    const std::size_t end = name.find_first_of("; &<");
    const bool ends = end != std::string_view::npos && name[end] == ';';
    if (text[at] == '&' && ends && (is_name || behind.front() == '#')) return true;
  }
  return false;
}

// What a single <div> holds, or the node itself: Atom asks for one around XHTML.
XmlNode without_div(XmlNode node) {
  const auto elements = node.children();
  return elements.size() == 1 && elements.front().name() == "div" ? elements.front() : node;
}

FeedText from_bytes(const std::string& bytes) {
  if (!is_utf8(bytes)) return {};
  return {bytes, looks_like_html(bytes) ? TextForm::html : TextForm::plain};
}

bool is_base64(std::string_view type, std::string_view mode) {
  if (!mode.empty()) return mode == "base64";
  const bool is_media_type = type.find('/') != std::string_view::npos;
  return is_media_type && !type.starts_with("text/") && !type.ends_with("xml");
}

}  // namespace

FeedText atom_text(XmlNode node) {
  if (!node) return {};
  const std::string type = node.attribute("type");
  const std::string mode = node.attribute("mode");
  if (is_base64(type, mode)) return from_bytes(decode_base64(node.text()));
  if (mode != "escaped" && (type == "xhtml" || type.ends_with("xml"))) {
    return {without_div(node).inner_markup(), TextForm::html};
  }
  FeedText text = markup_of(node);
  const bool is_said = !type.empty() && type.find("html") == std::string::npos;
  const bool is_html = type.find("html") != std::string::npos || (mode == "escaped" && !is_said) ||
                       !node.children().empty() || (!is_said && looks_like_html(text.value));
  text.form = is_html ? TextForm::html : TextForm::plain;
  return text;
}

std::string decode_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    const int value = value_of(c);
    if (value < 0) break;
    bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
  }
  return bytes;
}

}  // namespace broadsheet::indexer
