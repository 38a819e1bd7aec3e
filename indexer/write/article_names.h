// The names by which an article is found when it comes in again: ids, what feeds call their items,
// URLs.
#pragma once

#include <string>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

struct IncomingArticle;  // catalog_writer.h

// The id under which the article is to be stored: its own; else that of the article which has its
// feed's word for it as a name; else that of the newest article seen under its URL (or under the
// one it has without the dress of a phone or of AMP), unless an article there is another item of
// the same feed; else the fallback.
[[nodiscard]] Result<std::string> id_of(sqlite::Database& catalog, const IncomingArticle& incoming);

// Adds the names under which the article can be found from now on. Inside the caller's transaction.
[[nodiscard]] Result<void> keep_names(sqlite::Database& catalog,
                                      ArticleId article_id,
                                      const IncomingArticle& incoming);

}  // namespace broadsheet::indexer
