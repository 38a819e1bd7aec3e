// Plan, fill, join. Chunks are filled side by side, each with a commit every 400 kB of text:
// Xapian's in-memory inverter is fastest while it fits the processor's cache, and the commits
// append to one B-tree, so posting lists stay long, which queries like. The last join runs alone:
// one of few large chunks was faster than joins of joins of small ones.
#include "indexer/write/bulk_build.h"

#include <algorithm>
#include <atomic>
#include <functional>
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

constexpr std::size_t kCommitBytes = 400'000;
// Parts open at once, by all joins together: each holds about six files, and 1,024 is a common
// limit.
constexpr std::size_t kMostOpen = 128;
// A join of a larger archive is preceded by joins of so many neighbours, or more.
constexpr std::size_t kLeastJoined = 8;
// Free beside what the build is reckoned to need.
constexpr std::uintmax_t kBuildReserve = std::uintmax_t{64} << 20U;

struct Chunk {
  DocId first = 0;
  DocId last = 0;
};

struct Plan {
  std::vector<Chunk> chunks;  // in ascending order
  std::uint64_t articles = 0;
  std::int64_t text_bytes = 0;
  std::int64_t displacement = 0;  // the farthest an article lies from the number its time asks for
  std::int64_t applied_seq = 0;
  std::string catalog_uuid;
};

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
  std::int64_t chunk_bytes = options.chunk_bytes;
  auto read = (*rows)->for_each_row([&]() -> Result<void> {
    const auto doc = static_cast<DocId>((*rows)->integer(0));
    if (chunk_bytes >= options.chunk_bytes) {
      plan.chunks.push_back({doc, doc});
      chunk_bytes = 0;
    }
    plan.chunks.back().last = doc;
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
  return plan;
}

// What the workers share.
struct Build {
  const BulkBuildOptions& options;
  const Plan& plan;
  const BuildProgress& progress;
  fs::path scratch;
  std::atomic<std::size_t> next_chunk{0};
  std::atomic<std::uint64_t> written{0};
  std::atomic<bool> stopped{false};
  std::mutex mutex;  // guards outcome and progress
  Result<void> outcome;

  fs::path path(std::string_view kind, std::size_t number) const {
    return scratch / fmt::format("{}-{:06}", kind, number);
  }
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
      const std::size_t number = build_.next_chunk++;
      if (number >= build_.plan.chunks.size()) break;
      auto done = fill(**rows, build_.plan.chunks[number], build_.path("chunk", number));
      if (!done) return done;
    }
    return {};
  }

 private:
  Result<void> fill(sqlite::Statement& rows, const Chunk& chunk, const fs::path& path) {
    Result<void> read;
    auto written = xapian_try([&] {
      // Nobody reads a chunk before it is whole, so it need not survive anything: written in place.
      Xapian::WritableDatabase database(
          path.string(),
          Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
      // Always in a transaction: without one the destructor would commit what a failure left.
      database.begin_transaction();
      read = copy(rows, chunk, database);
      if (read) read = check_room(build_.scratch, kCommitReserve);
      if (!read) return;
      stamp(database);
      database.commit_transaction();
    });
    return read ? or_disk_full(std::move(written), build_.scratch) : read;
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

using Job = std::function<Result<void>()>;

void run_job(Build& build, const Job& job) {
  Result<void> done = job();
  if (done) return;
  const std::scoped_lock lock(build.mutex);
  if (build.outcome) build.outcome = done;
  build.stopped = true;
}

// Runs the job on so many threads at once.
Result<void> run_jobs(Build& build, std::size_t count, const Job& job) {
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < count; ++i)
    threads.emplace_back([&] { run_job(build, job); });
  run_job(build, job);
  for (std::thread& thread : threads)
    thread.join();
  return build.outcome;
}

// Joins neighbours, several groups of them at a time.
Result<std::vector<fs::path>> join_neighbours(Build& build,
                                              const std::vector<fs::path>& parts,
                                              std::string_view name) {
  const auto threads =
      std::min(static_cast<std::size_t>(build.options.threads), kMostOpen / kLeastJoined);
  const std::size_t size = kMostOpen / threads;
  const std::size_t count = (parts.size() + size - 1) / size;
  std::vector<fs::path> groups;
  for (std::size_t number = 0; number < count; ++number)
    groups.push_back(build.path(name, number));
  std::atomic<std::size_t> next{0};
  auto done = run_jobs(build, threads, [&]() -> Result<void> {
    for (std::size_t number = next++; number < count && !build.stopped; number = next++) {
      const auto first = parts.begin() + static_cast<std::ptrdiff_t>(number * parts.size() / count);
      const auto last =
          parts.begin() + static_cast<std::ptrdiff_t>((number + 1) * parts.size() / count);
      const std::vector<fs::path> group(first, last);
      if (auto joined = join_parts(group, groups[number]); !joined) return joined;
      std::error_code ignored;  // the whole scratch folder goes at the end
      for (const fs::path& part : group)
        fs::remove_all(part, ignored);
    }
    return {};
  });
  if (!done) return pass_on(done.error());
  return groups;
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
  const auto threads = static_cast<std::size_t>(options.threads);
  if (auto done = run_jobs(build, threads, [&] { return Worker(build).run(); }); !done) return done;
  std::vector<fs::path> parts;
  for (std::size_t number = 0; number < plan.chunks.size(); ++number)
    parts.push_back(build.path("chunk", number));
  for (std::string name = "group"; parts.size() > kMostOpen; name += "-of-groups") {
    auto groups = join_neighbours(build, parts, name);
    if (!groups) return pass_on(groups.error());
    parts = *std::move(groups);
  }
  if (auto joined = join_parts(parts, options.part); !joined) return joined;
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
