// One news item of NewsML-G2.
#pragma once

#include <string>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// The class of an item without its scheme: text, picture, composite, ...
[[nodiscard]] std::string g2_class(XmlNode item);

// Reads a <newsItem>; pictures, sound and video come back refused.
[[nodiscard]] RawArticle read_g2_item(XmlNode item);

// Makes a picture's <newsItem> the image of an article that has none.
void take_g2_picture(XmlNode item, RawArticle& raw);

// Takes the text from a <contentSet>: the same content in several forms.
void take_g2_content(XmlNode content, RawArticle& raw);

}  // namespace broadsheet::indexer
