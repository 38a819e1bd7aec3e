// What the names that page authors give to elements say about what is in them.
#pragma once

#include <string_view>

#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

enum class HtmlHint {
  none,
  content,  // says it is the article's text
  beside,   // says it is something else: wrong on some pages
  foreign,  // says it is what readers wrote, or the frame of the page: hardly ever wrong
};

// By the element's own name, role, class and id. Wordings of many sites, none of one site alone.
[[nodiscard]] HtmlHint hint_of(const XmlNode& element);

}  // namespace broadsheet::indexer
