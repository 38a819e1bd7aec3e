// JSONL: one article a line, in the shape README.md shows.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/json_article.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// A longer line is refused without being kept: it bounds the memory a record can take.
inline constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20U;

// True for what begins like a JSON object, and for nothing at all.
[[nodiscard]] bool looks_like_jsonl(std::string_view head);

[[nodiscard]] std::unique_ptr<ArticleReader> open_jsonl(std::unique_ptr<PeekedSource> source,
                                                        const ReaderOptions& options);

}  // namespace broadsheet::indexer
