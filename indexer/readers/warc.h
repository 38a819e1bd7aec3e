// Web archives: the pages in them as articles.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

[[nodiscard]] bool looks_like_warc(std::string_view head);

// Pages that were answered with success, and pages kept as resources, go through the reader of HTML
// (html.h) with the address they were fetched from. When that was is kept in `extra` as `captured`:
// it tells nothing of when a page was published. All other records are passed over and counted.
[[nodiscard]] std::unique_ptr<ArticleReader> open_warc(std::unique_ptr<PeekedSource> source,
                                                       const ReaderOptions& options);

}  // namespace broadsheet::indexer
