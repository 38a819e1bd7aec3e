// Ids of articles and sources: what is promised about them.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// The id under which an article is kept: `original` itself if it is [A-Za-z0-9._~-]{1,128}; else
// every other byte becomes "_", it is cut to 100 bytes, and "~" and 12 hex digits of the SHA-256 of
// the original follow. `original` must not be empty.
[[nodiscard]] std::string article_id_from(std::string_view original);

// "u" and 20 hex digits of the SHA-256 of a canonical URL.
[[nodiscard]] std::string article_id_from_url(std::string_view canonical_url);

// "t" and 20 hex digits, for articles with neither id nor URL: from source, title (or the body
// where there is no title) and day ("2025-04-18", or empty).
[[nodiscard]] std::string article_id_from_content(std::string_view source_id,
                                                  std::string_view title_or_body,
                                                  std::string_view day);

// The lower-cased name with every run of characters that are neither letters nor digits as one "-",
// none at the ends. A name without letters and digits gives "s-" and 12 hex digits of its SHA-256.
[[nodiscard]] std::string source_id_from(std::string_view name);

}  // namespace broadsheet::indexer
