// Plan, fill, join. A chunk is 1.5 MB of text with a commit every 150 kB: Xapian's in-memory
// inverter is fastest while it fits the processor's cache, and the commits append to one B-tree, so
// posting lists stay long, which queries like. Workers take whole groups of neighbouring chunks,
// since a join needs ranges that do not overlap.
#include "indexer/write/bulk_build.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include <spdlog/fmt/fmt.h>
#include <xapian.h>

#include "indexer/write/disk_room.h"
#include "indexer/write/document.h"
#include "indexer/write/fold_parts.h"
#include "indexer/write/visible.h"
#include "schema/catalog.h"
#include "schema/index.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kChunkBytes = 1'500'000;
constexpr std::int64_t kCommitBytes = 150'000;
// Chunks joined at once: each holds about six files open, and 1,024 is a common limit.
constexpr std::size_t kGroupChunks = 32;
// Free beside what the build is reckoned to need.
constexpr std::uintmax_t kBuildReserve = std::uintmax_t{64} << 20U;

struct Chunk {
  DocId first = 0;
  DocId last = 0;
};

struct Plan {
  std::vector<std::vector<Chunk>> groups;  // each in ascending order, and one after the other
  std::uint64_t articles = 0;
  std::int64_t text_bytes = 0;
  std::int64_t displacement = 0;  // the farthest an article lies from the number its time asks for
  std::int64_t applied_seq = 0;
  std::string catalog_uuid;
};

std::vector<std::vector<Chunk>> group(const std::vector<Chunk>& chunks, std::size_t threads) {
  // As many groups as fill every worker evenly.
  const std::size_t rounds =
      (chunks.size() + threads * kGroupChunks - 1) / (threads * kGroupChunks);
  const std::size_t count = std::max<std::size_t>(1, std::min(chunks.size(), rounds * threads));
  std::vector<std::vector<Chunk>> groups(count);
  for (std::size_t i = 0; i < chunks.size(); ++i)
    groups[i * count / chunks.size()].push_back(chunks[i]);
  return groups;
}

// One pass over numbers and sizes, in index order.
Result<Plan> make_plan(sqlite::Database& catalog, const BulkBuildOptions& options) {
  Plan plan;
  auto seq =
      catalog.query_integer("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change_seq'");
  if (!seq) return pass_on(seq.error());
  plan.applied_seq = seq->value_or(0);
  auto uuid = catalog_uuid(catalog);
  if (!uuid) return pass_on(uuid.error());
  plan.catalog_uuid = *uuid;
  auto rows = catalog.statement(fmt::format(
      "SELECT a.doc_id, a.body_bytes, a.published FROM article a WHERE {} ORDER BY a.doc_id",
      kVisibleCondition));
  if (!rows) return pass_on(rows.error());
  (*rows)->bind(1, options.now);
  std::vector<Chunk> chunks;
  std::int64_t chunk_bytes = kChunkBytes;
  auto read = (*rows)->for_each_row([&]() -> Result<void> {
    const auto doc = static_cast<DocId>((*rows)->integer(0));
    if (chunk_bytes >= kChunkBytes) {
      chunks.push_back({doc, doc});
      chunk_bytes = 0;
    }
    chunks.back().last = doc;
    chunk_bytes += (*rows)->integer(1) + 200;  // 200: title and labels of a bare headline
    plan.text_bytes += (*rows)->integer(1) + 200;
    ++plan.articles;
    if (const auto published = (*rows)->optional_integer(2)) {
      plan.displacement =
          std::max<std::int64_t>(plan.displacement, std::int64_t{doc} - doc_id_for(published));
    }
    return {};
  });
  if (!read) return pass_on(read.error());
  plan.groups = group(chunks, static_cast<std::size_t>(options.threads));
  return plan;
}

// What the workers share.
struct Build {
  const BulkBuildOptions& options;
  const Plan& plan;
  const BuildProgress& progress;
  fs::path scratch;
  std::atomic<std::size_t> next_group{0};
  std::atomic<std::uint64_t> written{0};
  std::atomic<bool> stopped{false};
  std::mutex mutex;  // guards error and progress
  Result<void> outcome;
};

// One thread's part of the build: its own connection, analyser and databases.
class Worker {
 public:
  explicit Worker(Build& build) : build_(build) {}

  Result<void> run() {
    auto catalog = open_catalog_for_reading(build_.options.data_dir);
    if (!catalog) return pass_on(catalog.error());
    auto rows = catalog->statement(
        fmt::format("SELECT {} FROM {} WHERE {} AND a.doc_id BETWEEN ?2 AND ?3 ORDER BY a.doc_id",
                    kArticleColumns,
                    kArticleTables,
                    kVisibleCondition));
    if (!rows) return pass_on(rows.error());
    while (!build_.stopped) {
      const std::size_t number = build_.next_group++;
      if (number >= build_.plan.groups.size()) break;
      if (auto done = build_group(**rows, number); !done) return done;
    }
    return {};
  }

 private:
  fs::path group_path(std::size_t number) const {
    return build_.scratch / fmt::format("group-{:06}", number);
  }

  Result<void> build_group(sqlite::Statement& rows, std::size_t number) {
    std::vector<fs::path> chunks;
    for (const Chunk& chunk : build_.plan.groups[number]) {
      chunks.push_back(build_.scratch / fmt::format("chunk-{:06}-{:03}", number, chunks.size()));
      if (auto done = fill(rows, chunk, chunks.back()); !done) return done;
      if (build_.stopped) return {};
    }
    if (auto joined = join_parts(chunks, group_path(number)); !joined) return joined;
    std::error_code ignored;  // the whole scratch folder goes at the end
    for (const fs::path& chunk : chunks)
      fs::remove_all(chunk, ignored);
    return {};
  }

