// Formats whose parts make sense only together: the whole input is read, then its articles are
// given out one by one.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// A larger document is refused. The largest feeds and packages seen are a tenth of it.
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{64} << 20U;

// Reads a document. An article that must be refused carries its refusal; an error means that the
// document as a whole holds nothing to be read. Never throws.
using ReadDocument = Result<std::vector<RawArticle>> (*)(std::string_view bytes,
                                                         const ReaderOptions& options);

[[nodiscard]] std::unique_ptr<ArticleReader> open_document(std::unique_ptr<PeekedSource> source,
                                                           const ReaderOptions& options,
                                                           ReadDocument read);

}  // namespace broadsheet::indexer
