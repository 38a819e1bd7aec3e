// The main text of a page: which of its blocks are the article.
#pragma once

#include <string>
#include <string_view>

#include "indexer/readers/html_blocks.h"

namespace broadsheet::indexer {

// The article's paragraphs, split by blank lines; empty where the page has none. What repeats
// `title` is left out. Time and memory grow with the layout.
[[nodiscard]] std::string main_text(const HtmlLayout& layout, std::string_view title);

}  // namespace broadsheet::indexer
