// Python expressions are cut, not understood: all that the samples write is ==, and, len() and
// ord().
#include "tests/support/feed_claims.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string utf8_of(unsigned code) {
  std::string out;
  if (code < 0x80) return {static_cast<char>(code)};
  if (code >= 0x800) {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
  } else {
    out += static_cast<char>(0xC0U | code >> 6U);
  }
  return out + static_cast<char>(0x80U | (code & 0x3FU));
}

// Behind the Python string that begins at `at`.
std::size_t string_end(const std::string& text, std::size_t at) {
  const bool is_long = text.compare(at, 3, std::string(3, text[at])) == 0;
  const std::string mark(is_long ? 3 : 1, text[at]);
  for (std::size_t i = at + mark.size(); i < text.size(); ++i) {
    if (text.compare(i, mark.size(), mark) == 0) return i + mark.size();
    if (text[i] == '\\') ++i;
  }
  return text.size();
}

// Parts between `mark` where it stands outside strings and brackets.
std::vector<std::string> split(const std::string& text, const std::string& mark) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    std::size_t end = i + 1;
    if (c == '\'' || c == '"') end = string_end(text, i);
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (depth == 0 && text.compare(i, mark.size(), mark) == 0) {
      parts.emplace_back();
      i += mark.size();
      continue;
    }
    parts.back() += text.substr(i, end - i);
    i = end;
  }
  return parts;
}

std::string literal(std::string text) {
  if (text.empty() || (text[0] != '\'' && text[0] != '"')) return text;
  const std::size_t marks = text.compare(0, 3, std::string(3, text[0])) == 0 ? 3 : 1;
  text = text.substr(marks, text.size() - 2 * marks);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char kind = text[++i];
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 0;
    if (digits > 0) {
      out += utf8_of(static_cast<unsigned>(std::stoul(text.substr(i + 1, digits), nullptr, 16)));
      i += digits;
    } else {
      out += kind == 'n' ? '\n' : kind;
    }
  }
  return out;
}

// entries[0]['title'] and entries[0].get('title') as entries.0.title.
std::string path_of(const std::string& text) {
  std::string path;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_get = text.compare(i, 5, ".get(") == 0;
    if (!is_get && text[i] != '[') {
      path += text[i];
      continue;
    }
    const std::size_t from = i + (is_get ? 5 : 1);
    i = std::min(text.find(is_get ? ')' : ']', from), text.size());
    path += "." + literal(text.substr(from, i - from));
  }
  return path;
}

void add_claims(std::string conjunct, std::vector<FeedClaim>& claims) {
  conjunct = trimmed(conjunct);
  if (conjunct.starts_with('(') && conjunct.ends_with(')')) {
    conjunct = conjunct.substr(1, conjunct.size() - 2);
  }
  if (conjunct.find("bozo") != std::string::npos || conjunct == "1" || conjunct.empty()) return;
  std::vector<std::string> sides = split(conjunct, "==");
  if (sides.size() == 1) return claims.push_back({path_of(conjunct), "true"});
  std::string value = literal(trimmed(sides.back()));
  sides.pop_back();
  for (const std::string& side : sides) {
    std::string path = path_of(trimmed(side));
    if (path.starts_with("ord(")) {
      path = path.substr(4, path.size() - 5);
      value = utf8_of(static_cast<unsigned>(std::stoul(value)));
    }
    claims.push_back({path, value});
  }
}

bool is_extension(const std::string& name) {
  constexpr std::array kNames = {"extensions", "dcExt", "itunesExt", "custom"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

void add_claims(const Json& value, const std::string& path, std::vector<FeedClaim>& claims) {
  if (value.is_array()) {
    if (path == "entries") claims.push_back({"len(entries)", std::to_string(value.size())});
    for (std::size_t i = 0; i < value.size(); ++i)
      add_claims(value[i], path + "." + std::to_string(i), claims);
  } else if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      const std::string below = path + "." + name;
      if (is_extension(name)) {
        claims.push_back({below, "said"});
      } else {
        add_claims(member, below, claims);
      }
    }
  } else if (value.is_string() && !value.get_ref<const std::string&>().empty()) {
    claims.push_back({path, value.get<std::string>()});
  }
}

}  // namespace

std::vector<FeedClaim> claims_of_expression(const std::string& expression) {
  std::vector<FeedClaim> claims;
  for (const std::string& conjunct : split(expression, " and "))
    add_claims(conjunct, claims);
  return claims;
}

std::vector<FeedClaim> claims_of_json(const std::string& json) {
  std::vector<FeedClaim> claims;
  Json feed = Json::parse(json);
  for (const char* name : {"items", "entries"}) {
    if (!feed.contains(name)) continue;
    add_claims(feed[name], "entries", claims);
    feed.erase(name);
  }
  add_claims(feed, "feed", claims);
  return claims;
}

std::string said_in_comment(const std::string& text, const std::string& name) {
  const std::size_t comment = text.find("<!--");
  if (comment == std::string::npos) return {};
  const std::size_t end = text.find("-->", comment);
  const std::size_t at = text.find(name + ":", comment);
  if (at >= end) return {};
  const std::size_t from = at + name.size() + 1;
  return trimmed(text.substr(from, text.find('\n', from) - from));
}

}  // namespace broadsheet::tests
