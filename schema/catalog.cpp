// Opening the catalog and reading its rows. The column order here and kArticleColumns belong
// together.
#include "schema/catalog.h"

#include <array>
#include <utility>

#include "schema/hash.h"
#include "schema/url.h"

namespace broadsheet {
namespace {

// One entry a file of schema/migrations, in order; entry N takes a catalog from version N to N + 1.
constexpr std::array kMigrations = {
#include "migrations.inc"
};

constexpr const char* kOlderHint = "run broadsheet-indexer once: it brings the catalog up to date";
constexpr const char* kNewerHint =
    "install the version of Broadsheet that wrote it, or a newer one";

Result<int> version_of(sqlite::Database& catalog) {
  auto version = catalog.query_integer("PRAGMA user_version");
  if (!version) return pass_on(version.error());
  return static_cast<int>(version->value_or(0));
}

Error newer(const std::filesystem::path& file, int version) {
  return {ErrorCode::version_mismatch,
          file.string() + " has schema version " + std::to_string(version) +
              "; this program knows " + std::to_string(catalog_version()),
          kNewerHint};
}

// A database of somebody else has tables but no version.
Result<void> refuse_foreign(sqlite::Database& catalog,
                            const std::filesystem::path& file,
                            int version) {
  auto ours = catalog.query_integer(
      "SELECT count(*) FROM sqlite_master WHERE name IN ('article', 'article_text', 'meta')");
  auto all = catalog.query_integer("SELECT count(*) FROM sqlite_master WHERE type = 'table'");
  if (!ours) return pass_on(ours.error());
  if (!all) return pass_on(all.error());
  const bool foreign = version == 0 ? all->value_or(0) > 0 : ours->value_or(0) != 3;
  if (!foreign) return {};
  return fail(ErrorCode::corrupt,
              file.string() + " is a SQLite database, but not a catalog of Broadsheet",
              "name another data folder with --data, or move that file away");
}

// canonical_url() may have learnt of parameters that select nothing since the URLs were stored.
Result<void> renew_urls(sqlite::Database& catalog) {
  auto select =
      catalog.statement("SELECT url, article_id FROM article_url WHERE url LIKE 'https://%?%'");
  if (!select) return pass_on(select.error());
  std::vector<std::pair<std::string, ArticleId>> outdated;
  auto read = (*select)->for_each_row([&]() -> Result<void> {
    const std::string_view url = (*select)->text(0);
    if (canonical_url(url) != url) outdated.emplace_back(url, (*select)->integer(1));
    return {};
  });
  if (!read) return read;
  auto update = catalog.statement(
      "UPDATE OR REPLACE article_url SET url = ?3 WHERE url = ?1 AND article_id = ?2");
  if (!update) return pass_on(update.error());
  for (const auto& [url, article_id] : outdated) {
    const std::string renewed = canonical_url(url);
    auto done = (*update)->bind(1, url).bind(2, article_id).bind(3, renewed).run();
    if (!done) return done;
  }
  return {};
}

Result<void> migrate(sqlite::Database& catalog, int from) {
  for (int version = from; version < catalog_version(); ++version) {
    auto transaction = sqlite::Transaction::begin(catalog, sqlite::Transaction::Kind::immediate);
    if (!transaction) return pass_on(transaction.error());
    if (auto done = catalog.execute(kMigrations[static_cast<std::size_t>(version)]); !done) {
      return done;
    }
    const std::string stamp = "PRAGMA user_version=" + std::to_string(version + 1);
    if (auto done = catalog.execute(stamp.c_str()); !done) return done;
    if (version + 1 == catalog_version() && from > 0) {
      if (auto done = renew_urls(catalog); !done) return done;
    }
    if (auto done = transaction->commit(); !done) return done;
  }
  return {};
}

// Says which file could not be opened, so that the message helps whoever reads it.
tl::unexpected<Error> naming(Error error, const std::filesystem::path& file) {
  error.message = file.string() + ": " + error.message;
  if (error.code == ErrorCode::corrupt && error.hint.empty()) {
    error.hint = "restore the catalog from a backup, or name another data folder with --data";
  }
  return pass_on(std::move(error));
}

std::optional<Timestamp> read_time(const sqlite::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Timestamp{row.integer(column),
                   static_cast<std::int16_t>(row.integer(column + 1)),
                   static_cast<Precision>(row.integer(column + 2)),
                   static_cast<DateOrigin>(row.integer(column + 3))};
}

// Reads columns one after the other, so that the order of kArticleColumns is the order of the
// reads.
class Columns {
 public:
  explicit Columns(const sqlite::Statement& row) : row_(row) {}

  std::int64_t integer() { return row_.integer(next_++); }

  std::string text() { return std::string(row_.text(next_++)); }

  std::vector<std::string> lines() { return split_lines(row_.text(next_++)); }

  std::optional<std::int64_t> optional_integer() { return row_.optional_integer(next_++); }

  std::optional<Timestamp> time() {
    next_ += 4;
    return read_time(row_, next_ - 4);
  }

