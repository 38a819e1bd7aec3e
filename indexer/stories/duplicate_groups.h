// Groups of near-duplicates: who is in which, and who stands for it.
#pragma once

#include <vector>

#include "indexer/stories/link_rows.h"
#include "schema/article.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Works inside the caller's transaction. Borrows everything.
class DuplicateGroups {
 public:
  DuplicateGroups(sqlite::Database& catalog, ChangeNumbers numbers)
      : catalog_(catalog), numbers_(numbers) {}

  // Puts an article among its near-duplicates, the most alike first; those of several groups become
  // one. Without any it leaves the group it is in. Nothing is written where nothing changes.
  [[nodiscard]] Result<void> place(ArticleId article_id,
                                   std::int64_t group_now,
                                   const std::vector<ArticleId>& duplicates);

  // Takes an article out of its group; a group of one is none.
  [[nodiscard]] Result<void> leave(ArticleId article_id, std::int64_t group);

 private:
  [[nodiscard]] Result<std::vector<ArticleId>> members(std::int64_t group);
  // The groups that these articles are in; an article's group once for each.
  [[nodiscard]] Result<std::vector<std::int64_t>> groups_of(const std::vector<ArticleId>& articles);
  [[nodiscard]] Result<std::int64_t> found(ArticleId first, ArticleId second);
  // Makes one group of these groups and of the articles in none.
  [[nodiscard]] Result<void> unite(std::int64_t group,
                                   std::vector<std::int64_t> groups,
                                   const std::vector<ArticleId>& articles);
  [[nodiscard]] Result<void> merge(std::int64_t from, std::int64_t into);
  [[nodiscard]] Result<void> choose_representative(std::int64_t group);
  [[nodiscard]] Result<void> remove(std::int64_t group);

  sqlite::Database& catalog_;
  ChangeNumbers numbers_;
};

}  // namespace broadsheet::indexer
