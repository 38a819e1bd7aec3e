// Article to columns of the catalog's tables: the writing counterpart of read_stored_article().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// What a row needs that the article does not say itself.
struct RowFacts {
  DocId doc_id = 0;
  std::int64_t change_seq = 0;
  std::optional<std::int64_t> source_row;  // source.source_id
  std::string_view content_hash;
  std::optional<std::int64_t> body_hash;  // of shared_bodies.h
  std::int64_t now = 0;                   // seconds since 1970 UTC
};

// Inserts the article with its text and gives back its new row id.
[[nodiscard]] Result<ArticleId> insert_article(sqlite::Database& catalog,
                                               const Article& article,
                                               const RowFacts& facts);

// Replaces row and text, keeping what was there as a revision. The status stays where the article
// was taken down by hand.
[[nodiscard]] Result<void> update_article(sqlite::Database& catalog,
                                          ArticleId article_id,
                                          const Article& article,
                                          const RowFacts& facts);

// The row of a source that has an id.
struct SourceRow {
  std::int64_t row = 0;
  bool is_renamed = false;  // its articles are indexed under another name
};

// The row of a source, made when it is new. A name that was only the id is replaced by a better
// one.
[[nodiscard]] Result<SourceRow> source_row(sqlite::Database& catalog, const Source& source);

}  // namespace broadsheet::indexer
