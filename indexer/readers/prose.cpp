// A walk over the tree in document order. The parser's limit on depth bounds the recursion.
#include "indexer/readers/prose.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "indexer/readers/ascii.h"
#include "indexer/readers/wire.h"

namespace broadsheet::indexer {
namespace {

// Sorted, to be searched by halves. Both vocabularies in one: their names mean the same.
constexpr std::array<std::string_view, 41> kBlocks = {
    "abstract",   "article", "aside",  "block", "blockquote", "body",    "body.content",
    "bq",         "caption", "credit", "dd",    "div",        "dl",      "dt",
    "fn",         "footer",  "h1",     "h2",    "h3",         "h4",      "h5",
    "h6",         "header",  "hl1",    "hl2",   "hr",         "li",      "main",
    "nitf-table", "note",    "ol",     "p",     "postaddr",   "section", "table",
    "tagline",    "tbody",   "tfoot",  "thead", "tr",         "ul"};
constexpr std::array<std::string_view, 17> kLeftOut = {"audio",
                                                       "custom-table",
                                                       "figure",
                                                       "form",
                                                       "head",
                                                       "iframe",
                                                       "img",
                                                       "media",
                                                       "nav",
                                                       "nitf-table-metadata",
                                                       "object",
                                                       "script",
                                                       "style",
                                                       "svg",
                                                       "title",
                                                       "video",
                                                       "virtloc"};
static_assert(std::is_sorted(kBlocks.begin(), kBlocks.end()));
static_assert(std::is_sorted(kLeftOut.begin(), kLeftOut.end()));

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::binary_search(names.begin(), names.end(), name);
}

struct Prose {
  std::string paragraphs;
  std::string open;  // the paragraph being written, white space as it comes
};

void end_paragraph(Prose& prose, const std::string& text) {
  prose.open.clear();
  if (text.empty()) return;
  if (!prose.paragraphs.empty()) prose.paragraphs += "\n\n";
  prose.paragraphs += text;
}

// Forced breaks stand as vertical tabs until the white space of the markup is gone.
std::string with_breaks(std::string_view open) {
  std::string text;
  while (true) {
    const std::size_t at = open.find('\v');
    std::string line = one_line(open.substr(0, at));
    if (!line.empty()) text += (text.empty() ? "" : "\n") + std::move(line);
    if (at == std::string_view::npos) return text;
    open.remove_prefix(at + 1);
  }
}

void end_paragraph(Prose& prose) {
  end_paragraph(prose, with_breaks(prose.open));
}

void add(XmlNode node, Prose& prose);

void add_children(XmlNode node, Prose& prose) {
  for (XmlNode at = node.first(); at; at = at.next())
    add(at, prose);
}

void add(XmlNode node, Prose& prose) {
  const std::string_view name = node.name();
  if (node.is_text()) {
    prose.open += node.text();
  } else if (name == "br") {
    prose.open += '\v';
  } else if (name == "pre") {
    end_paragraph(prose);
    end_paragraph(prose, node.text());  // agate and tables set by blanks
  } else if (holds(kBlocks, name)) {
    end_paragraph(prose);
    add_children(node, prose);
    end_paragraph(prose);
  } else if (!holds(kLeftOut, name)) {
    add_children(node, prose);
    if (name == "td" || name == "th") prose.open += ' ';
  }
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// References that XML does not know came through as text: `&amp;nbsp;` was `&nbsp;`.
std::string with_references(std::string_view markup) {
  constexpr std::string_view kAmp = "&amp;";
  std::string out;
  std::size_t at = 0;
  while (at < markup.size()) {
    std::size_t amp = std::min(markup.find(kAmp, at), markup.size());
    out += markup.substr(at, amp - at);
    at = std::min(amp + kAmp.size(), markup.size());
    if (amp == markup.size()) break;
    std::size_t end = at;
    while (end < markup.size() && end - at < 32 && is_letter_or_digit(markup[end]))
      ++end;
    const bool reference = end > at && end < markup.size() && markup[end] == ';';
    out += reference ? "&" : kAmp;
  }
  return out;
}

}  // namespace

std::string prose_of(XmlNode node) {
  Prose prose;
  add_children(node, prose);
  end_paragraph(prose);
  return decode_references(std::move(prose.paragraphs));
}

std::string html_of(XmlNode node) {
  const std::string markup = node.inner_markup();
  const std::size_t end = markup.find("</");
  if (end != std::string::npos) {
    const std::string_view name = std::string_view(markup).substr(end, markup.find('>', end) - end);
    if (name.find(':') != std::string_view::npos) return {};
  }
  return with_references(markup);
}

}  // namespace broadsheet::indexer
