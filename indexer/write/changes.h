// From catalog rows to index parts: every change after a given one, in order.
#pragma once

#include <cstdint>
#include <filesystem>

#include "indexer/write/parts.h"
#include "indexer/write/progress.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Applies what changed in the catalog to an index. References are borrowed. Not thread-safe.
class ChangeApplier {
 public:
  // `applied_seq`: the last change the index holds already.
  ChangeApplier(sqlite::Database& catalog, PartsWriter& writer, std::int64_t applied_seq);

  // Applies and commits all later changes, in batches; nothing to do costs one look. Returns how
  // many articles were written or removed. `now` decides visibility, seconds since 1970 UTC.
  // interrupted: `progress` said so; the batches before it are committed.
  [[nodiscard]] Result<std::uint64_t> apply(std::int64_t now, const BuildProgress& progress = {});

  [[nodiscard]] std::int64_t applied_seq() const { return applied_seq_; }

 private:
  Result<std::uint64_t> apply_retired(std::int64_t up_to);
  Result<std::uint64_t> apply_rows(std::int64_t up_to, std::int64_t now);

  sqlite::Database& catalog_;
  PartsWriter& writer_;
  std::int64_t applied_seq_;
};

// Visible articles in the catalog.
[[nodiscard]] Result<std::uint64_t> count_visible(sqlite::Database& catalog, std::int64_t now);

}  // namespace broadsheet::indexer
