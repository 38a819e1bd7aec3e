// NITF 2.x and 3.x, IPTC's News Industry Text Format: a file of its own, or the text inside NewsML.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

[[nodiscard]] bool looks_like_nitf(std::string_view head);

[[nodiscard]] std::unique_ptr<ArticleReader> open_nitf(std::unique_ptr<PeekedSource> source,
                                                       const ReaderOptions& options);

// Adds what an <nitf> element says to an article; members that are set already stay.
void read_nitf(XmlNode nitf, RawArticle& raw);

}  // namespace broadsheet::indexer
