// A tag scanner, not a parser: it builds no tree, so nesting costs nothing. What ends nowhere is
// remembered, so that it is searched for once.
#include "indexer/normalize/html_text.h"

#include <algorithm>
#include <array>
#include <set>

#include "indexer/normalize/html_entities.h"

namespace broadsheet::indexer {
namespace {

constexpr std::array<std::string_view, 41> kBlocks = {
    "address", "article", "aside",  "blockquote", "body",    "caption",  "center",
    "dd",      "details", "div",    "dl",         "dt",      "fieldset", "figcaption",
    "figure",  "footer",  "form",   "h1",         "h2",      "h3",       "h4",
    "h5",      "h6",      "header", "hr",         "html",    "li",       "main",
    "nav",     "ol",      "p",      "pre",        "section", "summary",  "table",
    "tbody",   "tfoot",   "thead",  "title",      "tr",      "ul"};

// Elements whose content is not text of the article.
constexpr std::array<std::string_view, 10> kDropped = {"script",
                                                       "style",
                                                       "template",
                                                       "noscript",
                                                       "svg",
                                                       "iframe",
                                                       "object",
                                                       "head",
                                                       "select",
                                                       "textarea"};

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

constexpr std::string_view kCdata = "<![CDATA[";

class Scanner {
 public:
  explicit Scanner(std::string_view html) : html_(html) { text_.reserve(html.size()); }

  std::string run() {
    while (at_ < html_.size()) {
      const char c = html_[at_];
      if (c == '<' && begins_markup()) {
        skip_markup();
      } else if (c == '&') {
        reference();
      } else {
        plain();
      }
    }
    return std::move(text_);
  }

 private:
  // Text up to the next markup or reference; line ends in it are blanks.
  void plain() {
    const std::size_t end = std::min(html_.find_first_of("<&\n\r", at_ + 1), html_.size());
    const bool line_end = html_[at_] == '\n' || html_[at_] == '\r';
    text_ += line_end ? ' ' : html_[at_];
    text_.append(html_.substr(at_ + 1, end - at_ - 1));
    at_ = end;
  }

  void reference() {
    const std::size_t used = decode_entity(html_.substr(at_), text_);
    if (used == 0) text_ += '&';
    at_ += std::max<std::size_t>(used, 1);
  }

  bool begins_markup() const {
    if (at_ + 1 >= html_.size()) return false;
    const char next = html_[at_ + 1];
    return is_letter(next) || next == '/' || next == '!' || next == '?';
  }

  // Behind the next `end`, or behind everything when there is none.
  std::size_t behind(std::string_view end, std::size_t from) const {
    const std::size_t found = html_.find(end, from);
    return found == std::string_view::npos ? html_.size() : found + end.size();
  }

  void skip_markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      at_ = behind("-->", at_ + 4);
    } else if (rest.starts_with(kCdata)) {
      const std::size_t from = at_ + kCdata.size();
      text_.append(html_.substr(from, html_.find("]]>", from) - from));
      at_ = behind("]]>", from);
    } else if (rest[1] == '!' || rest[1] == '?') {
      at_ = behind(">", at_);
    } else {
      tag();
    }
  }

  void tag() {
    const bool closing = html_[at_ + 1] == '/';
    const std::size_t from = at_ + (closing ? 2 : 1);
    std::string name;
    for (std::size_t i = from; i < html_.size() && name.size() < 16; ++i) {
      const char c = html_[i];
      if (!is_name_character(c)) break;
      name += lower(c);
    }
    at_ = tag_end(from + name.size());
    if (name == "br") {
      text_ += '\n';
    } else if (name == "td" || name == "th") {
      text_ += ' ';
    } else if (holds(kBlocks, name)) {
      text_ += "\n\n";
    }
    if (!closing && holds(kDropped, name) && html_[at_ - 1] == '>' && html_[at_ - 2] != '/') {
      skip_content(name);
    }
  }

  // Behind the ">" of a tag; one inside a quoted attribute does not count.
  std::size_t tag_end(std::size_t from) {
    std::size_t at = from;
    while (at < html_.size()) {
      at = html_.find_first_of("\"'>", at);
      if (at == std::string_view::npos) return html_.size();
      if (html_[at] == '>') return at + 1;
      at = quote_end(at);
    }
    return html_.size();
  }

  // Behind the quoted text that begins at `at`; behind the mark alone when it is never closed.
  std::size_t quote_end(std::size_t at) {
    const char mark = html_[at];
    std::size_t& last = mark == '"' ? last_double_ : last_single_;
    if (last == std::string_view::npos) last = html_.rfind(mark);
    return last > at ? html_.find(mark, at + 1) + 1 : at + 1;
  }

  // Whether "</name" or "<name" stands at `at`, in letters of any case.
  bool is_tag_at(std::size_t at, std::string_view tag) const {
    const std::string_view found = html_.substr(at, tag.size());
    const bool same =
        std::equal(found.begin(), found.end(), tag.begin(), tag.end(), [](char a, char b) {
          return lower(a) == b;
        });
    const std::size_t end = at + tag.size();
    return same && (end == html_.size() || !is_name_character(html_[end]));
  }

  // Drops the content of an element up to its end tag; that of a head may be left out. Without one,
  // scripts and styles run to the end and the others are taken for a mistake.
  void skip_content(const std::string& name) {
    if (unclosed_.count(name) > 0) return;
    const std::string end = "</" + name;
    std::size_t at = html_.find('<', at_);
    while (at != std::string_view::npos && !is_tag_at(at, end) &&
           !(name == "head" && is_tag_at(at, "<body"))) {
      at = html_.find('<', at + 1);
    }
    if (at != std::string_view::npos) {
      at_ = at;
    } else if (name == "script" || name == "style") {
      at_ = html_.size();
    } else {
      unclosed_.insert(name);
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t last_double_ = std::string_view::npos;  // where the last mark of its kind stands
  std::size_t last_single_ = std::string_view::npos;
  std::set<std::string> unclosed_;  // element names with no end tag in the rest
  std::string text_;
};

}  // namespace

std::string html_to_text(std::string_view html) {
  return Scanner(html).run();
}

}  // namespace broadsheet::indexer
