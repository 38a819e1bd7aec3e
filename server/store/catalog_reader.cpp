// Rows for answers. A page of hits is one statement each way, by primary key or unique index.
#include "server/store/catalog_reader.h"

#include <sys/stat.h>

#include "schema/url_variants.h"

namespace broadsheet::server {
namespace {

std::string select_where(std::string_view condition) {
  return "SELECT " + std::string(kArticleColumns) + " FROM " + std::string(kArticleTables) +
         " WHERE " + std::string(condition);
}

}  // namespace

Result<CatalogReader> CatalogReader::open(const std::filesystem::path& data_dir) {
  const std::filesystem::path file = catalog_path(data_dir);
  // Before opening: a file put there in between is then told from this one.
  const FileStamp stamp = stamp_of(file);
  auto database = open_catalog_for_reading(data_dir);
  if (!database) return pass_on(database.error());
  return CatalogReader(file, stamp, std::move(*database));
}

CatalogReader::FileStamp CatalogReader::stamp_of(const std::filesystem::path& file) {
  struct stat info {};

  if (::stat(file.c_str(), &info) != 0) return {};
  return {info.st_dev, info.st_ino};
}

bool CatalogReader::is_current() {
  if (stamp_of(file_) != stamp_) return false;
  const auto version = database_.query_integer("PRAGMA user_version");
  return version && *version == catalog_version();
}

Result<void> CatalogReader::begin() {
  return database_.execute("BEGIN");
}

void CatalogReader::end() {
  // Nothing is written, so there is nothing to lose.
  (void)database_.execute("COMMIT");
}

Result<std::vector<StoredArticle>> CatalogReader::read_all(sqlite::Statement& statement) {
  std::vector<StoredArticle> articles;
  auto read = statement.for_each_row([&]() -> Result<void> {
    articles.push_back(read_stored_article(statement));
    return {};
  });
  if (!read) return pass_on(read.error());
  return articles;
}

Result<std::vector<SourceWeight>> CatalogReader::source_weights() {
  auto statement = database_.statement(
      "SELECT id, CAST(round(weight * 1000) AS INTEGER) FROM source WHERE weight <> 1");
  if (!statement) return pass_on(statement.error());
  std::vector<SourceWeight> weights;
  auto read = (*statement)->for_each_row([&]() -> Result<void> {
    weights.push_back({label_term(Field::source, (*statement)->text(0)),
                       static_cast<double>((*statement)->integer(1)) / 1000});
    return {};
  });
  if (!read) return pass_on(read.error());
  return weights;
}

Result<std::vector<StoredArticle>> CatalogReader::articles_by_doc(const std::vector<DocId>& docs) {
  static const std::string kSelect = select_where("a.doc_id = ?1");
  auto statement = database_.statement(kSelect);
  if (!statement) return pass_on(statement.error());
  std::vector<StoredArticle> articles;
  articles.reserve(docs.size());
  for (const DocId doc : docs) {
    const sqlite::StatementReset reset(**statement);
    (*statement)->bind(1, std::int64_t{doc});
    auto row = (*statement)->step();
    if (!row) return pass_on(row.error());
    if (*row) articles.push_back(read_stored_article(**statement));
  }
  return articles;
}

Result<std::optional<StoredArticle>> CatalogReader::article_by_id(const std::string& id) {
  static const std::string kById = select_where("a.id = ?1");
  static const std::string kByAlias =
      select_where("a.article_id = (SELECT article_id FROM article_alias WHERE alias = ?1)");
  for (const std::string* sql : {&kById, &kByAlias}) {
    auto statement = database_.statement(*sql);
    if (!statement) return pass_on(statement.error());
    const sqlite::StatementReset reset(**statement);
    (*statement)->bind(1, id);
    auto row = (*statement)->step();
    if (!row) return pass_on(row.error());
    if (*row) return read_stored_article(**statement);
  }
  return std::optional<StoredArticle>();
}

Result<std::vector<StoredArticle>> CatalogReader::articles_by_url(
    const std::string& canonical_url) {
  static const std::string kSelect = select_where(
      "a.article_id IN (SELECT article_id FROM article_url WHERE url IN (?1, ?2)) "
      "ORDER BY a.doc_id");
  auto statement = database_.statement(kSelect);
  if (!statement) return pass_on(statement.error());
  for (const std::string& url : urls_to_try(canonical_url)) {
    const sqlite::StatementReset reset(**statement);
    const std::string erased = erased_url(url);
    (*statement)->bind(1, url).bind(2, erased);
    auto articles = read_all(**statement);
    if (!articles || !articles->empty()) return articles;
  }
  return std::vector<StoredArticle>();
}

}  // namespace broadsheet::server
