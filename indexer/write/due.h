// What in the catalog asks for work on the index, looked at without the lock.
#pragma once

#include <cstdint>
#include <optional>

#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

struct CatalogState {
  std::int64_t change_seq = 0;  // the last one given out
  // When the next embargo ends or the next article expires, seconds since 1970 UTC; may have
  // passed.
  std::optional<std::int64_t> next_due;
};

[[nodiscard]] Result<CatalogState> catalog_state(sqlite::Database& catalog);

}  // namespace broadsheet::indexer
