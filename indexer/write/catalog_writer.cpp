// Which row an article belongs to, what changed, and which number of change it gets. How a row is
// written is article_row's knowledge.
#include "indexer/write/catalog_writer.h"

#include <cassert>
#include <charconv>
#include <chrono>
#include <utility>

#include "indexer/write/article_names.h"
#include "indexer/write/article_row.h"
#include "indexer/write/content_hash.h"
#include "indexer/write/due.h"
#include "indexer/write/shared_bodies.h"
#include "indexer/write/visible.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

constexpr auto kErased = static_cast<std::int64_t>(Status::erased);

// Articles of table link_due that one commit links: a second of work at most.
constexpr std::int64_t kDueAtOnce = 500;

// A first load writes hundreds of megabytes in a row: a longer log (64 MiB) is copied into the
// database in fewer and larger steps, and a cache of 64 MiB keeps the id indexes in memory.
constexpr const char* kTuning =
    "PRAGMA wal_autocheckpoint=16384; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;";

std::int64_t time_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

// What the catalog knows of an article that comes in again.
struct KnownArticle {
  ArticleId article_id = 0;
  DocId doc_id = 0;
  std::string content_hash;
  std::optional<std::int64_t> published;
  bool is_erased = false;
  std::optional<std::int64_t> body_hash;

  // What was erased stays so.
  [[nodiscard]] bool is_same(const IncomingArticle& incoming) const {
    return is_erased || content_hash == incoming.content_hash;
  }
};

}  // namespace

struct CatalogWriter::State {
  explicit State(sqlite::Database opened)
      : catalog(std::move(opened)), numbers(catalog), linker(catalog) {}

  Result<std::optional<KnownArticle>> find(std::string_view id);
  Result<void> add(const Article& article, const IncomingArticle& incoming, std::int64_t now);
  Result<void> update(const KnownArticle& known,
                      const Article& article,
                      const IncomingArticle& incoming,
                      std::int64_t now);
  Result<DocId> number_for(const KnownArticle& known, const Article& article);
  Result<std::optional<std::int64_t>> source_of(const Article& article);
  Result<std::int64_t> meta_number(std::string_view key);
  Result<void> keep_change();
  Result<void> judge_body(ArticleId article_id,
                          const Article& article,
                          const IncomingArticle& incoming);
  Result<void> touch(ArticleId article_id);

  sqlite::Database catalog;
  DocIdAllocator numbers;
  Linker linker;
  std::optional<sqlite::Transaction> transaction;
  std::int64_t visible_at = time_now();         // decides what is visible
  std::int64_t committed = 0;                   // the last change_seq before the transaction
  std::int64_t change_seq = 0;                  // the last one given out in the transaction
  std::map<std::string, std::int64_t> sources;  // rows of sources seen under this exact id and name
};

CatalogWriter::CatalogWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

CatalogWriter::CatalogWriter(CatalogWriter&&) noexcept = default;
CatalogWriter& CatalogWriter::operator=(CatalogWriter&&) noexcept = default;
CatalogWriter::~CatalogWriter() = default;

Result<CatalogWriter> CatalogWriter::open(const std::filesystem::path& data_dir) {
  auto catalog = open_catalog_for_writing(data_dir);
  if (!catalog) return pass_on(catalog.error());
  if (auto done = catalog->execute(kTuning); !done) return pass_on(done.error());
  return CatalogWriter(std::make_unique<State>(*std::move(catalog)));
}

Result<void> CatalogWriter::begin() {
  if (state_->transaction) return {};
  auto begun = sqlite::Transaction::begin(state_->catalog, sqlite::Transaction::Kind::immediate);
  if (!begun) return pass_on(begun.error());
  state_->transaction.emplace(*std::move(begun));
  auto seq = state_->meta_number("change_seq");
  if (!seq) {
    rollback();
    return pass_on(seq.error());
  }
  state_->change_seq = state_->committed = *seq;
  return {};
}

Result<void> CatalogWriter::commit() {
  if (!state_->transaction) return {};
  const ChangeNumbers numbers{state_->committed, state_->change_seq};
  auto done = state_->linker.link(state_->visible_at, kDueAtOnce, numbers);
  if (done) done = state_->keep_change();
  if (done) done = state_->transaction->commit();
  if (!done) rollback();
  state_->transaction.reset();
  state_->linker.trim();
  return done;
}

// The time is SQLite's: not every change is told when it is.
Result<void> CatalogWriter::State::keep_change() {
  auto statement = catalog.statement(
      "INSERT OR REPLACE INTO meta (key, value) SELECT 'changed', unixepoch() FROM meta "
      "WHERE key = 'change_seq' AND value <> ?1 UNION ALL SELECT 'change_seq', ?1");
  if (!statement) return pass_on(statement.error());
  return (*statement)->bind(1, std::to_string(change_seq)).run();
}

