// The index is read into a map of numbers, a few dozen bytes an article, and the catalog's rows are
// looked up in it: one pass over each.
#include "indexer/check.h"

#include <map>
#include <optional>
#include <vector>

#include <spdlog/fmt/fmt.h>

#include "indexer/reindex.h"
#include "indexer/write/catalog_upkeep.h"
#include "indexer/write/changes.h"
#include "indexer/write/document.h"
#include "indexer/write/parts.h"
#include "indexer/write/visible.h"
#include "schema/catalog.h"
#include "schema/fields.h"
#include "schema/index.h"

namespace broadsheet::indexer {
namespace {

// What the index holds: number and change_seq of every article, hidden versions left out.
using IndexContent = std::map<DocId, std::int64_t>;

void add_part(const Xapian::Database& part, IndexContent& content, std::map<DocId, bool>& hidden) {
  const std::string tombstone(row_of(Field::tombstone).prefix);
  std::map<DocId, bool> own;
  auto buried = part.postlist_begin(tombstone);
  auto seq = part.valuestream_begin(number_of(Slot::change_seq));
  for (auto doc = part.postlist_begin(""); doc != part.postlist_end(""); ++doc) {
    own.emplace(*doc, true);
    if (hidden.contains(*doc)) continue;
    if (buried != part.postlist_end(tombstone)) buried.skip_to(*doc);
    if (buried != part.postlist_end(tombstone) && *buried == *doc) continue;
    seq.skip_to(*doc);
    const bool has_seq =
        seq != part.valuestream_end(number_of(Slot::change_seq)) && seq.get_docid() == *doc;
    content[*doc] = has_seq ? static_cast<std::int64_t>(Xapian::sortable_unserialise(*seq)) : 0;
  }
  hidden.merge(own);
}

Result<IndexContent> read_index(const LiveIndex& live) {
  IndexContent content;
  std::map<DocId, bool> hidden;
  for (const auto& path : live.parts) {
    auto part = open_part(path);
    if (!part) return pass_on(part.error());
    auto read = xapian_try([&] { add_part(*part, content, hidden); });
    if (!read) {
      Error error = read.error();
      error.hint = "run broadsheet-indexer rebuild: the index is made anew from the catalog";
      return pass_on(std::move(error));
    }
  }
  return content;
}

struct Differences {
  CheckReport report;
  std::vector<DocId> to_put;
  std::vector<DocId> to_remove;
};

// Takes from `content` what the catalog knows; what stays is extra.
Result<Differences> compare(sqlite::Database& catalog, IndexContent content, std::int64_t now) {
  Differences found;
  auto rows = catalog.statement(
      fmt::format("SELECT a.doc_id, a.change_seq FROM article a WHERE {}", kVisibleCondition));
  if (!rows) return pass_on(rows.error());
  (*rows)->bind(1, now);
  auto read = (*rows)->for_each_row([&]() -> Result<void> {
    const auto doc = static_cast<DocId>((*rows)->integer(0));
    const auto indexed = content.extract(doc);
    ++found.report.checked;
    if (indexed && indexed.mapped() == (*rows)->integer(1)) return {};
    ++(indexed ? found.report.stale : found.report.missing);
    found.to_put.push_back(doc);
    return {};
  });
  if (!read) return pass_on(read.error());
  for (const auto& [doc, seq] : content)
    found.to_remove.push_back(doc);
  found.report.extra = found.to_remove.size();
  return found;
}

// Puts and removes articles in batches, so that neither memory nor a commit grows with the number
// of differences.
class Mender {
 public:
  Mender(const std::filesystem::path& data_dir, const LiveIndex& live, std::int64_t applied)
      : writer_(data_dir, live), applied_(applied) {}

  Result<void> run(sqlite::Database& catalog,
                   const Differences& found,
                   const BuildProgress& progress) {
    if (auto put = put_all(catalog, found.to_put, progress); !put) return put;
    for (const DocId doc : found.to_remove) {
      if (auto removed = writer_.remove(doc); !removed) return removed;
      if (auto done = count(progress); !done) return done;
    }
    if (auto done = commit(); !done) return done;
    return writer_.finish_join([&] { return progress ? progress(mended_, 0) : GoOn::yes; });
  }

 private:
  Result<void> put_all(sqlite::Database& catalog,
                       const std::vector<DocId>& docs,
                       const BuildProgress& progress) {
    auto row = catalog.statement(
        fmt::format("SELECT {} FROM {} WHERE a.doc_id = ?1", kArticleColumns, kArticleTables));
    if (!row) return pass_on(row.error());
    for (const DocId doc : docs) {
      const sqlite::StatementReset reset(**row);
      (*row)->bind(1, std::int64_t{doc});
      auto there = (*row)->step();
      if (!there) return pass_on(there.error());
      if (!*there) continue;
      const StoredArticle stored = read_stored_article(**row);
      Xapian::Document document;
      auto put = xapian_try([&] { document = builder_.build(stored); });
      if (put) put = writer_.put(stored, document);
      if (!put) return put;
      if (auto done = count(progress); !done) return done;
    }
    return {};
  }

