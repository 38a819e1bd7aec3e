// Plain text from HTML.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// The readable text: tags dropped, block elements as paragraph breaks, references decoded; scripts,
// styles, comments and embedded objects left out with what is in them. Any bytes are taken; the
// time grows with their number alone. White space is left for clean_paragraphs() to put in order.
[[nodiscard]] std::string html_to_text(std::string_view html);

}  // namespace broadsheet::indexer
