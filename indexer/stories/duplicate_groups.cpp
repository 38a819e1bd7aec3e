// A group bears the number of the article that founded it, also when that has left.
#include "indexer/stories/duplicate_groups.h"

#include <algorithm>

namespace broadsheet::indexer {

Result<std::vector<ArticleId>> DuplicateGroups::members(std::int64_t group) {
  auto select = catalog_.statement("SELECT article_id FROM article WHERE duplicate_group = ?1");
  if (!select) return pass_on(select.error());
  return read_ids((*select)->bind(1, group));
}

// Published first, and of those the most complete; without a date last.
Result<void> DuplicateGroups::choose_representative(std::int64_t group) {
  auto update = catalog_.statement(
      "INSERT OR REPLACE INTO duplicate_group (group_id, representative) "
      "SELECT ?1, article_id FROM article WHERE duplicate_group = ?1 "
      "ORDER BY published IS NULL, published, body_bytes DESC, article_id LIMIT 1");
  if (!update) return pass_on(update.error());
  return (*update)->bind(1, group).run();
}

Result<void> DuplicateGroups::remove(std::int64_t group) {
  auto statement = catalog_.statement("DELETE FROM duplicate_group WHERE group_id = ?1");
  if (!statement) return pass_on(statement.error());
  return (*statement)->bind(1, group).run();
}

// The number of one of them that no group bears: a founder that came back may find its own taken.
Result<std::int64_t> DuplicateGroups::found(ArticleId first, ArticleId second) {
  auto taken = catalog_.statement("SELECT 1 FROM duplicate_group WHERE group_id = ?1");
  if (!taken) return pass_on(taken.error());
  const sqlite::StatementReset reset(**taken);
  auto row = (*taken)->bind(1, first).step();
  if (!row) return pass_on(row.error());
  const std::int64_t group = *row ? second : first;
  if (auto done = set_group(catalog_, first, group, numbers_); !done) return pass_on(done.error());
  return group;
}

Result<void> DuplicateGroups::merge(std::int64_t from, std::int64_t into) {
  auto all = members(from);
  if (!all) return pass_on(all.error());
  for (const ArticleId member : *all) {
    if (auto done = set_group(catalog_, member, into, numbers_); !done) return done;
  }
  return remove(from);
}

Result<void> DuplicateGroups::place(ArticleId article_id,
                                    std::int64_t group_now,
                                    const std::vector<ArticleId>& duplicates) {
  auto groups = groups_of(duplicates);
  if (!groups) return pass_on(groups.error());
  const bool stays = std::find(groups->begin(), groups->end(), group_now) != groups->end();
  if (group_now != 0 && !stays) {
    if (auto done = leave(article_id, group_now); !done) return done;
  }
  if (duplicates.empty()) return {};
  std::int64_t group = stays ? group_now : groups->empty() ? 0 : groups->front();
  if (group == 0) {
    auto founded = found(duplicates.front(), article_id);
    if (!founded) return pass_on(founded.error());
    group = *founded;
  }
  if (auto done = set_group(catalog_, article_id, group, numbers_); !done) return done;
  if (auto done = unite(group, *std::move(groups), duplicates); !done) return done;
  return choose_representative(group);
}

Result<std::vector<std::int64_t>> DuplicateGroups::groups_of(
    const std::vector<ArticleId>& articles) {
  std::vector<std::int64_t> groups;
  for (const ArticleId article : articles) {
    auto membership = membership_of(catalog_, article);
    if (!membership) return pass_on(membership.error());
    if (membership->duplicate_group != 0) groups.push_back(membership->duplicate_group);
  }
  return groups;
}

Result<void> DuplicateGroups::unite(std::int64_t group,
                                    std::vector<std::int64_t> groups,
                                    const std::vector<ArticleId>& articles) {
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  for (const std::int64_t other : groups) {
    if (other == group) continue;
    if (auto done = merge(other, group); !done) return done;
  }
  for (const ArticleId article : articles) {
    if (auto done = set_group(catalog_, article, group, numbers_); !done) return done;
  }
  return {};
}

Result<void> DuplicateGroups::leave(ArticleId article_id, std::int64_t group) {
  if (group == 0) return {};
  if (auto done = set_group(catalog_, article_id, 0, numbers_); !done) return done;
  auto rest = members(group);
  if (!rest) return pass_on(rest.error());
  if (rest->size() >= 2) return choose_representative(group);
  for (const ArticleId last : *rest) {
    if (auto done = set_group(catalog_, last, 0, numbers_); !done) return done;
  }
  return remove(group);
}

}  // namespace broadsheet::indexer
