// Where a web page says its feeds are: for those who were given the page instead.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// The addresses of a page's `link rel="alternate"` of a feed's type, resolved, each once, ten at
// most. Empty for what is no web page. Never throws.
[[nodiscard]] std::vector<std::string> feed_links_of(std::string_view bytes,
                                                     const ReaderOptions& options);

// Whether bytes are a web page, as far as their beginning tells.
[[nodiscard]] bool is_web_page(std::string_view bytes);

}  // namespace broadsheet::indexer
