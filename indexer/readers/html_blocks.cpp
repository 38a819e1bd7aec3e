// One walk in document order without recursion.
#include "indexer/readers/html_blocks.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace broadsheet::indexer {
namespace {

constexpr std::array<std::string_view, 33> kInline = {
    "a",   "abbr", "acronym", "b",    "bdi",    "bdo",    "big", "cite",  "code", "data", "del",
    "dfn", "em",   "font",    "i",    "img",    "ins",    "kbd", "label", "mark", "nobr", "q",
    "s",   "samp", "small",   "span", "strike", "strong", "sub", "sup",   "time", "u",    "wbr"};

// Controls, players and what the head holds.
constexpr std::array<std::string_view, 14> kUnseen = {"audio",
                                                      "button",
                                                      "canvas",
                                                      "head",
                                                      "input",
                                                      "link",
                                                      "map",
                                                      "meta",
                                                      "option",
                                                      "picture",
                                                      "rp",
                                                      "script",
                                                      "template",
                                                      "video"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

BlockKind kind_of(std::string_view tag) {
  if (tag == "p") return BlockKind::paragraph;
  if (tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') return BlockKind::heading;
  if (tag == "li" || tag == "dd" || tag == "dt") return BlockKind::item;
  if (tag == "td" || tag == "th") return BlockKind::cell;
  return BlockKind::loose;
}

// Bytes of white space at the front: ASCII's, and the no-break space.
std::size_t blank_length(std::string_view text) {
  const char c = text.front();
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  return text.starts_with("\xC2\xA0") ? 2 : 0;
}

class Layouter {
 public:
  HtmlLayout lay_out(const XmlNode& top) && {
    XmlNode at = top;
    while (true) {
      if (const XmlNode below = enter(at) ? at.first() : XmlNode()) {
        at = below;
        continue;
      }
      leave(at);
      while (at != top && !at.next()) {
        at = at.parent();
        leave(at);
      }
      if (at == top) break;
      at = at.next();
    }
    return std::move(layout_);
  }

 private:
  // Whether to go on with what is in it.
  bool enter(const XmlNode& node) {
    if (node.is_text()) {
      add(node.content());
      return false;
    }
    const std::string_view tag = node.name();
    if (!layout_.boxes.empty() && is_one_of(kUnseen, tag)) return false;
    if (!layout_.boxes.empty() && is_one_of(kInline, tag)) {
      if (tag == "a") ++links_;
      return true;
    }
    if (tag == "br") {
      line_break();
      return false;
    }
    end_block();
    const std::size_t parent = open_.empty() ? 0 : open_.back();
    open_.push_back(layout_.boxes.size());
    layout_.boxes.push_back({node, parent, layout_.blocks.size(), 0, hint_of(node)});
    return true;
  }

  void leave(const XmlNode& node) {
    if (node.is_text()) return;
    if (links_ > 0 && node.name() == "a") --links_;
    if (open_.empty() || layout_.boxes[open_.back()].element != node) return;
    end_block();
    layout_.boxes[open_.back()].last = layout_.blocks.size();
    open_.pop_back();
  }

  void add(std::string_view text) {
    while (!text.empty()) {
      if (const std::size_t blank = blank_length(text)) {
        is_blank_due_ = true;
        text.remove_prefix(blank);
        continue;
      }
      std::size_t size = 1;
      while (size < text.size() && blank_length(text.substr(size)) == 0)
        ++size;
      add_word(text.substr(0, size));
      text.remove_prefix(size);
    }
  }

  void add_word(std::string_view word) {
    const std::size_t before = block_.text.size();
    if (is_blank_due_ && before > 0) block_.text += ' ';
    block_.text += word;
    if (links_ > 0) block_.linked += block_.text.size() - before;
    is_blank_due_ = false;
    is_after_break_ = false;
  }

  // One break is white space in a paragraph, two end it.
  void line_break() {
    if (is_after_break_) end_block();
    is_after_break_ = true;
    is_blank_due_ = true;
  }

  void end_block() {
    is_after_break_ = false;
    is_blank_due_ = false;
    if (block_.text.empty()) return;
    block_.box = open_.back();
    block_.kind = kind_of(layout_.boxes[block_.box].element.name());
    layout_.blocks.push_back(std::move(block_));
    block_ = {};
  }

  HtmlLayout layout_;
  HtmlBlock block_;                // the one being written
  std::vector<std::size_t> open_;  // boxes around it, innermost last
  int links_ = 0;
  bool is_blank_due_ = false;
  bool is_after_break_ = false;
};

}  // namespace

HtmlLayout lay_out(const XmlNode& top) {
  return Layouter().lay_out(top);
}

}  // namespace broadsheet::indexer
