// A web page as an article.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

[[nodiscard]] bool looks_like_html(std::string_view head);

[[nodiscard]] std::unique_ptr<ArticleReader> open_html(std::unique_ptr<PeekedSource> source,
                                                       const ReaderOptions& options);

// One page: what it says about itself, and its main text. The address is the page's own, else
// `options.base_url`. invalid_argument: no element in it. Never throws.
[[nodiscard]] Result<RawArticle> read_html(std::string_view bytes, const ReaderOptions& options);

}  // namespace broadsheet::indexer
