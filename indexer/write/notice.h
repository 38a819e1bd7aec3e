// Articles that are only told of: an entry of a sitemap, an item of a feed with a description, a
// wire's kill, a page whose text was not found. They add to what is known, and erase nothing.
#pragma once

#include <optional>
#include <string_view>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// What an article that is only told of does not say itself.
struct Notice {
  bool has_status = false;  // its status is the source's word, not merely the usual one
};

// An article of the catalog as its source has sent it: the status is the source's, whatever was
// done by hand. Empty: there is none, or it was erased.
[[nodiscard]] Result<std::optional<Article>> article_as_sent(sqlite::Database& catalog,
                                                             std::string_view id);

// `known` with every member that `told` has; those it lacks stay. Of the two texts the longer one
// stays, with its language. What was concluded from the rest is left out, to be concluded anew.
[[nodiscard]] Article with_notice(Article known, const Article& told, const Notice& notice);

}  // namespace broadsheet::indexer
