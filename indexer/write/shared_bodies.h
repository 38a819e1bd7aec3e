// Bodies that stand under more than one title: a source that sent the wrong text, a notice in place
// of an article, the same report under another headline. They are flagged, never refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// A hash of a clean body; empty for one too short to tell one article from another.
[[nodiscard]] std::optional<std::int64_t> body_hash(std::string_view body);

// What a group of articles with the same body needs to know of a row that has just been written.
struct BodyOwner {
  ArticleId article_id = 0;
  std::string_view title;
  std::optional<std::int64_t> body_hash;
};

// To be called once a row is written, its flag not set.
// Flags the article, and all others with its body, when their titles differ. A flag is no change of
// an article: nothing of it is in the index, and what came in of the article stays the same. Costs
// one look-up while the body stands alone.
[[nodiscard]] Result<void> flag_shared_body(sqlite::Database& catalog, const BodyOwner& owner);

// Looks again at those with a body that one of them has no longer, or under another title.
[[nodiscard]] Result<void> review_shared_body(sqlite::Database& catalog, std::int64_t body_hash);

}  // namespace broadsheet::indexer
