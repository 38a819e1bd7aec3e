// The bulk road: the whole catalog into one compacted index part, many times faster than adding
// articles to a growing index. Method and figures: small chunk databases filled side by side,
// joined by compaction.
#pragma once

#include <cstdint>
#include <filesystem>

#include "indexer/write/progress.h"
#include "schema/result.h"

namespace broadsheet::indexer {

struct BulkBuildOptions {
  std::filesystem::path data_dir;
  std::filesystem::path part;  // the folder to make; its parent must exist
  int threads = 2;             // workers, at least 1
  std::int64_t now = 0;        // for visibility, seconds since 1970 UTC
  // Bytes of text that are filled into one database before the next is begun. Of 1.5 MB, 4 and 8
  // the middle size was fastest.
  std::int64_t chunk_bytes = 4'000'000;
};

struct BulkBuildReport {
  std::uint64_t articles = 0;
  // Every change of the catalog up to here is in the part. Later ones may be: apply them again.
  std::int64_t applied_seq = 0;
};

// Builds `part` from all visible articles. Works beside a running writer: the catalog is only read.
// On failure the part is not there. internal: disk full, with how much is missing where that is
// known. interrupted: `progress` said so.
[[nodiscard]] Result<BulkBuildReport> bulk_build(const BulkBuildOptions& options,
                                                 const BuildProgress& progress);

}  // namespace broadsheet::indexer
