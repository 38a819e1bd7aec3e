// Changes in batches. A batch ends at a change_seq, so that the index names exactly what it holds.
#include "indexer/write/changes.h"

#include <spdlog/fmt/fmt.h>

#include "indexer/write/visible.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

// Articles between two commits: a few hundred milliseconds of work.
constexpr std::int64_t kBatchArticles = 300;

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

ChangeApplier::ChangeApplier(sqlite::Database& catalog,
                             PartsWriter& writer,
                             std::int64_t applied_seq)
    : catalog_(catalog), writer_(writer), applied_seq_(applied_seq) {}

Result<std::uint64_t> ChangeApplier::apply(std::int64_t now, const BuildProgress& progress) {
  std::uint64_t total = 0;
  while (true) {
    auto end = batch_end(catalog_, applied_seq_);
    if (!end) return pass_on(end.error());
    if (*end == 0) return total;
    // Retired numbers first: the row that owns a number now has the last word.
    auto retired = apply_retired(*end);
    if (!retired) return retired;
    auto written = apply_rows(*end, now);
    if (!written) return written;
    total += *retired + *written;
    if (auto done = writer_.commit(*end); !done) return pass_on(done.error());
    applied_seq_ = *end;
    if (progress && progress(total, 0) == GoOn::no)
      return fail(ErrorCode::interrupted, "indexing was interrupted");
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

Result<std::uint64_t> ChangeApplier::apply_rows(std::int64_t up_to, std::int64_t now) {
  auto rows = catalog_.statement(fmt::format(
      "SELECT {} FROM {} WHERE a.change_seq > ?1 AND a.change_seq <= ?2 ORDER BY a.change_seq",
      kArticleColumns,
      kArticleTables));
  if (!rows) return pass_on(rows.error());
  (*rows)->bind(1, applied_seq_).bind(2, up_to);
  std::uint64_t count = 0;
  auto done = (*rows)->for_each_row([&] {
    ++count;
    const StoredArticle stored = read_stored_article(**rows);
    return is_visible(stored.article, now) ? writer_.put(stored) : writer_.remove(stored.doc_id);
  });
  if (!done) return pass_on(done.error());
  return count;
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
