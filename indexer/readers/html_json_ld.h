// What a page says about itself in JSON-LD with schema.org's words.
#pragma once

#include <string>
#include <vector>

#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// Reads the texts of all JSON-LD scripts of a page together: the first thing that is an article (of
// any subtype) is read, else a page. Text that is no JSON is left out with a note in `repairs`.
// `body` is the articleBody, often without paragraphs. Never throws.
[[nodiscard]] RawArticle read_json_ld(const std::vector<std::string>& scripts);

}  // namespace broadsheet::indexer
