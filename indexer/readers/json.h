// JSON documents: one article, several one behind the other, an array of them, or an object that
// wraps such an array, as APIs answer. Members are known by a map or by the names in common use.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// True for an array, and for an object over several lines or one that wraps an array of articles.
[[nodiscard]] bool looks_like_json(std::string_view head);

[[nodiscard]] std::unique_ptr<ArticleReader> open_json(std::unique_ptr<PeekedSource> source,
                                                       const ReaderOptions& options);

}  // namespace broadsheet::indexer