Result<bool> CatalogWriter::link_more() {
  auto due = first_due(state_->catalog, 1);
  if (!due) return pass_on(due.error());
  if (due->empty()) return false;
  if (auto done = begin(); !done) return pass_on(done.error());
  if (auto done = commit(); !done) return pass_on(done.error());
  return true;
}

std::vector<StoryChange> CatalogWriter::take_story_changes() {
  return state_->linker.take_changes();
}

void CatalogWriter::rollback() {
  state_->transaction.reset();
  state_->numbers.forget();
  state_->sources.clear();
  state_->linker.forget();
}

Result<bool> CatalogWriter::is_unchanged(const IncomingArticle& incoming) {
  if (auto done = begin(); !done) return pass_on(done.error());
  auto id = id_of(state_->catalog, incoming);
  if (!id) return pass_on(id.error());
  auto known = state_->find(*id);
  if (!known) return pass_on(known.error());
  return *known && (*known)->is_same(incoming);
}

Result<void> CatalogWriter::complete(IncomingArticle& incoming) {
  if (!incoming.notice) return {};
  if (auto done = begin(); !done) return done;
  auto id = id_of(state_->catalog, incoming);
  if (!id) return pass_on(id.error());
  auto known = article_as_sent(state_->catalog, *id);
  if (!known) return pass_on(known.error());
  const Notice notice = *std::exchange(incoming.notice, std::nullopt);
  if (!*known) return {};
  incoming.article = with_notice(**std::move(known), incoming.article, notice);
  incoming.content_hash = content_hash(incoming.article);
  incoming.body_hash = body_hash(incoming.article.body);
  incoming.features.reset();
  return {};
}

Result<Upsert> CatalogWriter::upsert(const IncomingArticle& incoming, std::int64_t now) {
  assert(!incoming.notice);
  if (auto done = begin(); !done) return pass_on(done.error());
  state_->visible_at = now;
  auto id = id_of(state_->catalog, incoming);
  if (!id) return pass_on(id.error());
  auto known = state_->find(*id);
  if (!known) return pass_on(known.error());
  if (*known && (*known)->is_same(incoming)) return Upsert::unchanged;
  Result<void> done;
  if (*known) {
    done = state_->update(**known, incoming.article, incoming, now);
  } else if (incoming.article.id == *id) {
    done = state_->add(incoming.article, incoming, now);
  } else {
    Article named = incoming.article;
    named.id = *id;
    done = state_->add(named, incoming, now);
  }
  if (!done) return pass_on(done.error());
  return *known ? Upsert::updated : Upsert::added;
}

Result<std::optional<KnownArticle>> CatalogWriter::State::find(std::string_view id) {
  auto statement = catalog.statement(
      "SELECT article_id, doc_id, content_hash, published, status, body_hash FROM article "
      "WHERE id = ?1");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  auto row = (*statement)->bind(1, id).step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<KnownArticle>();
  return std::optional(KnownArticle{(*statement)->integer(0),
                                    static_cast<DocId>((*statement)->integer(1)),
                                    std::string((*statement)->text(2)),
                                    (*statement)->optional_integer(3),
                                    (*statement)->integer(4) == kErased,
                                    (*statement)->optional_integer(5)});
}

Result<void> CatalogWriter::State::add(const Article& article,
                                       const IncomingArticle& incoming,
                                       std::int64_t now) {
  const auto published =
      article.published ? std::optional(article.published->seconds) : std::nullopt;
  auto number = numbers.allocate(doc_id_for(published));
  if (!number) return pass_on(number.error());
  auto source = source_of(article);
  if (!source) return pass_on(source.error());
  const RowFacts facts{
      *number, ++change_seq, *source, incoming.content_hash, incoming.body_hash, now};
  auto article_id = insert_article(catalog, article, facts);
  if (!article_id) return pass_on(article_id.error());
  if (auto done = judge_body(*article_id, article, incoming); !done) return done;
  linker.note(*article_id, incoming.features);
  return keep_names(catalog, *article_id, incoming);
}

Result<void> CatalogWriter::State::update(const KnownArticle& known,
                                          const Article& article,
                                          const IncomingArticle& incoming,
                                          std::int64_t now) {
  auto number = number_for(known, article);
  if (!number) return pass_on(number.error());
  auto source = source_of(article);
  if (!source) return pass_on(source.error());
  const RowFacts facts{
      *number, ++change_seq, *source, incoming.content_hash, incoming.body_hash, now};
  if (auto done = update_article(catalog, known.article_id, article, facts); !done) return done;
  if (auto done = judge_body(known.article_id, article, incoming); !done) return done;
  if (known.body_hash) {
    if (auto done = review_shared_body(catalog, *known.body_hash); !done) return done;
  }
  linker.note(known.article_id, incoming.features);
  return keep_names(catalog, known.article_id, incoming);
}

