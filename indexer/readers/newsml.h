// NewsML, IPTC's envelope for news: version 1 (NewsML) and G2 (newsItem, newsMessage, ...).
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

[[nodiscard]] bool looks_like_newsml(std::string_view head);

[[nodiscard]] std::unique_ptr<ArticleReader> open_newsml(std::unique_ptr<PeekedSource> source,
                                                         const ReaderOptions& options);

}  // namespace broadsheet::indexer
