// Chooses the road: bulk when nothing is indexed yet, small commits otherwise.
#include "indexer/reindex.h"

#include "indexer/write/bulk_build.h"
#include "indexer/write/changes.h"
#include "indexer/write/generations.h"
#include "indexer/write/parts.h"
#include "schema/catalog.h"
#include "schema/index.h"

namespace broadsheet::indexer {

struct Reindexer::State {
  std::filesystem::path data_dir;
  int threads;
  sqlite::Database catalog;
  std::unique_ptr<PartsWriter> writer;  // empty before the first load
  std::unique_ptr<ChangeApplier> applier;

  void use(const LiveIndex& live, std::int64_t applied) {
    writer = std::make_unique<PartsWriter>(data_dir, live);
    applier = std::make_unique<ChangeApplier>(catalog, *writer, applied);
  }

  Result<std::uint64_t> load_first(std::int64_t now, const BuildProgress& progress) {
    auto report = rebuild(data_dir, {.threads = threads, .now = now, .progress = progress});
    if (!report) return pass_on(report.error());
    auto opened = open_live();
    if (!opened) return pass_on(opened.error());
    return report->articles;
  }

  Result<void> open_live() {
    auto live = read_stub(data_dir);
    if (!live && live.error().code == ErrorCode::not_found) return {};
    if (!live) return pass_on(live.error());
    auto newest = open_part(live->parts.front());
    if (!newest) return pass_on(newest.error());
    if (auto same = check_same_archive(catalog, *newest); !same) return same;
    remove_unused(data_dir, *live);
    return xapian_try([&] { use(*live, metadata_number(*newest, kAppliedSeqKey)); });
  }
};

Reindexer::Reindexer(std::unique_ptr<State> state) : state_(std::move(state)) {}

Reindexer::Reindexer(Reindexer&&) noexcept = default;
Reindexer& Reindexer::operator=(Reindexer&&) noexcept = default;
Reindexer::~Reindexer() = default;

Result<Reindexer> Reindexer::open(const std::filesystem::path& data_dir, int threads) {
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog) return pass_on(catalog.error());
  auto state =
      std::make_unique<State>(State{data_dir, threads, std::move(*catalog), nullptr, nullptr});
  if (auto opened = state->open_live(); !opened) return pass_on(opened.error());
  return Reindexer(std::move(state));
}

bool Reindexer::is_first_load() const {
  return state_->writer == nullptr;
}

Result<std::uint64_t> Reindexer::apply_pending(std::int64_t now, const BuildProgress& progress) {
  if (is_first_load()) return state_->load_first(now, progress);
  auto count = state_->applier->apply(now, progress);
  if (!count) return count;
  // Tended after the commit: what readers wait for comes first.
  if (auto tended = state_->writer->tend(); !tended) return pass_on(tended.error());
  return count;
}

Result<bool> Reindexer::tend_join() {
  if (!state_->writer || !state_->writer->is_joining()) return false;
  if (auto tended = state_->writer->tend(); !tended) return pass_on(tended.error());
  return state_->writer->is_joining();
}

Result<void> Reindexer::finish(const KeepWaiting& keep_waiting) {
  return state_->writer ? state_->writer->finish_join(keep_waiting) : Result<void>();
}

}  // namespace broadsheet::indexer
