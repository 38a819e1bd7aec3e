// Tolerant as browsers are: what is no tag is text, what is not closed ends with the text.
#include "server/search/draft_html.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace broadsheet::server {
namespace {

constexpr auto kBlocks = std::to_array<std::string_view>(
    {"address",    "article", "aside",  "blockquote", "body",  "br",   "dd",  "div", "dl", "dt",
     "figcaption", "figure",  "footer", "form",       "h1",    "h2",   "h3",  "h4",  "h5", "h6",
     "head",       "header",  "hr",     "html",       "li",    "main", "nav", "ol",  "p",  "pre",
     "section",    "table",   "td",     "th",         "title", "tr",   "ul"});

constexpr auto kInline = std::to_array<std::string_view>({"a",
                                                          "b",
                                                          "cite",
                                                          "code",
                                                          "em",
                                                          "i",
                                                          "img",
                                                          "q",
                                                          "s",
                                                          "small",
                                                          "span",
                                                          "strong",
                                                          "sub",
                                                          "sup",
                                                          "u"});

constexpr auto kUnseen = std::to_array<std::string_view>({"script", "style", "template"});

template <std::size_t kSize>
bool is_one_of(const std::array<std::string_view, kSize>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_letter(char c) {
  return small_letter(c) >= 'a' && small_letter(c) <= 'z';
}

bool is_name_char(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

struct NamedCharacter {
  std::string_view name;
  std::string_view text;
};

// Those that tools write of themselves; the others come as characters.
constexpr auto kNamed = std::to_array<NamedCharacter>({{"amp", "&"},
                                                       {"lt", "<"},
                                                       {"gt", ">"},
                                                       {"quot", "\""},
                                                       {"apos", "'"},
                                                       {"nbsp", " "},
                                                       {"ndash", "\u2013"},
                                                       {"mdash", "\u2014"},
                                                       {"lsquo", "\u2018"},
                                                       {"rsquo", "\u2019"},
                                                       {"ldquo", "\u201C"},
                                                       {"rdquo", "\u201D"},
                                                       {"hellip", "\u2026"}});

void append_utf8(char32_t c, std::string& text) {
  const auto add = [&text](char32_t bits) { text += static_cast<char>(bits); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xC0 | c >> 6U);
  } else {
    if (c < 0x10000) {
      add(0xE0 | c >> 12U);
    } else {
      add(0xF0 | c >> 18U);
      add(0x80 | (c >> 12U & 0x3FU));
    }
    add(0x80 | (c >> 6U & 0x3FU));
  }
  add(0x80 | (c & 0x3FU));
}

std::string_view bare_name(std::string_view name) {
  return name.starts_with('/') ? name.substr(1) : name;
}

std::string with_references_read(std::string_view value) {
  std::string text;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const std::size_t end = value[at] == '&' ? value.find(';', at) : std::string_view::npos;
    const std::string meant =
        end == std::string_view::npos ? "" : referenced(value.substr(at + 1, end - at - 1));
    if (meant.empty()) {
      text += value[at];
    } else {
      text += meant;
      at = end;
    }
  }
  return text;
}

// Where the attribute's name begins in a tag; its end when there is none.
std::size_t href_at(std::string_view tag) {
  for (std::size_t at = 1; at + 4 < tag.size(); ++at) {
    std::string name(tag.substr(at, 4));
    std::transform(name.begin(), name.end(), name.begin(), small_letter);
    if (name == "href" && is_blank(tag[at - 1])) return at;
  }
  return tag.size();
}

}  // namespace

std::string tag_name(std::string_view html, std::size_t at) {
  constexpr std::size_t kLongest = 16;
  std::string name;
  std::size_t next = at + 1;
  if (next < html.size() && html[next] == '/') name += html[next++];
  if (next >= html.size() || !is_letter(html[next])) return {};
  while (next < html.size() && is_name_char(html[next]) && name.size() < kLongest)
    name += small_letter(html[next++]);
  return name;
}

std::size_t tag_end(std::string_view html, std::size_t at) {
  char quote = 0;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  return html.size();
}

bool has_tags(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string tag = tag_name(text, at);
    const std::string_view name = bare_name(tag);
    if (!is_one_of(kBlocks, name) && !is_one_of(kInline, name)) continue;
    const std::size_t behind = at + 1 + tag.size();
    if (behind >= text.size()) continue;
    if (text[behind] == '>' || text[behind] == '/') return true;
    // "a <b and b> c" is arithmetic: one letter with something behind it is no sign.
    if (name.size() > 1 && is_blank(text[behind])) return true;
  }
  return false;
}

bool parts_paragraphs(std::string_view tag) {
  return is_one_of(kBlocks, bare_name(tag));
}

bool hides_content(std::string_view tag) {
  return is_one_of(kUnseen, tag);
}

std::string href_in(std::string_view tag) {
  const std::size_t name = href_at(tag);
  std::size_t value = name + 4;
  while (value < tag.size() && (is_blank(tag[value]) || tag[value] == '='))
    ++value;
  if (name == tag.size() || value >= tag.size()) return {};
  const char quote = tag[value];
  const bool is_quoted = quote == '"' || quote == '\'';
  if (is_quoted) ++value;
  const std::size_t end = is_quoted ? tag.find(quote, value) : tag.find_first_of(" \t\r\n>", value);
  return with_references_read(tag.substr(value, std::min(end, tag.size()) - value));
}

std::string referenced(std::string_view name) {
  const auto* const known =
      std::find_if(kNamed.begin(), kNamed.end(), [name](const NamedCharacter& each) {
        return each.name == name;
      });
  if (known != kNamed.end()) return std::string(known->text);
  if (name.size() < 2 || name[0] != '#') return {};
  const bool is_hex = small_letter(name[1]) == 'x';
  const std::string_view digits = name.substr(is_hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto read =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
  const bool is_whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  const bool is_character = code > 0 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
  std::string text;
  if (is_whole && is_character) append_utf8(code, text);
  return text;
}

}  // namespace broadsheet::server
