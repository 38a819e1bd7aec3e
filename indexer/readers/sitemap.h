// Sitemaps with the extension for news: what a site says of its newest articles, without texts.
#pragma once

#include <memory>
#include <string_view>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

[[nodiscard]] bool looks_like_sitemap(std::string_view head);

// Every entry comes out: with a news title as an article, without one as a refusal that has its
// address, as have the sitemaps that an index names. Nothing is fetched.
[[nodiscard]] std::unique_ptr<ArticleReader> open_sitemap(std::unique_ptr<PeekedSource> source,
                                                          const ReaderOptions& options);

}  // namespace broadsheet::indexer
