// NewsML 1.x: an envelope with news items, each a tree of components.
#pragma once

#include <vector>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// The articles of a <NewsML> element, one for each news item, nested ones too; an item without a
// text comes with its refusal.
[[nodiscard]] std::vector<RawArticle> read_newsml_1(XmlNode root);

}  // namespace broadsheet::indexer