  Result<void> count(const BuildProgress& progress) {
    constexpr std::uint64_t kBatchArticles = 300;
    if (++mended_ % kBatchArticles != 0) return {};
    if (auto done = commit(); !done) return done;
    if (!progress || progress(mended_, 0) == GoOn::yes) return {};
    return fail(ErrorCode::interrupted, "mending was interrupted");
  }

  Result<void> commit() {
    if (auto done = writer_.commit(applied_); !done) return done;
    if (auto shown = writer_.publish_if_changed(); !shown) return shown;
    return writer_.tend();
  }

  PartsWriter writer_;
  DocumentBuilder builder_;
  std::int64_t applied_;
  std::uint64_t mended_ = 0;
};

Result<void> mend(const std::filesystem::path& data_dir,
                  const LiveIndex& live,
                  sqlite::Database& catalog,
                  const Differences& found,
                  const BuildProgress& progress) {
  auto newest = open_part(live.parts.front());
  if (!newest) return pass_on(newest.error());
  std::int64_t applied = 0;
  auto read = xapian_try([&] { applied = metadata_number(*newest, kAppliedSeqKey); });
  if (!read) return read;
  return Mender(data_dir, live, applied).run(catalog, found, progress);
}

struct Comparison {
  std::optional<LiveIndex> live;  // empty: nothing is indexed yet
  Differences found;
};

Result<void> check_newest(const LiveIndex& live, sqlite::Database& catalog) {
  auto newest = open_part(live.parts.front());
  if (!newest) return pass_on(newest.error());
  return check_same_archive(catalog, *newest);
}

Result<Comparison> compare_once(const std::filesystem::path& data_dir,
                                sqlite::Database& catalog,
                                std::int64_t now) {
  auto live = read_stub(data_dir);
  const bool is_absent = !live && live.error().code == ErrorCode::not_found;
  if (!live && !is_absent) return pass_on(live.error());
  if (live) {
    if (auto same = check_newest(*live, catalog); !same) return pass_on(same.error());
  }
  auto content = is_absent ? Result<IndexContent>(IndexContent{}) : read_index(*live);
  if (!content) return pass_on(content.error());
  auto found = compare(catalog, std::move(*content), now);
  if (!found) return pass_on(found.error());
  Comparison comparison{std::nullopt, std::move(*found)};
  if (live) comparison.live = std::move(*live);
  return comparison;
}

// The last change of the catalog and the parts of the index: different when somebody wrote
// meanwhile.
std::string state_of(const std::filesystem::path& data_dir, sqlite::Database& catalog) {
  auto seq =
      catalog.query_integer("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change_seq'");
  std::string state = std::to_string(seq ? seq->value_or(0) : 0);
  auto live = read_stub(data_dir);
  if (!live) return state;
  for (const auto& part : live->parts)
    state += ' ' + part.string();
  auto newest = open_part(live->parts.front());
  // What cannot be read now is told by the comparison.
  if (newest) (void)xapian_try([&] { state += ' ' + newest->get_metadata(kAppliedSeqKey); });
  return state;
}

// A writer at work changes both sides while they are compared: from the start then.
Result<Comparison> compare_at_rest(const std::filesystem::path& data_dir,
                                   sqlite::Database& catalog,
                                   std::int64_t now) {
  constexpr int kMostTries = 20;
  for (int i = 1;; ++i) {
    const std::string before = state_of(data_dir, catalog);
    auto compared = compare_once(data_dir, catalog, now);
    const bool is_clean = compared && compared->found.report.is_clean();
    if (is_clean || i == kMostTries || state_of(data_dir, catalog) == before) return compared;
  }
}

}  // namespace

bool CheckReport::needs_rebuild() const {
  // A rebuild indexes an article several times faster.
  constexpr std::uint64_t kFew = 1000;
  return differences() > kFew && differences() > checked / 5;
}

Result<CheckReport> check(const std::filesystem::path& data_dir,
                          std::int64_t now,
                          Repair repair,
                          const BuildProgress& progress) {
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog) return pass_on(catalog.error());
  if (auto sound = check_integrity(*catalog, catalog_path(data_dir)); !sound)
    return pass_on(sound.error());
  auto compared = compare_at_rest(data_dir, *catalog, now);
  if (!compared) return pass_on(compared.error());
  CheckReport& report = compared->found.report;
  if (repair == Repair::no || report.is_clean()) return report;
  if (!compared->live) {
    auto reindexer = Reindexer::open(data_dir, 1);
    if (!reindexer) return pass_on(reindexer.error());
    auto done = reindexer->apply_pending(now, progress);
    if (!done) return pass_on(done.error());
  } else {
    auto done = mend(data_dir, *compared->live, *catalog, compared->found, progress);
    if (!done) return pass_on(done.error());
  }
  report.repaired = true;
  return report;
}

}  // namespace broadsheet::indexer
