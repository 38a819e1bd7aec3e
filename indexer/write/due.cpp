// Two small queries; the second one is answered by two indexes.
#include "indexer/write/due.h"

#include <spdlog/fmt/fmt.h>

#include "indexer/stories/link_rows.h"
#include "indexer/write/visible.h"

namespace broadsheet::indexer {

Result<CatalogState> catalog_state(sqlite::Database& catalog) {
  auto seq =
      catalog.query_integer("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change_seq'");
  if (!seq) return pass_on(seq.error());
  auto due = catalog.query_integer(
      fmt::format("WITH checked AS (SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta "
                  "WHERE key = '{}'), 0) AS time) SELECT min(due) FROM ("
                  "SELECT min(embargoed_until) AS due FROM article "
                  "WHERE embargoed_until > (SELECT time FROM checked) UNION ALL "
                  "SELECT min(expires) FROM article WHERE expires > (SELECT time FROM checked))",
                  kVisibilityKey));
  if (!due) return pass_on(due.error());
  return CatalogState{seq->value_or(0), *due};
}

Result<std::vector<ArticleId>> due_between(sqlite::Database& catalog,
                                           std::int64_t since,
                                           std::int64_t now) {
  auto due = catalog.statement(
      "SELECT article_id FROM article WHERE embargoed_until > ?1 AND embargoed_until <= ?2 "
      "UNION SELECT article_id FROM article WHERE expires > ?1 AND expires <= ?2");
  if (!due) return pass_on(due.error());
  return read_ids((*due)->bind(1, since).bind(2, now));
}

}  // namespace broadsheet::indexer
