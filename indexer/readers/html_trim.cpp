// A tokenizer as far as it takes to skip: where a tag, a comment or a raw text ends. What is left
// open runs to the end of the page, as in a browser, so no byte is looked at twice.
#include "indexer/readers/html_trim.h"

#include <algorithm>
#include <array>

namespace broadsheet::indexer {
namespace {

// No attribute that is kept says anything longer; a summary is the longest.
constexpr std::size_t kMaxValueBytes = 8192;

constexpr std::array<std::string_view, 22> kAttributes = {
    "alt",  "aria-hidden", "charset",  "class", "content",  "datetime",   "hidden",  "href",
    "id",   "itemprop",    "itemtype", "lang",  "name",     "property",   "pubdate", "rel",
    "role", "style",       "type",     "src",   "xml:lang", "http-equiv",
};

// Elements that go with all that is in them.
constexpr std::array<std::string_view, 10> kDropped = {"script",
                                                       "style",
                                                       "svg",
                                                       "noscript",
                                                       "iframe",
                                                       "textarea",
                                                       "select",
                                                       "object",
                                                       "noembed",
                                                       "noframes"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

class Trimmer {
 public:
  explicit Trimmer(std::string_view page) : page_(page) { out_.reserve(page.size() / 2); }

  std::string trim() && {
    while (at_ < page_.size()) {
      const std::size_t tag = std::min(page_.find('<', at_), page_.size());
      out_.append(page_, at_, tag - at_);
      at_ = tag;
      if (at_ < page_.size()) take_markup();
    }
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead) const {
    return at_ + ahead < page_.size() ? page_[at_ + ahead] : '\0';
  }

  // Goes behind the next `end`.
  void skip_past(std::string_view end) {
    const std::size_t found = page_.find(end, at_);
    at_ = found == std::string_view::npos ? page_.size() : found + end.size();
  }

  void take_markup() {
    if (is_letter(peek(1))) return open_tag();
    if (peek(1) == '/' && is_letter(peek(2))) return close_tag();
    if (page_.substr(at_, 4) == "<!--") {
      at_ += 2;  // "<!-->" is a whole comment
      return skip_past("-->");
    }
    if (peek(1) == '!' || peek(1) == '?' || peek(1) == '/') return skip_past(">");
    out_ += "&lt;";
    ++at_;
  }

  std::string read_name() {
    std::string name;
    for (; at_ < page_.size() && !is_blank(page_[at_]); ++at_) {
      if (page_[at_] == '>' || page_[at_] == '/' || page_[at_] == '=') break;
      name += lower(page_[at_]);
    }
    return name;
  }

  void close_tag() {
    at_ += 2;
    const std::string name = read_name();
    skip_past(">");
    out_ += "</" + name + ">";
  }

  void open_tag() {
    const std::size_t from = out_.size();
    ++at_;
    const std::string name = read_name();
    out_ += "<" + name;
    seen_ = {};
    while (at_ < page_.size() && page_[at_] != '>')
      take_attribute();
    if (at_ < page_.size()) ++at_;
    out_ += '>';
    if (!is_one_of(kDropped, name)) return;
    if (name == "script" &&
        std::string_view(out_).substr(from).find("ld+json") != std::string::npos)
      return keep_to_end_of(name);
    out_.resize(from);
    skip_to_end_of(name);
  }

  void take_attribute() {
    if (is_blank(page_[at_]) || page_[at_] == '/' || page_[at_] == '=') {
      ++at_;
      return;
    }
    const std::string name = read_name();
    while (at_ < page_.size() && is_blank(page_[at_]))
      ++at_;
    std::string_view value;
    if (peek(0) == '=') {
      ++at_;
      value = read_value();
    }
    const auto* known = std::find(kAttributes.begin(), kAttributes.end(), name);
    if (known == kAttributes.end()) return;
    bool& seen = seen_[static_cast<std::size_t>(known - kAttributes.begin())];
    if (!seen) write_attribute(name, value);
    seen = true;
  }

  std::string_view read_value() {
    while (at_ < page_.size() && is_blank(page_[at_]))
      ++at_;
    const char quote = peek(0);
    if (quote == '"' || quote == '\'') {
      const std::size_t end = std::min(page_.find(quote, at_ + 1), page_.size());
      const std::string_view value = page_.substr(at_ + 1, end - at_ - 1);
      at_ = std::min(end + 1, page_.size());
      return value;
    }
    const std::size_t from = at_;
    while (at_ < page_.size() && !is_blank(page_[at_]) && page_[at_] != '>')
      ++at_;
    return page_.substr(from, at_ - from);
  }

  void write_attribute(std::string_view name, std::string_view value) {
    out_.append(" ").append(name).append("=\"");
    std::size_t size = std::min(value.size(), kMaxValueBytes);
    while (size < value.size() && (static_cast<unsigned char>(value[size]) & 0xC0U) == 0x80U)
      --size;
    for (const char c : value.substr(0, size)) {
      if (c == '"') {
        out_ += "&quot;";
      } else if (c == '<') {
        out_ += "&lt;";
      } else {
        out_ += c;
      }
    }
    out_ += '"';
  }

  // Goes before the end tag of an element whose content is no markup.
  void find_end_of(std::string_view name) {
    for (; at_ < page_.size(); at_ += 2) {
      at_ = std::min(page_.find("</", at_), page_.size());
      const std::string_view found = page_.substr(std::min(at_ + 2, page_.size()), name.size());
      if (std::equal(found.begin(), found.end(), name.begin(), name.end(), [](char a, char b) {
            return lower(a) == b;
          }))
        return;
    }
    at_ = page_.size();
  }

  void skip_to_end_of(std::string_view name) {
    find_end_of(name);
    skip_past(">");
  }

  void keep_to_end_of(std::string_view name) {
    const std::size_t from = at_;
    find_end_of(name);
    out_.append(page_, from, at_ - from);
    out_.append("</").append(name).append(">");
    skip_past(">");
  }

  std::string_view page_;
  std::string out_;
  std::size_t at_ = 0;
  std::array<bool, kAttributes.size()> seen_{};  // of the tag at hand: the first one counts
};

}  // namespace

std::string trim_html(std::string_view utf8) {
  return Trimmer(utf8).trim();
}

}  // namespace broadsheet::indexer
