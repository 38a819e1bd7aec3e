// Fills a data folder as `broadsheet-indexer add` does, except that titles may be left out.
#include "tests/relevance/archive.h"

#include <chrono>

#include "indexer/import_pipeline.h"
#include "indexer/reindex.h"
#include "indexer/write/catalog_writer.h"
#include "indexer/write/content_hash.h"
#include "schema/index.h"

namespace broadsheet::relevance {
namespace {

using indexer::ImportedChunk;
using indexer::ImportPipeline;

constexpr int kThreads = 2;
// "Now" for judging dates: after everything in the sets, and the same in every run.
constexpr std::int64_t kNow = 1'800'000'000;

// As an import does: what is linked depends on what came in together.
constexpr std::uint64_t kBatchRecords = 500;

Result<void> store(indexer::CatalogWriter& catalog,
                   ImportedChunk& chunk,
                   Titles titles,
                   std::uint64_t& stored) {
  for (auto& record : chunk.records) {
    if (!record.refusal.empty()) continue;
    if (++stored % kBatchRecords == 0) {
      if (auto done = catalog.commit(); !done) return done;
    }
    if (titles == Titles::left_out) {
      record.article.article.title.clear();
      record.article.content_hash = indexer::content_hash(record.article.article);
      record.article.features.reset();
    }
    if (auto done = catalog.upsert(record.article, kNow); !done) return pass_on(done.error());
  }
  return {};
}

Result<void> fill_catalog(const std::filesystem::path& data_dir,
                          const std::vector<std::filesystem::path>& files,
                          Titles titles) {
  auto catalog = indexer::CatalogWriter::open(data_dir);
  if (!catalog) return pass_on(catalog.error());
  if (auto begun = catalog->begin(); !begun) return begun;
  indexer::PipelineOptions options{.workers = kThreads, .now = kNow};
  for (const auto& file : files)
    options.files.push_back({file.string()});
  indexer::StopSignal stop;
  ImportPipeline pipeline(options, stop);
  ImportedChunk chunk;
  std::uint64_t count = 0;
  while (true) {
    const auto outcome = pipeline.next(chunk, std::chrono::steady_clock::time_point::max());
    if (outcome == ImportPipeline::Outcome::end) break;
    if (outcome == ImportPipeline::Outcome::timeout) continue;
    if (auto stored = store(*catalog, chunk, titles, count); !stored) return stored;
  }
  return catalog->commit();
}

}  // namespace

Result<void> build_archive(const std::filesystem::path& data_dir,
                           const std::vector<std::filesystem::path>& files,
                           Titles titles) {
  if (std::filesystem::exists(stub_path(data_dir))) return {};
  std::filesystem::create_directories(data_dir);
  if (auto filled = fill_catalog(data_dir, files, titles); !filled) return filled;
  auto reindexer = indexer::Reindexer::open(data_dir, kThreads);
  if (!reindexer) return pass_on(reindexer.error());
  if (auto applied = reindexer->apply_pending(kNow); !applied) return pass_on(applied.error());
  return reindexer->finish();
}

}  // namespace broadsheet::relevance
