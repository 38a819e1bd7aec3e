// A feed's word for its item is kept with the feed before it ("https://a.example/#17"), so that
// whether an article is an item of some feed can be read from its names.
#include "indexer/write/article_names.h"

#include <optional>
#include <string_view>
#include <vector>

#include "indexer/write/catalog_writer.h"
#include "schema/catalog.h"
#include "schema/url_variants.h"

namespace broadsheet::indexer {
namespace {

// All names of a feed's items begin so and are below the same with `kAfterMark`.
constexpr char kMark = '#';
constexpr char kAfterMark = '$';

std::string name_in_feed(const IncomingArticle& incoming) {
  const std::string begin = incoming.id_of_feed + kMark;
  return incoming.original_id.starts_with(begin) ? incoming.original_id
                                                 : begin + incoming.original_id;
}

Result<std::optional<std::string>> id_by_name(sqlite::Database& catalog,
                                              const IncomingArticle& incoming) {
  auto statement = catalog.statement(
      "SELECT id FROM article WHERE id = ?1 UNION ALL SELECT a.id FROM article_alias l JOIN "
      "article "
      "a ON a.article_id = l.article_id WHERE l.alias IN (?2, ?3) LIMIT 1");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  const std::string in_feed = name_in_feed(incoming);
  auto row = (*statement)
                 ->bind(1, incoming.fallback_id)
                 .bind(2, in_feed)
                 .bind(3, incoming.original_id)
                 .step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<std::string>();
  return std::optional(std::string((*statement)->text(0)));
}

struct ArticleAtUrl {
  std::string id;
  bool is_other_item = false;  // of the feed that this one is an item of
};

Result<std::optional<ArticleAtUrl>> article_at(sqlite::Database& catalog,
                                               const std::string& url,
                                               const std::string& feed) {
  auto statement = catalog.statement(
      "SELECT a.id, EXISTS (SELECT 1 FROM article_alias l WHERE l.article_id = a.article_id AND "
      "l.alias >= ?3 AND l.alias < ?4) AS is_other_item "
      "FROM article_url u JOIN article a ON a.article_id = u.article_id WHERE u.url IN (?1, ?2) "
      "ORDER BY is_other_item DESC, a.published DESC, a.article_id DESC LIMIT 1");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  const std::string erased = erased_url(url);
  const std::string from = feed.empty() ? feed : feed + kMark;
  const std::string to = feed.empty() ? feed : feed + kAfterMark;
  auto row = (*statement)->bind(1, url).bind(2, erased).bind(3, from).bind(4, to).step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<ArticleAtUrl>();
  return std::optional(
      ArticleAtUrl{std::string((*statement)->text(0)), (*statement)->integer(1) != 0});
}

Result<std::string> id_by_url(sqlite::Database& catalog, const IncomingArticle& incoming) {
  if (incoming.canonical_url.empty()) return incoming.fallback_id;
  std::vector<std::string> urls = {incoming.canonical_url};
  for (std::string& plain : plain_urls(incoming.canonical_url))
    urls.push_back(std::move(plain));
  for (const std::string& url : urls) {
    auto known = article_at(catalog, url, incoming.id_of_feed);
    if (!known) return pass_on(known.error());
    if (*known) return (*known)->is_other_item ? incoming.fallback_id : (*known)->id;
  }
  return incoming.fallback_id;
}

Result<void> keep_urls(sqlite::Database& catalog, ArticleId article_id, const std::string& url) {
  if (url.empty()) return {};
  std::vector<std::string> urls = plain_urls(url);
  urls.push_back(url);
  auto insert =
      catalog.statement("INSERT OR IGNORE INTO article_url (url, article_id) VALUES (?1, ?2)");
  if (!insert) return pass_on(insert.error());
  for (const std::string& one : urls) {
    if (auto done = (*insert)->bind(1, one).bind(2, article_id).run(); !done) return done;
  }
  return {};
}

Result<void> keep_alias(sqlite::Database& catalog, ArticleId article_id, const std::string& alias) {
  auto insert =
      catalog.statement("INSERT OR REPLACE INTO article_alias (alias, article_id) VALUES (?1, ?2)");
  if (!insert) return pass_on(insert.error());
  return (*insert)->bind(1, alias).bind(2, article_id).run();
}

}  // namespace

Result<std::string> id_of(sqlite::Database& catalog, const IncomingArticle& incoming) {
  if (!incoming.article.id.empty()) return incoming.article.id;
  if (!incoming.id_of_feed.empty()) {
    auto named = id_by_name(catalog, incoming);
    if (!named) return pass_on(named.error());
    if (*named) return **std::move(named);
  }
  return id_by_url(catalog, incoming);
}

Result<void> keep_names(sqlite::Database& catalog,
                        ArticleId article_id,
                        const IncomingArticle& incoming) {
  if (auto done = keep_urls(catalog, article_id, incoming.canonical_url); !done) return done;
  if (incoming.original_id.empty()) return {};
  if (auto done = keep_alias(catalog, article_id, incoming.original_id); !done) return done;
  if (incoming.id_of_feed.empty()) return {};
  return keep_alias(catalog, article_id, name_in_feed(incoming));
}

}  // namespace broadsheet::indexer