Result<void> CatalogWriter::State::judge_body(ArticleId article_id,
                                              const Article& article,
                                              const IncomingArticle& incoming) {
  return flag_shared_body(catalog, {article_id, article.title, incoming.body_hash});
}

// The number stays while the date asks for the same one; a new one retires the old.
Result<DocId> CatalogWriter::State::number_for(const KnownArticle& known, const Article& article) {
  const auto published =
      article.published ? std::optional(article.published->seconds) : std::nullopt;
  if (doc_id_for(published) == doc_id_for(known.published)) return known.doc_id;
  auto number = numbers.allocate(doc_id_for(published));
  if (!number) return number;
  auto retire = catalog.statement("INSERT INTO retired_doc (doc_id, change_seq) VALUES (?1, ?2)");
  if (!retire) return pass_on(retire.error());
  auto done = (*retire)->bind(1, std::int64_t{known.doc_id}).bind(2, ++change_seq).run();
  if (!done) return pass_on(done.error());
  return number;
}

Result<std::optional<std::int64_t>> CatalogWriter::State::source_of(const Article& article) {
  if (article.source.id.empty()) return std::optional<std::int64_t>();
  const std::string key = article.source.id + "\n" + article.source.name;
  if (const auto found = sources.find(key); found != sources.end()) {
    return std::optional(found->second);
  }
  auto source = source_row(catalog, article.source);
  if (!source) return pass_on(source.error());
  if (source->is_renamed) {
    auto done = touch_articles_of(catalog, source->row, change_seq);
    if (!done) return pass_on(done.error());
  }
  constexpr std::size_t kMostRemembered = 10'000;
  if (sources.size() >= kMostRemembered) sources.clear();
  sources.emplace(key, source->row);
  return std::optional(source->row);
}

Result<bool> CatalogWriter::withdraw(std::string_view id, const Withdrawal& withdrawal) {
  if (auto done = begin(); !done) return pass_on(done.error());
  return withdraw_article(state_->catalog, id, withdrawal, state_->change_seq);
}

Result<Restoration> CatalogWriter::restore(std::string_view id) {
  if (auto done = begin(); !done) return pass_on(done.error());
  return restore_article(state_->catalog, id, state_->change_seq);
}

Result<bool> CatalogWriter::erase(std::string_view id) {
  if (auto done = begin(); !done) return pass_on(done.error());
  return erase_article(state_->catalog, id, state_->change_seq);
}

Result<bool> CatalogWriter::set_source(std::string_view id, const SourceSettings& settings) {
  if (auto done = begin(); !done) return pass_on(done.error());
  return broadsheet::indexer::set_source(state_->catalog, id, settings, state_->change_seq);
}

Result<std::map<std::string, std::string>> CatalogWriter::source_languages() {
  return broadsheet::indexer::source_languages(state_->catalog);
}

Result<std::int64_t> CatalogWriter::release_due(std::int64_t now) {
  state_->visible_at = now;
  auto since = state_->meta_number(kVisibilityKey);
  if (!since) return since;
  auto articles = due_between(state_->catalog, *since, now);
  if (!articles) return pass_on(articles.error());
  if (articles->empty()) return std::int64_t{0};
  if (auto done = begin(); !done) return pass_on(done.error());
  for (const ArticleId article_id : *articles) {
    if (auto done = state_->touch(article_id); !done) return pass_on(done.error());
  }
  if (auto done = set_meta(kVisibilityKey, std::to_string(now)); !done)
    return pass_on(done.error());
  return static_cast<std::int64_t>(articles->size());
}

Result<void> CatalogWriter::State::touch(ArticleId article_id) {
  if (auto done = add_due(catalog, article_id); !done) return done;
  auto statement = catalog.statement("UPDATE article SET change_seq = ?2 WHERE article_id = ?1");
  if (!statement) return pass_on(statement.error());
  return (*statement)->bind(1, article_id).bind(2, ++change_seq).run();
}

// 0 when it was never set.
Result<std::int64_t> CatalogWriter::State::meta_number(std::string_view key) {
  auto statement = catalog.statement("SELECT value FROM meta WHERE key = ?1");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  auto row = (*statement)->bind(1, key).step();
  if (!row) return pass_on(row.error());
  if (!*row) return 0;
  const std::string_view text = (*statement)->text(0);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  return fail(ErrorCode::corrupt,
              "the catalog is damaged: " + std::string(key) + " in table meta is no number",
              "restore the catalog from a backup");
}

Result<void> CatalogWriter::set_meta(std::string_view key, std::string_view value) {
  if (auto done = begin(); !done) return done;
  auto statement =
      state_->catalog.statement("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)");
  if (!statement) return pass_on(statement.error());
  return (*statement)->bind(1, key).bind(2, value).run();
}

}  // namespace broadsheet::indexer
