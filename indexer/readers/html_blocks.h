// A page laid out as a reader sees it: runs of text, one below the other, in boxes within boxes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/readers/html_hints.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

enum class BlockKind { loose, paragraph, heading, item, cell };

// A paragraph: text without a break in it, white space put in order. Lengths are in bytes, which
// happens to be fair: a character of Chinese says about as much as three letters.
struct HtmlBlock {
  std::string text;
  std::size_t linked = 0;  // bytes of it inside links
  std::size_t box = 0;     // the innermost one around it
  BlockKind kind = BlockKind::loose;
};

// An element that begins a new line. Its blocks are neighbours: [first, last).
struct HtmlBox {
  XmlNode element;
  std::size_t parent = 0;  // its own number for the outermost one
  std::size_t first = 0;
  std::size_t last = 0;
  HtmlHint hint = HtmlHint::none;
};

struct HtmlLayout {
  std::vector<HtmlBox> boxes;  // a box comes before those in it; never empty
  std::vector<HtmlBlock> blocks;
};

// The time grows with the nodes below `top`, an element. Text that no reader sees is not there.
[[nodiscard]] HtmlLayout lay_out(const XmlNode& top);

}  // namespace broadsheet::indexer
