// The text of a marked-up article (NITF, XHTML) with its paragraphs.
#pragma once

#include <string>

#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// Paragraphs, headings, items of lists and rows of tables, a blank line between them. Pictures with
// their captions, and what is not meant to be read, are left out.
[[nodiscard]] std::string prose_of(XmlNode node);

// What is between the tags of an XHTML element, as HTML; empty where its elements carry prefixes
// that HTML does not know.
[[nodiscard]] std::string html_of(XmlNode node);

}  // namespace broadsheet::indexer
