// What in the catalog asks for work on the index.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schema/doc_id.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

struct CatalogState {
  std::int64_t change_seq = 0;  // the last one given out
  // When the next embargo ends or the next article expires, seconds since 1970 UTC; may have
  // passed.
  std::optional<std::int64_t> next_due;
};

// Looked at without the lock.
[[nodiscard]] Result<CatalogState> catalog_state(sqlite::Database& catalog);

// Articles whose embargo ended or whose expiry passed after `since`, until `now`; seconds since
// 1970 UTC.
[[nodiscard]] Result<std::vector<ArticleId>> due_between(sqlite::Database& catalog,
                                                         std::int64_t since,
                                                         std::int64_t now);

}  // namespace broadsheet::indexer
