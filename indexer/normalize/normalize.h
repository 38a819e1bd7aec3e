// RawArticle to Article: the one place where what a source said is judged. What can be mended is
// mended and noted; only a record that is no article is refused.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "indexer/readers/reader.h"
#include "schema/article.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// A longer body is refused: it is not an article, and it would not fit a request.
inline constexpr std::size_t kMaxBodyBytes = std::size_t{4} << 20U;

struct NormalizeOptions {
  std::string default_source;  // for records that name none; may be empty
  std::int64_t now = 0;        // seconds since 1970 UTC: dates are judged by it
  // By id of the source: the language of texts that do not tell theirs. May be null.
  const std::map<std::string, std::string>* source_languages = nullptr;
};

// Adds what can be concluded from the rest where the source says nothing: a sentence as summary, a
// kicker. Costs as much as all of normalize(); no part of the content hash, so it may wait until an
// article proves to be new. Thread-safe.
void conclude(Article& article);

struct NormalizedArticle {
  Article article;            // without an id when the source gave none
  std::string fallback_id;    // the id of an article that came without, unless its URL is known
  std::string canonical_url;  // of article.url; may be empty
  std::string original_id;    // the id as the source wrote it where ours differs; else empty
  std::string id_of_feed;     // the feed whose word original_id is; else empty
  std::vector<std::string> repairs;  // what was mended, in words
  // The text did not come, or only a piece of it: what is missing may be known from elsewhere.
  bool is_notice = false;
  bool has_status = false;  // the source says a status, or one was concluded from a doubt
};

// Leaves what conclude() adds to it. Thread-safe. invalid_argument: the record is refused, and why.
[[nodiscard]] Result<NormalizedArticle> normalize(RawArticle raw, const NormalizeOptions& options);

}  // namespace broadsheet::indexer
