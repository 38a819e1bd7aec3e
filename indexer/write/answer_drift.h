// How the answers of one generation differ from those of another: shown to the operator before and
// after a swap, never decisive, for answers may differ for good reasons.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "schema/index.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// The first hits of both generations for a list of queries, compared.
struct AnswerDrift {
  std::uint64_t queries = 0;  // that either answers
  std::uint64_t hits = 0;     // of the live generation, the first ten of each query
  std::uint64_t kept = 0;     // of these, among the first ten of the new one, too
  std::string most_changed;   // the query that lost the most of its hits; empty when none did
  std::uint64_t most_changed_hits = 0;
  std::uint64_t most_changed_kept = 0;
};

// DATA/golden_queries.txt: one query a line, blank lines and those that begin with # aside.
[[nodiscard]] std::filesystem::path golden_queries_path(const std::filesystem::path& data_dir);

// The golden queries, kMostGoldenQueries at most; without such a file, headlines of the catalog
// that lie evenly over it.
inline constexpr std::size_t kMostGoldenQueries = 200;
[[nodiscard]] Result<std::vector<std::string>> drift_queries(const std::filesystem::path& data_dir,
                                                             sqlite::Database& catalog);

// Compares by the stems of each query, in `languages` of the archive, weighted by rarity.
[[nodiscard]] Result<AnswerDrift> answer_drift(const LiveIndex& live,
                                               const LiveIndex& built,
                                               const std::vector<std::string>& queries);

}  // namespace broadsheet::indexer
