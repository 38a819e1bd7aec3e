// Tables of articles: CSV by RFC 4180, also with semicolons, tabs or bars. The first row names the
// columns; they are known by a map or by the names in common use.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// More columns are no table of articles.
inline constexpr std::size_t kMaxColumns = 1024;

// True where the first line names a title or a text and something else of an article.
[[nodiscard]] bool looks_like_csv(std::string_view head);

[[nodiscard]] std::unique_ptr<ArticleReader> open_csv(std::unique_ptr<PeekedSource> source,
                                                      const ReaderOptions& options);

}  // namespace broadsheet::indexer