  Result<void> fill(sqlite::Statement& rows, const Chunk& chunk, const fs::path& path) {
    Result<void> read;
    auto written = xapian_try([&] {
      Xapian::WritableDatabase database(path.string(),
                                        Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
      // Always in a transaction: without one the destructor would commit what a failure left.
      database.begin_transaction();
      read = copy(rows, chunk, database);
      if (read) read = check_room(build_.scratch, kCommitReserve);
      if (!read) return;
      stamp(database);
      database.commit_transaction();
    });
    return read ? written : read;
  }

  Result<void> copy(sqlite::Statement& rows,
                    const Chunk& chunk,
                    Xapian::WritableDatabase& database) {
    const sqlite::StatementReset reset(rows);
    rows.bind(1, build_.options.now)
        .bind(2, std::int64_t{chunk.first})
        .bind(3, std::int64_t{chunk.last});
    std::size_t pending = 0;
    while (!build_.stopped) {
      auto row = rows.step();
      if (!row) return pass_on(row.error());
      if (!*row) return {};
      const StoredArticle stored = read_stored_article(rows);
      database.replace_document(stored.doc_id, builder_.build(stored));
      pending += stored.article.body.size();
      if (pending >= kCommitBytes) {
        if (auto room = check_room(build_.scratch, kCommitReserve); !room) return room;
        database.commit_transaction();
        database.begin_transaction();
        pending = 0;
      }
      if (auto told = tell_progress(++build_.written); !told) return told;
    }
    return {};
  }

  void stamp(Xapian::WritableDatabase& database) const {
    stamp_part(database, build_.plan.catalog_uuid);
    database.set_metadata(kAppliedSeqKey, std::to_string(build_.plan.applied_seq));
    database.set_metadata(kDisplacementKey, std::to_string(build_.plan.displacement));
  }

  Result<void> tell_progress(std::uint64_t written) {
    if (!build_.progress || written % 256 != 0) return {};
    const std::scoped_lock lock(build_.mutex);
    if (build_.progress(written, build_.plan.articles) == GoOn::yes) return {};
    return fail(ErrorCode::interrupted, "the build was interrupted");
  }

  Build& build_;
  DocumentBuilder builder_;
};

void run_worker(Build& build) {
  Result<void> done = Worker(build).run();
  if (done) return;
  const std::scoped_lock lock(build.mutex);
  if (build.outcome) build.outcome = done;
  build.stopped = true;
}

Result<void> run_workers(Build& build) {
  std::vector<std::thread> threads;
  for (int i = 1; i < build.options.threads; ++i)
    threads.emplace_back([&build] { run_worker(build); });
  run_worker(build);
  for (std::thread& thread : threads)
    thread.join();
  return build.outcome;
}

// An empty catalog still gives a part: readers then answer "no matches" instead of "not indexed".
Result<void> make_empty_part(const Plan& plan, const fs::path& part) {
  return xapian_try([&] {
    Xapian::WritableDatabase database(part.string(), Xapian::DB_CREATE_OR_OVERWRITE);
    stamp_part(database, plan.catalog_uuid);
    database.set_metadata(kAppliedSeqKey, std::to_string(plan.applied_seq));
    database.commit();
  });
}

Result<void> fill_and_join(const BulkBuildOptions& options,
                           const Plan& plan,
                           const BuildProgress& progress,
                           const fs::path& scratch) {
  Build build{.options = options, .plan = plan, .progress = progress, .scratch = scratch};
  if (auto done = run_workers(build); !done) return done;
  std::vector<fs::path> groups;
  for (std::size_t i = 0; i < plan.groups.size(); ++i) {
    groups.push_back(scratch / fmt::format("group-{:06}", i));
  }
  if (auto joined = join_parts(groups, options.part); !joined) return joined;
  if (progress) progress(plan.articles, plan.articles);  // done: too late to be stopped
  return {};
}

}  // namespace

Result<BulkBuildReport> bulk_build(const BulkBuildOptions& options, const BuildProgress& progress) {
  auto catalog = open_catalog_for_reading(options.data_dir);
  if (!catalog) return pass_on(catalog.error());
  auto plan = make_plan(*catalog, options);
  if (!plan) return pass_on(plan.error());
  const auto needed =
      kDiskPerTextByte * static_cast<std::uintmax_t>(plan->text_bytes) + kBuildReserve;
  if (auto room = check_room(options.part.parent_path(), needed); !room)
    return pass_on(room.error());
  if (plan->articles == 0) {
    if (auto made = make_empty_part(*plan, options.part); !made) return pass_on(made.error());
    return BulkBuildReport{0, plan->applied_seq};
  }
  const fs::path scratch = options.part.string() + ".build";
  std::error_code ignored;
  fs::remove_all(scratch, ignored);
  fs::create_directories(scratch, ignored);
  auto done = fill_and_join(options, *plan, progress, scratch);
  fs::remove_all(scratch, ignored);
  if (!done) {
    fs::remove_all(options.part, ignored);
    return pass_on(done.error());
  }
  return BulkBuildReport{plan->articles, plan->applied_seq};
}

}  // namespace broadsheet::indexer
