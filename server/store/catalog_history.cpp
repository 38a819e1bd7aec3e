// The part of CatalogReader that looks back.
#include "server/store/catalog_history.h"

#include <algorithm>

#include "server/store/catalog_reader.h"

namespace broadsheet::server {
namespace {

// The current version and those before it in one list. A version came in when the one before it
// was replaced; the first, when the article did.
constexpr const char* kRevisions =
    "SELECT v.revision, coalesce((SELECT max(p.replaced) FROM revision p "
    "WHERE p.article_id = ?1 AND p.revision < v.revision), a.ingested), "
    "v.replaced, v.title, v.summary, v.body "
    "FROM (SELECT article_id, revision, NULL AS replaced, title, summary, "
    "(SELECT body FROM article_text t WHERE t.article_id = c.article_id) AS body FROM article c "
    "WHERE article_id = ?1 "
    "UNION ALL SELECT article_id, revision, replaced, title, summary, body FROM revision "
    "WHERE article_id = ?1) v JOIN article a ON a.article_id = v.article_id "
    "WHERE v.revision < ?2 ORDER BY v.revision DESC";

// A bound of a page that has its first row.
class PageRoom {
 public:
  explicit PageRoom(std::size_t rows) : rows_(rows) {}

  // Whether one more row of so many bytes has room; takes it.
  [[nodiscard]] bool take(std::size_t bytes) {
    const bool has_room = taken_ == 0 || (taken_ < rows_ && bytes_ + bytes <= kMostPageBytes);
    taken_ += has_room ? 1 : 0;
    bytes_ += has_room ? bytes : 0;
    return has_room;
  }

 private:
  std::size_t rows_;
  std::size_t taken_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Result<RevisionPage> CatalogReader::revisions(ArticleId article,
                                              std::int64_t before,
                                              std::size_t limit) {
  auto statement = database_.statement(kRevisions);
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  (*statement)->bind(1, article).bind(2, before);
  RevisionPage page;
  PageRoom room(limit);
  while (true) {
    auto row = (*statement)->step();
    if (!row) return pass_on(row.error());
    if (!*row) return page;
    const sqlite::Statement& columns = **statement;
    if (!room.take(columns.text(5).size())) {
      page.next_before = page.revisions.back().revision;
      return page;
    }
    page.revisions.push_back({columns.integer(0),
                              columns.integer(1),
                              columns.optional_integer(2),
                              std::string(columns.text(3)),
                              std::string(columns.text(4)),
                              std::string(columns.text(5))});
  }
}

Result<ChangePage> CatalogReader::changes(std::int64_t since, std::size_t limit) {
  static const std::string kSelect = "SELECT " + std::string(kArticleColumns) + " FROM " +
                                     std::string(kArticleTables) +
                                     " WHERE a.change_seq > ?1 ORDER BY a.change_seq";
  ChangePage page;
  page.next_since = since;
  auto name = uuid();
  if (!name) return pass_on(name.error());
  page.archive = std::move(*name);
  auto latest =
      database_.query_integer("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change_seq'");
  if (!latest) return pass_on(latest.error());
  page.latest = latest->value_or(0);
  auto statement = database_.statement(kSelect);
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  (*statement)->bind(1, since);
  PageRoom room(limit);
  while (true) {
    auto row = (*statement)->step();
    if (!row) return pass_on(row.error());
    if (!*row) break;
    StoredArticle stored = read_stored_article(**statement);
    if (!room.take(stored.article.body.size())) return page;
    page.next_since = stored.change_seq;
    page.articles.push_back(std::move(stored));
  }
  // Numbers that later changes of the same articles took over are passed, too.
  page.next_since = std::max(page.next_since, page.latest);
  return page;
}

}  // namespace broadsheet::server
