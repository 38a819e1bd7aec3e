// From catalog rows to index parts: every change after a given one, in order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "indexer/write/document.h"
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

  ~ChangeApplier();
  ChangeApplier(const ChangeApplier&) = delete;
  ChangeApplier& operator=(const ChangeApplier&) = delete;

  // Applies, commits and publishes all later changes, in batches; nothing to do costs one look.
  // Returns how many articles were written or removed. `now` decides visibility, seconds since 1970
  // UTC. interrupted: `progress` said so; the batches before it are committed.
  [[nodiscard]] Result<std::uint64_t> apply(std::int64_t now, const BuildProgress& progress = {});

 private:
  struct Batch;

  // The changes after `after`, none when nothing is left; their documents are being made.
  Result<std::unique_ptr<Batch>> begin_batch(std::int64_t after, std::int64_t now);
  void make_documents(Batch& batch, std::int64_t now);
  Result<void> read_rows(Batch& batch, std::int64_t after);
  Result<std::uint64_t> apply_retired(std::int64_t up_to);
  // Makes it durable and publishes it; returns as apply().
  Result<std::uint64_t> write(const Batch& batch);

  sqlite::Database& catalog_;
  PartsWriter& writer_;
  std::int64_t applied_seq_;
  DocumentBuilder builder_;  // of the thread that makes documents
};

// corrupt, with the hint to rebuild: the newest part was made from another catalog, or it knows of
// later changes than this one and would never take the next ones.
[[nodiscard]] Result<void> check_same_archive(sqlite::Database& catalog,
                                              const Xapian::Database& newest);

// Visible articles in the catalog.
[[nodiscard]] Result<std::uint64_t> count_visible(sqlite::Database& catalog, std::int64_t now);

}  // namespace broadsheet::indexer
