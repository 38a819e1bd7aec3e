// What a page says about itself: JSON-LD, OpenGraph, Dublin Core, Parsely and other meta elements,
// and marks in its text.
#pragma once

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// Everything but the text: `body` is only what JSON-LD gives as such. Members that the page does
// not name are absent. Never throws.
[[nodiscard]] RawArticle read_metadata(const XmlNode& root);

}  // namespace broadsheet::indexer
