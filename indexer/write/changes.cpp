// Changes in batches. A batch ends at a change_seq, so that the index names exactly what it holds.
// While one is written the documents of the next are made in another thread.
#include "indexer/write/changes.h"

#include <future>
#include <optional>
#include <string>
#include <vector>

#include <spdlog/fmt/fmt.h>

#include "indexer/write/visible.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

// Articles between two commits, some fifty milliseconds of work: who waits for a kill to be taken
// out, or for the first of many articles, waits no longer. Fewer cost more than they are worth.
constexpr std::int64_t kBatchArticles = 25;

// The change_seq that ends the next batch; 0 when nothing is left.
Result<std::int64_t> batch_end(sqlite::Database& catalog, std::int64_t after) {
  auto statement = catalog.statement(
      "SELECT max(change_seq) FROM (SELECT change_seq FROM article WHERE change_seq > ?1 "
      "UNION ALL SELECT change_seq FROM retired_doc WHERE change_seq > ?1 "
      "ORDER BY change_seq LIMIT ?2)");
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  (*statement)->bind(1, after).bind(2, kBatchArticles);
  auto row = (*statement)->step();
  if (!row) return pass_on(row.error());
  return (*statement)->integer(0);
}

}  // namespace

struct ChangeApplier::Batch {
  struct Row {
    StoredArticle stored;
    std::optional<Xapian::Document> document;  // once made; empty of what is not visible
  };

  std::int64_t end = 0;  // its last change
  std::vector<Row> rows;
  std::future<Result<void>> made;  // before the rows go, this waits
};

ChangeApplier::ChangeApplier(sqlite::Database& catalog,
                             PartsWriter& writer,
                             std::int64_t applied_seq)
    : catalog_(catalog), writer_(writer), applied_seq_(applied_seq) {}

ChangeApplier::~ChangeApplier() = default;

Result<std::uint64_t> ChangeApplier::apply(std::int64_t now, const BuildProgress& progress) {
  std::uint64_t total = 0;
  auto next = begin_batch(applied_seq_, now);
  while (next && *next != nullptr) {
    const std::unique_ptr<Batch> batch = *std::move(next);
    // The builder is one batch's at a time.
    if (auto made = batch->made.get(); !made) return pass_on(made.error());
    next = begin_batch(batch->end, now);
    auto written = write(*batch);
    if (!written) return written;
    total += *written;
    if (progress && progress(total, 0) == GoOn::no)
      return fail(ErrorCode::interrupted, "indexing was interrupted");
  }
  if (!next) return pass_on(next.error());
  return total;
}

Result<std::unique_ptr<ChangeApplier::Batch>> ChangeApplier::begin_batch(std::int64_t after,
                                                                         std::int64_t now) {
  auto end = batch_end(catalog_, after);
  if (!end) return pass_on(end.error());
  if (*end == 0) return nullptr;
  auto batch = std::make_unique<Batch>();
  batch->end = *end;
  if (auto read = read_rows(*batch, after); !read) return pass_on(read.error());
  // Where no thread can be had they are made when they are waited for.
  batch->made = std::async(
      [this, now, made = batch.get()] { return xapian_try([&] { make_documents(*made, now); }); });
  return batch;
}

void ChangeApplier::make_documents(Batch& batch, std::int64_t now) {
  for (Batch::Row& row : batch.rows) {
    if (is_visible(row.stored.article, now)) row.document = builder_.build(row.stored);
  }
}

Result<std::uint64_t> ChangeApplier::apply_retired(std::int64_t up_to) {
  auto rows = catalog_.statement(
      "SELECT doc_id FROM retired_doc WHERE change_seq > ?1 AND change_seq <= ?2");
  if (!rows) return pass_on(rows.error());
  (*rows)->bind(1, applied_seq_).bind(2, up_to);
  std::uint64_t count = 0;
  auto done = (*rows)->for_each_row([&] {
    ++count;
    return writer_.remove(static_cast<DocId>((*rows)->integer(0)));
  });
  if (!done) return pass_on(done.error());
  return count;
}

Result<void> ChangeApplier::read_rows(Batch& batch, std::int64_t after) {
  static const std::string kSelect = fmt::format(
      "SELECT {} FROM {} WHERE a.change_seq > ?1 AND a.change_seq <= ?2 ORDER BY a.change_seq",
      kArticleColumns,
      kArticleTables);
  auto rows = catalog_.statement(kSelect);
  if (!rows) return pass_on(rows.error());
  (*rows)->bind(1, after).bind(2, batch.end);
  return (*rows)->for_each_row([&]() -> Result<void> {
    batch.rows.push_back({read_stored_article(**rows), std::nullopt});
    return {};
  });
}

Result<std::uint64_t> ChangeApplier::write(const Batch& batch) {
  // Retired numbers first: the row that owns a number now has the last word.
  auto retired = apply_retired(batch.end);
  if (!retired) return retired;
  for (const Batch::Row& row : batch.rows) {
    auto done =
        row.document ? writer_.put(row.stored, *row.document) : writer_.remove(row.stored.doc_id);
    if (!done) return pass_on(done.error());
  }
  if (auto done = writer_.commit(batch.end); !done) return pass_on(done.error());
  applied_seq_ = batch.end;
  if (auto shown = writer_.publish_if_changed(); !shown) return pass_on(shown.error());
  return *retired + batch.rows.size();
}

Result<void> check_same_archive(sqlite::Database& catalog, const Xapian::Database& newest) {
  auto uuid = catalog_uuid(catalog);
  if (!uuid) return pass_on(uuid.error());
  if (auto same = check_archive(newest, *uuid); !same) return same;
  auto last =
      catalog.query_integer("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change_seq'");
  if (!last) return pass_on(last.error());
  std::int64_t applied = 0;
  auto read = xapian_try([&] { applied = metadata_number(newest, kAppliedSeqKey); });
  if (!read || applied <= last->value_or(0)) return read;
  return fail(ErrorCode::corrupt,
              "the index is newer than the catalog beside it: was an older one put back?",
              "run broadsheet-indexer rebuild");
}

Result<std::uint64_t> count_visible(sqlite::Database& catalog, std::int64_t now) {
  auto statement =
      catalog.statement(fmt::format("SELECT count(*) FROM article a WHERE {}", kVisibleCondition));
  if (!statement) return pass_on(statement.error());
  const sqlite::StatementReset reset(**statement);
  (*statement)->bind(1, now);
  auto row = (*statement)->step();
  if (!row) return pass_on(row.error());
  return static_cast<std::uint64_t>((*statement)->integer(0));
}

}  // namespace broadsheet::indexer
