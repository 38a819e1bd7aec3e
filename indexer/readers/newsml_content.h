// The text of an article as an element of NewsML holds it: NITF, XHTML, or plain.
#pragma once

#include <string>
#include <string_view>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// Takes the text from what is inside `holder`, markup or text in CDATA; a body that is set stays.
// `type` is its media type, which may be empty. Vocabularies that are no text (events, results) are
// noted and left.
void take_content(XmlNode holder, std::string_view type, RawArticle& raw);

}  // namespace broadsheet::indexer
