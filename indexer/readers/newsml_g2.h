// NewsML-G2: news items, alone or in a message. Other items of the family hold no articles.
#pragma once

#include <string_view>
#include <vector>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// True for the names of outermost elements of the family.
[[nodiscard]] bool is_newsml_g2(std::string_view root);

// The articles of a document. Where it holds none, one refusal for each thing it holds; beside
// articles such things are left out, and the first article tells so. A single article takes the
// first picture that came with it.
[[nodiscard]] std::vector<RawArticle> read_newsml_g2(XmlNode root);

}  // namespace broadsheet::indexer
