// One pass from one suspicious byte to the next.
#include "indexer/readers/xml_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace broadsheet::indexer {
namespace {

struct Verbatim {
  std::string_view begin;
  std::string_view end;
};

constexpr std::array kVerbatim = {
    Verbatim{"<![CDATA[", "]]>"},
    Verbatim{"<!--", "-->"},
    Verbatim{"<?", "?>"},
};

struct Entity {
  std::string_view name;
  std::string_view number;
};

constexpr std::array kEntities = {
    Entity{"amp;", "&#38;"},
    Entity{"lt;", "&#60;"},
    Entity{"gt;", "&#62;"},
    Entity{"quot;", "&#34;"},
    Entity{"apos;", "&#39;"},
};

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The value of a digit string; anything above U+10FFFF as that plus one.
std::uint32_t number_of(std::string_view digits, std::uint32_t base) {
  constexpr std::uint32_t kTooLarge = 0x110000;
  std::uint32_t number = 0;
  for (const char c : digits) {
    const auto lower = static_cast<std::uint32_t>(c | 0x20);
    number = number * base + (c <= '9' ? static_cast<std::uint32_t>(c - '0') : lower - 'a' + 10);
    if (number >= kTooLarge) return kTooLarge;
  }
  return number;
}

// XML 1.0 section 2.2.
bool is_xml_character(std::uint32_t code) {
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0xD800) ||
         (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code < 0x110000);
}

bool is_number_reference(std::string_view behind) {
  const bool hex = behind.starts_with("#x");
  behind.remove_prefix(hex ? 2 : 1);
  const auto end = std::find_if_not(behind.begin(), behind.end(), [hex](char c) {
    return hex ? is_hex(c) : c >= '0' && c <= '9';
  });
  const auto length = static_cast<std::size_t>(end - behind.begin());
  if (length == 0 || end == behind.end() || *end != ';') return false;
  return is_xml_character(number_of(behind.substr(0, length), hex ? 16 : 10));
}

// What may follow `<`: a name, or the marks of end tags, declarations and instructions.
bool begins_markup(std::string_view behind) {
  if (behind.empty()) return false;
  const auto byte = static_cast<unsigned char>(behind.front());
  const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  return is_letter || byte >= 0x80 ||
         std::string_view("/!?_:").find(behind.front()) != std::string_view::npos;
}

bool is_suspect(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '&' || c == '<' || byte == 0x7F ||
         (byte < 0x20 && c != '\t' && c != '\n' && c != '\r');
}

class Mender {
 public:
  explicit Mender(std::string_view text) : text_(text) { out_.text.reserve(text.size()); }

  MendedXml run() {
    while (true) {
      const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(at_);
      const auto found = std::find_if(begin, text_.end(), is_suspect);
      out_.text.append(begin, found);
      at_ = static_cast<std::size_t>(found - text_.begin());
      if (found == text_.end()) return std::move(out_);
      take(*found);
    }
  }

 private:
  void take(char c) {
    if (c == '<') {
      markup();
    } else if (c != '&' || in_verbatim()) {
      put(c == '&' ? "&" : " ", c != '&');
    } else {
      reference(text_.substr(at_ + 1));
    }
  }

  void reference(std::string_view behind) {
    if (behind.starts_with('#') && is_number_reference(behind)) return put("&", false);
    const auto* row = std::find_if(kEntities.begin(), kEntities.end(), [&](const Entity& entity) {
      return behind.starts_with(entity.name);
    });
    if (row == kEntities.end()) return put("&#38;", true);
    put(row->number, false);
    at_ += row->name.size();
  }

  // Past what stands for the byte at at_.
  void put(std::string_view instead, bool changed) {
    out_.text += instead;
    out_.mended = out_.mended || changed;
    ++at_;
  }

  bool in_verbatim() const { return at_ < verbatim_end_; }

  void markup() {
    const std::string_view rest = text_.substr(at_);
    const auto row = std::find_if(kVerbatim.begin(), kVerbatim.end(), [&](const Verbatim& known) {
      return rest.starts_with(known.begin);
    });
    if (in_verbatim()) return put("<", false);
    if (row != kVerbatim.end()) begin_verbatim(*row);
    const bool is_text = !begins_markup(rest.substr(1));
    put(is_text ? "&#60;" : "<", is_text);
  }

  // One that never ends is none: a stray `<?` must not swallow the rest. It is searched for once.
  void begin_verbatim(const Verbatim& row) {
    bool& is_endless = endless_[static_cast<std::size_t>(&row - kVerbatim.data())];
    if (is_endless) return;
    const std::size_t end = text_.find(row.end, at_ + row.begin.size());
    is_endless = end == std::string_view::npos;
    if (!is_endless) verbatim_end_ = end + row.end.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t verbatim_end_ = 0;
  std::array<bool, kVerbatim.size()> endless_{};  // no end stands in the rest of the text
  MendedXml out_;
};

}  // namespace

MendedXml mend_xml(std::string_view utf8) {
  return Mender(utf8).run();
}

}  // namespace broadsheet::indexer