 private:
  const sqlite::Statement& row_;
  int next_ = 0;
};

std::optional<Image> read_image(Columns& columns) {
  Image image;
  image.url = columns.text();
  image.alt = columns.text();
  image.credit = columns.text();
  image.width = static_cast<int>(columns.integer());
  image.height = static_cast<int>(columns.integer());
  if (image.url.empty()) return std::nullopt;
  return image;
}

}  // namespace

std::filesystem::path catalog_path(const std::filesystem::path& data_dir) {
  return data_dir / "catalog.db";
}

int catalog_version() {
  return static_cast<int>(kMigrations.size());
}

Result<sqlite::Database> open_catalog_for_writing(const std::filesystem::path& data_dir) {
  const std::filesystem::path file = catalog_path(data_dir);
  std::error_code failed;
  std::filesystem::create_directories(data_dir, failed);
  if (failed) {
    return fail(ErrorCode::internal,
                "cannot make the data folder " + data_dir.string() + ": " + failed.message(),
                "check the rights on the folder above it");
  }
  auto catalog = sqlite::Database::open(file, sqlite::OpenMode::create);
  if (!catalog) return naming(catalog.error(), file);
  auto version = version_of(*catalog);
  if (!version) return naming(version.error(), file);
  if (*version > catalog_version()) return pass_on(newer(file, *version));
  if (auto own = refuse_foreign(*catalog, file, *version); !own) return pass_on(own.error());
  if (auto done = migrate(*catalog, *version); !done) return naming(done.error(), file);
  return catalog;
}

Result<sqlite::Database> open_catalog_for_reading(const std::filesystem::path& data_dir) {
  const std::filesystem::path file = catalog_path(data_dir);
  auto catalog = sqlite::Database::open(file, sqlite::OpenMode::read);
  if (!catalog && catalog.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found,
                "there is no catalog in " + data_dir.string(),
                "add articles with broadsheet-indexer --data DIR add FILE");
  }
  if (!catalog) return naming(catalog.error(), file);
  auto version = version_of(*catalog);
  if (!version) return naming(version.error(), file);
  if (*version > catalog_version()) return pass_on(newer(file, *version));
  if (auto own = refuse_foreign(*catalog, file, *version); !own) return pass_on(own.error());
  if (*version < catalog_version()) {
    return fail(ErrorCode::outdated, file.string() + " is from an older version", kOlderHint);
  }
  return catalog;
}

Result<std::string> catalog_uuid(sqlite::Database& catalog) {
  auto statement = catalog.statement("SELECT value FROM meta WHERE key = 'uuid'");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  auto row = (*statement)->step();
  if (!row) return pass_on(row.error());
  return std::string((*statement)->text(0));
}

Result<std::optional<std::int64_t>> last_change(sqlite::Database& catalog) {
  return catalog.query_integer(
      "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'changed'), "
      "(SELECT ingested FROM article ORDER BY change_seq DESC LIMIT 1))");
}

StoredArticle read_stored_article(const sqlite::Statement& row) {
  StoredArticle stored;
  Article& article = stored.article;
  Columns columns(row);
  stored.article_id = columns.integer();
  article.id = columns.text();
  stored.doc_id = static_cast<DocId>(columns.integer());
  stored.change_seq = columns.integer();
  stored.revision = static_cast<int>(columns.integer());
  article.url = columns.text();
  article.title = columns.text();
  article.summary = columns.text();
  article.published = columns.time();
  article.updated = columns.time();
  stored.ingested = columns.integer();
  article.source.id = columns.text();
  article.source.name = columns.text();
  article.authors = columns.lines();
  article.section = columns.text();
  article.kicker = columns.text();
  article.genre = columns.text();
  article.language = columns.text();
  article.tags = columns.lines();
  article.image = read_image(columns);
  article.status = static_cast<Status>(columns.integer());
  stored.status_reason = columns.text();
  stored.legal = columns.integer() != 0;
  article.embargoed_until = columns.optional_integer();
  article.expires = columns.optional_integer();
  article.correction = columns.text();
  article.access = columns.lines();
  article.prompt = columns.text();
  article.extra = columns.text();
  article.summary_from = static_cast<SummaryOrigin>(columns.integer());
  article.kicker_from = static_cast<KickerOrigin>(columns.integer());
  if (const auto confidence = columns.optional_integer())
    article.language_confidence = static_cast<int>(*confidence);
  stored.body_shared = columns.integer() != 0;
  article.source.blocked = columns.integer() != 0;
  stored.story = columns.text();
  stored.story_number = columns.integer();
  stored.story_title = columns.text();
  stored.story_articles = columns.integer();
  if (stored.story_articles == 0) stored.story_number = 0;
  stored.duplicate_group = columns.integer();
  article.body = columns.text();
  return stored;
}

std::string erased_url(std::string_view canonical_url) {
  return "sha256:" + sha256_hex(canonical_url);
}

std::string join_lines(const std::vector<std::string>& values) {
  std::string lines;
  for (const std::string& value : values) {
    if (!lines.empty()) lines += '\n';
    lines += value;
  }
  return lines;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> values;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    values.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return values;
}

}  // namespace broadsheet
