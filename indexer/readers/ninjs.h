// ninjs 1.x to 3.x, IPTC's News in JSON: one item a file, one a line, one after another, or an
// array of them.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// True where the first object has members that only ninjs has, or says that it is ninjs.
[[nodiscard]] bool looks_like_ninjs(std::string_view head);

[[nodiscard]] std::unique_ptr<ArticleReader> open_ninjs(std::unique_ptr<PeekedSource> source,
                                                        const ReaderOptions& options);

// Reads one item. Never throws; what is no article comes back with its refusal.
[[nodiscard]] RawArticle parse_ninjs(std::string_view item);

}  // namespace broadsheet::indexer
