// The row of an erased article stays: mirrors learn of it by its change, and it is known when it
// comes in again.
#include "indexer/write/takedown.h"

#include <optional>
#include <utility>
#include <vector>

#include "indexer/stories/link_rows.h"
#include "indexer/write/shared_bodies.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

constexpr auto kErased = static_cast<std::int64_t>(Status::erased);

// What a takedown needs to know of an article.
struct Target {
  ArticleId article_id = 0;
  bool is_erased = false;
  bool is_down = false;  // by hand
  Status source_status = Status::usable;
  std::optional<std::int64_t> body_hash;
};

Result<std::optional<Target>> find(sqlite::Database& catalog, std::string_view id) {
  auto statement = catalog.statement(
      "SELECT article_id, status, status_reason IS NOT NULL, source_status, body_hash FROM article "
      "WHERE article_id = coalesce((SELECT article_id FROM article WHERE id = ?1), "
      "(SELECT article_id FROM article_alias WHERE alias = ?1))");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  auto row = (*statement)->bind(1, id).step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<Target>();
  return std::optional(Target{(*statement)->integer(0),
                              (*statement)->integer(1) == kErased,
                              (*statement)->integer(2) != 0,
                              static_cast<Status>((*statement)->integer(3)),
                              (*statement)->optional_integer(4)});
}

Result<void> run_for(sqlite::Database& catalog, const char* sql, ArticleId article_id) {
  auto statement = catalog.statement(sql);
  if (!statement) return pass_on(statement.error());
  return (*statement)->bind(1, article_id).run();
}

// Puts the hashes of an article's URLs in their place.
Result<void> hide_urls(sqlite::Database& catalog, ArticleId article_id) {
  auto select = catalog.statement("SELECT url FROM article_url WHERE article_id = ?1");
  if (!select) return pass_on(select.error());
  std::vector<std::string> urls;
  (*select)->bind(1, article_id);
  auto read = (*select)->for_each_row([&]() -> Result<void> {
    urls.emplace_back((*select)->text(0));
    return {};
  });
  if (!read) return read;
  auto update =
      catalog.statement("UPDATE article_url SET url = ?3 WHERE url = ?2 AND article_id = ?1");
  if (!update) return pass_on(update.error());
  for (const std::string& url : urls) {
    const std::string hidden = erased_url(url);
    auto done = (*update)->bind(1, article_id).bind(2, url).bind(3, hidden).run();
    if (!done) return done;
  }
  return {};
}

}  // namespace

Result<bool> withdraw_article(sqlite::Database& catalog,
                              std::string_view id,
                              const Withdrawal& withdrawal,
                              std::int64_t& change_seq) {
  auto target = find(catalog, id);
  if (!target) return pass_on(target.error());
  if (!*target) return false;
  if ((*target)->is_erased) return true;
  auto statement = catalog.statement(
      "UPDATE article SET status = ?2, status_reason = ?3, legal = ?4, change_seq = ?5 "
      "WHERE article_id = ?1");
  if (!statement) return pass_on(statement.error());
  auto done = (*statement)
                  ->bind(1, (*target)->article_id)
                  .bind(2, static_cast<std::int64_t>(withdrawal.status))
                  .bind(3, withdrawal.reason)
                  .bind(4, std::int64_t{withdrawal.legal})
                  .bind(5, ++change_seq)
                  .run();
  if (done) done = add_due(catalog, (*target)->article_id);
  if (!done) return pass_on(done.error());
  return true;
}

Result<Restoration> restore_article(sqlite::Database& catalog,
                                    std::string_view id,
                                    std::int64_t& change_seq) {
  using Outcome = Restoration::Outcome;
  auto target = find(catalog, id);
  if (!target) return pass_on(target.error());
  if (!*target) return Restoration{Outcome::unknown};
  if ((*target)->is_erased) return Restoration{Outcome::erased, Status::erased};
  if (!(*target)->is_down) return Restoration{Outcome::not_down, (*target)->source_status};
  auto statement = catalog.statement(
      "UPDATE article SET status = source_status, status_reason = NULL, legal = 0, change_seq = ?2 "
      "WHERE article_id = ?1");
  if (!statement) return pass_on(statement.error());
  auto done = (*statement)->bind(1, (*target)->article_id).bind(2, ++change_seq).run();
  if (done) done = add_due(catalog, (*target)->article_id);
  if (!done) return pass_on(done.error());
  return Restoration{Outcome::restored, (*target)->source_status};
}

Result<bool> erase_article(sqlite::Database& catalog,
                           std::string_view id,
                           std::int64_t& change_seq) {
  auto target = find(catalog, id);
  if (!target) return pass_on(target.error());
  if (!*target) return false;
  // Again is no change, but whoever asks again has reason to: an earlier run may have been cut
  // short.
  if ((*target)->is_erased) return true;
  const ArticleId article_id = (*target)->article_id;
  for (const char* sql : {"DELETE FROM revision WHERE article_id = ?1",
                          "UPDATE article_text SET body = '' WHERE article_id = ?1"}) {
    if (auto done = run_for(catalog, sql, article_id); !done) return pass_on(done.error());
  }
  if (auto done = hide_urls(catalog, article_id); !done) return pass_on(done.error());
  auto statement = catalog.statement(
      "UPDATE article SET change_seq = ?2, status = ?3, source_status = ?3, content_hash = '', "
      "url = NULL, title = NULL, summary = NULL, summary_origin = NULL, kicker_origin = NULL, "
      "language_confidence = NULL, body_hash = NULL, body_shared = 0, "
      "source_id = NULL, authors = NULL, section = NULL, "
      "kicker = NULL, genre = NULL, language = NULL, tags = NULL, image_url = NULL, "
      "image_alt = NULL, image_credit = NULL, image_width = NULL, image_height = NULL, "
      "status_reason = NULL, legal = 0, embargoed_until = NULL, expires = NULL, "
      "correction = NULL, prompt = NULL, extra = NULL, body_bytes = 0 WHERE article_id = ?1");
  if (!statement) return pass_on(statement.error());
  auto done = (*statement)->bind(1, article_id).bind(2, ++change_seq).bind(3, kErased).run();
  // What its text left with the linker goes when it leaves group and story.
  if (done) done = add_due(catalog, article_id);
  if (done && (*target)->body_hash) done = review_shared_body(catalog, *(*target)->body_hash);
  if (!done) return pass_on(done.error());
  return true;
}

}  // namespace broadsheet::indexer
