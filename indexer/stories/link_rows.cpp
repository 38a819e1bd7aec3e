// One statement each; every one compiled once.
#include "indexer/stories/link_rows.h"

namespace broadsheet::indexer {
namespace {

Result<void> run_for(sqlite::Database& catalog, std::string_view sql, ArticleId article_id) {
  auto statement = catalog.statement(sql);
  if (!statement) return pass_on(statement.error());
  return (*statement)->bind(1, article_id).run();
}

// ?2: the new value, NULL for 0; ?3: the last number of a change committed; ?4: the next one.
Result<void> set_member(sqlite::Database& catalog,
                        std::string_view sql,
                        ArticleId article_id,
                        std::int64_t value,
                        ChangeNumbers numbers) {
  auto update = catalog.statement(sql);
  if (!update) return pass_on(update.error());
  const sqlite::StatementReset reset(**update);
  const auto or_null = value == 0 ? std::nullopt : std::optional(value);
  (*update)
      ->bind(1, article_id)
      .bind(2, or_null)
      .bind(3, numbers.committed)
      .bind(4, numbers.last + 1);
  auto row = (*update)->step();
  if (!row) return pass_on(row.error());
  if (*row && (*update)->integer(0) == numbers.last + 1) ++numbers.last;
  return {};
}

}  // namespace

Result<void> write_link(sqlite::Database& catalog, const LinkRow& row) {
  auto insert = catalog.statement(
      "INSERT OR REPLACE INTO article_link (article_id, shelf, shingles, words) "
      "VALUES (?1, ?2, ?3, ?4)");
  if (!insert) return pass_on(insert.error());
  const std::string shingles = to_bytes(row.fingerprint);
  const std::string words = to_bytes(row.words);
  (*insert)->bind(1, row.article_id).bind(2, row.shelf);
  return (*insert)->bind_blob(3, shingles).bind_blob(4, words).run();
}

Result<std::optional<LinkRow>> read_link(sqlite::Database& catalog, ArticleId article_id) {
  auto select =
      catalog.statement("SELECT shelf, shingles, words FROM article_link WHERE article_id = ?1");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, article_id).step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<LinkRow>();
  return std::optional(LinkRow{article_id,
                               (*select)->optional_integer(0),
                               fingerprint_from((*select)->blob(1)),
                               word_vector_from((*select)->blob(2))});
}

Result<void> remove_link(sqlite::Database& catalog, ArticleId article_id) {
  return run_for(catalog, "DELETE FROM article_link WHERE article_id = ?1", article_id);
}

Result<void> set_link_shelf(sqlite::Database& catalog,
                            ArticleId article_id,
                            const std::optional<std::int64_t>& shelf) {
  auto update = catalog.statement("UPDATE article_link SET shelf = ?2 WHERE article_id = ?1");
  if (!update) return pass_on(update.error());
  return (*update)->bind(1, article_id).bind(2, shelf).run();
}

Result<Membership> membership_of(sqlite::Database& catalog, ArticleId article_id) {
  auto select =
      catalog.statement("SELECT story_id, duplicate_group FROM article WHERE article_id = ?1");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, article_id).step();
  if (!row) return pass_on(row.error());
  if (!*row) return Membership{};
  return Membership{(*select)->integer(0), (*select)->integer(1)};
}

Result<void> set_story(sqlite::Database& catalog,
                       ArticleId article_id,
                       std::int64_t story,
                       ChangeNumbers numbers) {
  return set_member(catalog,
                    "UPDATE article SET story_id = ?2, change_seq = iif(change_seq <= ?3, ?4, "
                    "change_seq) WHERE article_id = ?1 AND story_id IS NOT ?2 RETURNING change_seq",
                    article_id,
                    story,
                    numbers);
}

Result<void> set_group(sqlite::Database& catalog,
                       ArticleId article_id,
                       std::int64_t group,
                       ChangeNumbers numbers) {
  return set_member(catalog,
                    "UPDATE article SET duplicate_group = ?2, change_seq = iif(change_seq <= ?3, "
                    "?4, change_seq) WHERE article_id = ?1 AND duplicate_group IS NOT ?2 "
                    "RETURNING change_seq",
                    article_id,
                    group,
                    numbers);
}

Result<std::vector<ArticleId>> read_ids(sqlite::Statement& select) {
  std::vector<ArticleId> ids;
  auto read = select.for_each_row([&]() -> Result<void> {
    ids.push_back(select.integer(0));
    return {};
  });
  if (!read) return pass_on(read.error());
  return ids;
}

Result<void> add_due(sqlite::Database& catalog, ArticleId article_id) {
  return run_for(catalog, "INSERT OR IGNORE INTO link_due (article_id) VALUES (?1)", article_id);
}

Result<std::vector<ArticleId>> first_due(sqlite::Database& catalog, std::int64_t most) {
  auto select = catalog.statement("SELECT article_id FROM link_due ORDER BY article_id LIMIT ?1");
  if (!select) return pass_on(select.error());
  return read_ids((*select)->bind(1, most));
}

Result<void> remove_due(sqlite::Database& catalog, ArticleId article_id) {
  return run_for(catalog, "DELETE FROM link_due WHERE article_id = ?1", article_id);
}

Result<CountedWords> read_word_counts(sqlite::Database& catalog) {
  auto select = catalog.statement("SELECT counted_to, articles, words FROM word_count");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->step();
  if (!row) return pass_on(row.error());
  if (!*row) return CountedWords{};
  return CountedWords{WordCounts::from((*select)->integer(1), (*select)->blob(2)),
                      (*select)->integer(0)};
}

Result<void> write_word_counts(sqlite::Database& catalog, const CountedWords& words) {
  if (auto done = catalog.execute("DELETE FROM word_count"); !done) return done;
  auto insert =
      catalog.statement("INSERT INTO word_count (counted_to, articles, words) VALUES (?1, ?2, ?3)");
  if (!insert) return pass_on(insert.error());
  const std::string bytes = words.counts.to_bytes();
  (*insert)->bind(1, words.counted_to).bind(2, words.counts.articles());
  return (*insert)->bind_blob(3, bytes).run();
}

}  // namespace broadsheet::indexer
