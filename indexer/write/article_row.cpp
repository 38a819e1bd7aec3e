// The columns are bound one after the other in the order of kColumns, for insert and update alike.
#include "indexer/write/article_row.h"

#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

// ?1 to ?38 are the same columns in both statements.
constexpr std::string_view kInsert =
    "INSERT INTO article (doc_id, change_seq, content_hash, source_id, url, title, summary, "
    "published, published_offset, published_precision, published_origin, "
    "updated, updated_offset, updated_precision, updated_origin, "
    "authors, section, kicker, genre, language, tags, "
    "image_url, image_alt, image_credit, image_width, image_height, "
    "embargoed_until, expires, correction, access, prompt, extra, body_bytes, status, "
    "summary_origin, kicker_origin, language_confidence, body_hash, id, ingested, source_status) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
    "?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, "
    "?38, "
    "?39, ?40, ?34)";

constexpr std::string_view kUpdate =
    "UPDATE article SET doc_id = ?1, change_seq = ?2, content_hash = ?3, source_id = ?4, url = ?5, "
    "title = ?6, summary = ?7, published = ?8, published_offset = ?9, published_precision = ?10, "
    "published_origin = ?11, updated = ?12, updated_offset = ?13, updated_precision = ?14, "
    "updated_origin = ?15, authors = ?16, section = ?17, kicker = ?18, genre = ?19, language = "
    "?20, "
    "tags = ?21, image_url = ?22, image_alt = ?23, image_credit = ?24, image_width = ?25, "
    "image_height = ?26, embargoed_until = ?27, expires = ?28, correction = ?29, access = ?30, "
    "prompt = ?31, extra = ?32, body_bytes = ?33, "
    "status = CASE WHEN status_reason IS NULL THEN ?34 ELSE status END, source_status = ?34, "
    "summary_origin = ?35, kicker_origin = ?36, language_confidence = ?37, body_hash = ?38, "
    "body_shared = 0, "
    "revision = revision + 1 "
    "WHERE article_id = ?39";

constexpr std::string_view kKeepRevision =
    "INSERT INTO revision (article_id, revision, replaced, title, summary, body) "
    "SELECT a.article_id, a.revision, ?2, a.title, a.summary, t.body "
    "FROM article a JOIN article_text t ON t.article_id = a.article_id WHERE a.article_id = ?1";

// Binds one column after the other. The texts given must outlive the statement's run.
class Binder {
 public:
  explicit Binder(sqlite::Statement& statement) : statement_(statement) {}

  Binder& number(const std::optional<std::int64_t>& value) {
    statement_.bind(next_++, value);
    return *this;
  }

  Binder& text(std::string_view value) {
    statement_.bind_text_or_null(next_++, value);
    return *this;
  }

  Binder& time(const std::optional<Timestamp>& value) {
    const Timestamp time = value.value_or(Timestamp{});
    number(value ? std::optional(time.seconds) : std::nullopt);
    number(time.offset_minutes);
    number(static_cast<std::int64_t>(time.precision));
    return number(static_cast<std::int64_t>(time.origin));
  }

 private:
  sqlite::Statement& statement_;
  int next_ = 1;
};

// Lists as they are stored; they must live until the statement has run.
struct Lists {
  std::string authors;
  std::string tags;
  std::string access;
};

Lists lists_of(const Article& article) {
  return {join_lines(article.authors), join_lines(article.tags), join_lines(article.access)};
}

// A number that stands for "none" is NULL.
template <typename Origin>
std::optional<std::int64_t> origin_or_null(Origin origin) {
  if (origin == Origin::none) return std::nullopt;
  return static_cast<std::int64_t>(origin);
}

// Binds ?1 to ?38.
void bind_columns(Binder& bind, const Article& article, const Lists& lists, const RowFacts& facts) {
  static const Image kNoImage;
  const Image& image = article.image ? *article.image : kNoImage;
  bind.number(std::int64_t{facts.doc_id}).number(facts.change_seq).text(facts.content_hash);
  bind.number(facts.source_row).text(article.url).text(article.title).text(article.summary);
  bind.time(article.published).time(article.updated);
  bind.text(lists.authors).text(article.section).text(article.kicker).text(article.genre);
  bind.text(article.language).text(lists.tags);
  bind.text(image.url).text(image.alt).text(image.credit).number(image.width).number(image.height);
  bind.number(article.embargoed_until).number(article.expires).text(article.correction);
  bind.text(lists.access).text(article.prompt).text(article.extra);
  bind.number(static_cast<std::int64_t>(article.body.size()));
  bind.number(static_cast<std::int64_t>(article.status));
  bind.number(origin_or_null(article.summary_from)).number(origin_or_null(article.kicker_from));
  bind.number(article.language_confidence).number(facts.body_hash);
}

Result<void> write_text(sqlite::Database& catalog, ArticleId article_id, std::string_view body) {
  auto statement =
      catalog.statement("INSERT OR REPLACE INTO article_text (article_id, body) VALUES (?1, ?2)");
  if (!statement) return pass_on(statement.error());
  return (*statement)->bind(1, article_id).bind(2, body).run();
}

}  // namespace

Result<ArticleId> insert_article(sqlite::Database& catalog,
                                 const Article& article,
                                 const RowFacts& facts) {
  auto statement = catalog.statement(kInsert);
  if (!statement) return pass_on(statement.error());
  const Lists lists = lists_of(article);
  Binder bind(**statement);
  bind_columns(bind, article, lists, facts);
  bind.text(article.id).number(facts.now);
  if (auto done = (*statement)->run(); !done) return pass_on(done.error());
  const ArticleId article_id = catalog.last_row_id();
  if (auto done = write_text(catalog, article_id, article.body); !done)
    return pass_on(done.error());
  return article_id;
}

Result<void> update_article(sqlite::Database& catalog,
                            ArticleId article_id,
                            const Article& article,
                            const RowFacts& facts) {
  auto keep = catalog.statement(kKeepRevision);
  if (!keep) return pass_on(keep.error());
  if (auto done = (*keep)->bind(1, article_id).bind(2, facts.now).run(); !done) return done;
  auto statement = catalog.statement(kUpdate);
  if (!statement) return pass_on(statement.error());
  const Lists lists = lists_of(article);
  Binder bind(**statement);
  bind_columns(bind, article, lists, facts);
  bind.number(article_id);
  if (auto done = (*statement)->run(); !done) return done;
  return write_text(catalog, article_id, article.body);
}

Result<SourceRow> source_row(sqlite::Database& catalog, const Source& source) {
  auto rename =
      catalog.statement("UPDATE source SET name = ?2 WHERE id = ?1 AND name = id AND name <> ?2");
  if (!rename) return pass_on(rename.error());
  auto done = (*rename)->bind(1, source.id).bind(2, source.name).run();
  if (!done) return pass_on(done.error());
  const bool is_renamed = catalog.changes() > 0;
  auto insert = catalog.statement(
      "INSERT INTO source (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE "
      "SET name = name RETURNING source_id");
  if (!insert) return pass_on(insert.error());
  const sqlite::StatementReset reset(**insert);
  auto row = (*insert)->bind(1, source.id).bind(2, source.name).step();
  if (!row) return pass_on(row.error());
  return SourceRow{(*insert)->integer(0), is_renamed};
}

}  // namespace broadsheet::indexer
