// The settings are columns of table source, beside what the articles themselves said of it.
#include "indexer/write/source_registry.h"

#include <cmath>

namespace broadsheet::indexer {
namespace {

Result<std::optional<std::int64_t>> find_source(sqlite::Database& catalog, std::string_view id) {
  auto select = catalog.statement("SELECT source_id FROM source WHERE id = ?1");
  if (!select) return pass_on(select.error());
  const sqlite::StatementReset reset(**select);
  auto row = (*select)->bind(1, id).step();
  if (!row) return pass_on(row.error());
  return *row ? std::optional((*select)->integer(0)) : std::nullopt;
}

Result<std::int64_t> make_source(sqlite::Database& catalog,
                                 std::string_view id,
                                 std::string_view name) {
  auto insert = catalog.statement("INSERT INTO source (id, name) VALUES (?1, ?2)");
  if (!insert) return pass_on(insert.error());
  if (auto done = (*insert)->bind(1, id).bind(2, name).run(); !done) return pass_on(done.error());
  return catalog.last_row_id();
}

Result<void> set_text(sqlite::Database& catalog,
                      std::string_view sql,
                      std::int64_t source,
                      const std::optional<std::string>& value) {
  if (!value) return {};
  auto update = catalog.statement(sql);
  if (!update) return pass_on(update.error());
  return (*update)->bind(1, source).bind_text_or_null(2, *value).run();
}

// Whether the value was another one before.
Result<bool> set_blocked(sqlite::Database& catalog, std::int64_t source, bool blocked) {
  auto update =
      catalog.statement("UPDATE source SET blocked = ?2 WHERE source_id = ?1 AND blocked <> ?2");
  if (!update) return pass_on(update.error());
  auto done = (*update)->bind(1, source).bind(2, std::int64_t{blocked}).run();
  if (!done) return pass_on(done.error());
  if (catalog.changes() == 0) return false;
  auto link = catalog.statement(
      "INSERT OR IGNORE INTO link_due SELECT article_id FROM article WHERE source_id = ?1");
  if (!link) return pass_on(link.error());
  if (done = (*link)->bind(1, source).run(); !done) return pass_on(done.error());
  return true;
}

Result<bool> set_name(sqlite::Database& catalog, std::int64_t source, std::string_view name) {
  auto update =
      catalog.statement("UPDATE source SET name = ?2 WHERE source_id = ?1 AND name <> ?2");
  if (!update) return pass_on(update.error());
  auto done = (*update)->bind(1, source).bind(2, name).run();
  if (!done) return pass_on(done.error());
  return catalog.changes() > 0;
}

// As thousandths: SQLite's bindings here know whole numbers and texts.
Result<void> set_weight(sqlite::Database& catalog, std::int64_t source, double weight) {
  auto update = catalog.statement("UPDATE source SET weight = ?2 / 1000.0 WHERE source_id = ?1");
  if (!update) return pass_on(update.error());
  const std::int64_t thousandths = std::llround(weight * 1000);
  return (*update)->bind(1, source).bind(2, thousandths).run();
}

// Articles in no language of their own, or in the one assumed so far.
Result<bool> give_language(sqlite::Database& catalog,
                           std::int64_t source,
                           std::string_view language) {
  auto update = catalog.statement(
      "UPDATE article SET language = ?2, language_confidence = iif(?2 IS NULL, NULL, 0) "
      "WHERE source_id = ?1 AND status <> 4 AND (language IS NULL OR language_confidence = 0) "
      "AND language IS NOT ?2");
  if (!update) return pass_on(update.error());
  auto done = (*update)->bind(1, source).bind_text_or_null(2, language).run();
  if (!done) return pass_on(done.error());
  return catalog.changes() > 0;
}

// Whether articles are to be shown otherwise from now on.
Result<bool> apply(sqlite::Database& catalog, std::int64_t source, const SourceSettings& settings) {
  bool is_seen = false;
  const auto note = [&is_seen](const Result<bool>& changed) -> Result<void> {
    if (!changed) return pass_on(changed.error());
    is_seen = is_seen || *changed;
    return {};
  };
  Result<void> done =
      set_text(catalog, "UPDATE source SET home = ?2 WHERE source_id = ?1", source, settings.home);
  if (done) {
    done = set_text(
        catalog, "UPDATE source SET language = ?2 WHERE source_id = ?1", source, settings.language);
  }
  if (done && settings.weight) done = set_weight(catalog, source, *settings.weight);
  if (done && settings.name) done = note(set_name(catalog, source, *settings.name));
  if (done && settings.blocked) done = note(set_blocked(catalog, source, *settings.blocked));
  if (done && settings.language) done = note(give_language(catalog, source, *settings.language));
  if (!done) return pass_on(done.error());
  return is_seen;
}

}  // namespace

Result<std::vector<RegisteredSource>> list_sources(sqlite::Database& catalog) {
  auto select = catalog.statement(
      "SELECT s.id, s.name, s.home, s.language, CAST(round(s.weight * 1000) AS INTEGER), "
      "s.blocked, (SELECT count(*) FROM article a WHERE a.source_id = s.source_id) "
      "FROM source s ORDER BY s.id");
  if (!select) return pass_on(select.error());
  std::vector<RegisteredSource> sources;
  auto read = (*select)->for_each_row([&]() -> Result<void> {
    const sqlite::Statement& row = **select;
    sources.push_back({std::string(row.text(0)),
                       std::string(row.text(1)),
                       std::string(row.text(2)),
                       std::string(row.text(3)),
                       static_cast<double>(row.integer(4)) / 1000,
                       row.integer(5) != 0,
                       row.integer(6)});
    return {};
  });
  if (!read) return pass_on(read.error());
  return sources;
}

Result<bool> set_source(sqlite::Database& catalog,
                        std::string_view id,
                        const SourceSettings& settings,
                        std::int64_t& change_seq) {
  auto source = find_source(catalog, id);
  if (!source) return pass_on(source.error());
  if (!*source && !settings.name) return false;
  auto row = *source ? Result<std::int64_t>(**source) : make_source(catalog, id, *settings.name);
  if (!row) return pass_on(row.error());
  auto is_seen = apply(catalog, *row, settings);
  if (!is_seen) return pass_on(is_seen.error());
  if (*is_seen) {
    auto done = touch_articles_of(catalog, *row, change_seq);
    if (!done) return pass_on(done.error());
  }
  return true;
}

Result<std::map<std::string, std::string>> source_languages(sqlite::Database& catalog) {
  auto select = catalog.statement("SELECT id, language FROM source WHERE language IS NOT NULL");
  if (!select) return pass_on(select.error());
  std::map<std::string, std::string> languages;
  auto read = (*select)->for_each_row([&]() -> Result<void> {
    languages.emplace((*select)->text(0), (*select)->text(1));
    return {};
  });
  if (!read) return pass_on(read.error());
  return languages;
}

Result<void> touch_articles_of(sqlite::Database& catalog,
                               std::int64_t source,
                               std::int64_t& change_seq) {
  auto update = catalog.statement(
      "UPDATE article SET change_seq = ?2 + place FROM "
      "(SELECT article_id AS row, row_number() OVER (ORDER BY article_id) AS place "
      "FROM article WHERE source_id = ?1) WHERE article_id = row");
  if (!update) return pass_on(update.error());
  if (auto done = (*update)->bind(1, source).bind(2, change_seq).run(); !done) return done;
  change_seq += catalog.changes();
  return {};
}

}  // namespace broadsheet::indexer
