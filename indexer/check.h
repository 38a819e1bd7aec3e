// Compares catalog and index article by article, and mends the index where they differ.
#pragma once

#include <cstdint>
#include <filesystem>

#include "indexer/write/progress.h"
#include "schema/result.h"

namespace broadsheet::indexer {

struct CheckReport {
  std::uint64_t checked = 0;  // visible articles of the catalog
  std::uint64_t missing = 0;  // of these, not in the index
  std::uint64_t stale = 0;    // of these, indexed in an older version
  std::uint64_t extra = 0;    // in the index, but not visible in the catalog
  bool repaired = false;      // the differences above were mended

  [[nodiscard]] std::uint64_t differences() const { return missing + stale + extra; }

  [[nodiscard]] bool is_clean() const { return differences() == 0; }

  // So much differs that a rebuild is quicker than mending article by article.
  [[nodiscard]] bool needs_rebuild() const;
};

enum class Repair { no, yes };

// Compares what is visible at `now` (seconds since 1970 UTC) with the live index. With `yes` every
// difference is indexed anew, in batches; the caller then holds DATA/writer.lock. not_found: there
// is no catalog. interrupted: `progress` said so; the batches before it are mended. An index that
// is absent counts as empty; one that is damaged or of another archive is an error whose hint says
// to rebuild; a damaged catalog is one whose hint says to restore a backup.
[[nodiscard]] Result<CheckReport> check(const std::filesystem::path& data_dir,
                                        std::int64_t now,
                                        Repair repair,
                                        const BuildProgress& progress = {});

}  // namespace broadsheet::indexer
