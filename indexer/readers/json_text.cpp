// Byte scans: strings and their escapes are all of the grammar that matters here.
#include "indexer/readers/json_text.h"

#include <algorithm>
#include <charconv>

namespace broadsheet::indexer {
namespace {

// The number of a \uXXXX escape at the front of `text`, or -1.
int escaped_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return -1;
  int unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return error == std::errc() && end == text.data() + 6 ? unit : -1;
}

bool is_high_surrogate(int unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}

bool is_low_surrogate(int unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// Copies the escape at the front of `text`; returns how many bytes it took.
std::size_t copy_escape(std::string_view text, std::string& out) {
  const int unit = escaped_unit(text);
  if (is_high_surrogate(unit) && is_low_surrogate(escaped_unit(text.substr(6)))) {
    out.append(text.substr(0, 12));
    return 12;
  }
  if (is_high_surrogate(unit) || is_low_surrogate(unit)) {
    out += "\\ufffd";
    return 6;
  }
  out.append(text.substr(0, 2));
  return std::min<std::size_t>(2, text.size());
}

}  // namespace

std::size_t json_string_end(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at;
}

JsonShape shape_of(std::string_view json) {
  constexpr std::size_t kFewBrackets = 32;
  constexpr std::size_t kShort = std::size_t{128} * 1024;
  const auto opened = static_cast<std::size_t>(std::count(json.begin(), json.end(), '[') +
                                               std::count(json.begin(), json.end(), '{'));
  if (opened <= kFewBrackets && json.size() <= kShort) return {opened, json.size()};
  JsonShape shape;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') {
      i = json_string_end(json, i);
    } else if (c == '[' || c == '{') {
      shape.depth = std::max(shape.depth, ++depth);
      ++shape.values;
    } else if (c == ',') {
      ++shape.values;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return shape;
}

std::string_view integer_member(std::string_view json, std::string_view name) {
  std::size_t depth = 0;
  std::string_view text;  // the last one of the object itself
  std::string_view found;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') {
      const std::size_t end = json_string_end(json, i);
      if (depth == 1) text = json.substr(i + 1, end - i - 1);
      i = end;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ':' && depth == 1 && text == name) {
      const std::size_t from = std::min(json.find_first_not_of(" \t\r\n", i + 1), json.size());
      found = json.substr(from, json.find_first_of(" \t\r\n,}", from) - from);
    }
  }
  const bool is_integer = found.find_first_not_of("-0123456789") == std::string_view::npos;
  return is_integer ? found : std::string_view();
}

std::string mend_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  std::size_t at = 0;
  while (at < json.size()) {
    if (json[at] == '\\') {
      at += copy_escape(json.substr(at), out);
      continue;
    }
    const bool control = static_cast<unsigned char>(json[at]) < 0x20;
    out += control ? ' ' : json[at];
    ++at;
  }
  return out;
}

}  // namespace broadsheet::indexer
