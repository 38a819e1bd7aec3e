// Two small queries; the second one is answered by two indexes.
#include "indexer/write/due.h"

#include <spdlog/fmt/fmt.h>

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

}  // namespace broadsheet::indexer
