// Finds articles by the smallest shingles of their texts.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "indexer/stories/fingerprint.h"
#include "schema/doc_id.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Articles of late are in memory, all others in table shingle_key, where they go many at once and
// in order: one by one would write most of its pages anew with every commit. Borrows the catalog;
// writes inside the caller's transaction.
class ShingleIndex {
 public:
  explicit ShingleIndex(sqlite::Database& catalog) : catalog_(catalog) {}

  // An article that nobody has looked for yet. settle() puts it into the table.
  void add_recent(ArticleId article_id, Fingerprint fingerprint);
  // One that is older than those in the table.
  [[nodiscard]] Result<void> add_settled(ArticleId article_id, const Fingerprint& fingerprint);
  [[nodiscard]] Result<void> remove(ArticleId article_id, const Fingerprint& fingerprint);

  // The near-duplicates of a text but for `self`, the most alike first; a few of many.
  [[nodiscard]] Result<std::vector<ArticleId>> duplicates_of(ArticleId self,
                                                             const Fingerprint& fingerprint);

  // Puts all recent articles into the table.
  [[nodiscard]] Result<void> settle();
  // Leaves the recent ones out of mind.
  void forget();

 private:
  [[nodiscard]] Result<void> add_holders(std::uint32_t key,
                                         std::unordered_map<ArticleId, int>& holders);
  [[nodiscard]] Result<Fingerprint> fingerprint_of(ArticleId article_id);
  [[nodiscard]] Result<void> run_for_keys(std::string_view sql,
                                          ArticleId article_id,
                                          const Fingerprint& fingerprint);

  sqlite::Database& catalog_;
  std::unordered_map<ArticleId, Fingerprint> recent_;
  std::unordered_map<std::uint32_t, std::vector<ArticleId>> recent_by_key_;
};

}  // namespace broadsheet::indexer
