// Batches: an article is committed and searchable soon after it came, though nothing follows it. So
// every wait has an end, and the age of the open transaction decides as well as its size.
#include "indexer/import.h"

#include <algorithm>
#include <chrono>

#include <spdlog/spdlog.h>

#include "indexer/clock.h"
#include "indexer/import_pipeline.h"
#include "indexer/normalize/normalize.h"
#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBatchRecords = 500;
constexpr std::size_t kBatchBytes = std::size_t{64}
                                    << 20U;  // of bodies: bounds the log of a commit
constexpr std::chrono::milliseconds kBatchAge{500};
// With nothing coming in for this long, a first load shows what it has...
constexpr std::chrono::milliseconds kQuiet{500};
// ... and after this long in any case: a pipe need not fall quiet.
constexpr std::chrono::seconds kLongestHeld{3};
constexpr std::chrono::seconds kReportEvery{1};
constexpr std::uint64_t kRefusalsLogged = 10;

// Bytes of all files; 0 when one has no known end.
std::uint64_t size_of(const std::vector<InputFile>& files) {
  std::uint64_t total = 0;
  for (const InputFile& file : files) {
    if (file.received) {
      total += file.received->bytes.size();
      continue;
    }
    std::error_code failed;
    const auto size = std::filesystem::file_size(file.path, failed);
    if (failed) return 0;
    total += size;
  }
  return total;
}

// Merges and splits alone: every article would be too much.
void log_story_changes(CatalogWriter& catalog) {
  constexpr std::size_t kMostLines = 10;
  const std::vector<StoryChange> changes = catalog.take_story_changes();
  for (std::size_t i = 0; i < std::min(kMostLines, changes.size()); ++i) {
    const StoryChange& change = changes[i];
    if (change.kind == StoryChange::Kind::merged) {
      spdlog::info("story {} is part of {} from now on", change.story, change.other);
    } else {
      spdlog::info("an article whose text has changed left story {} for {}",
                   change.story,
                   change.other.empty() ? "none" : change.other);
    }
  }
  if (changes.size() > kMostLines)
    spdlog::info("and {} more changes of stories", changes.size() - kMostLines);
}

class Import {
 public:
  // Without a turn the caller holds the lock.
  Import(const ImportOptions& options,
         WriteTurn* turn,
         StopSignal& stop,
         const ImportProgress& progress)
      : options_(options),
        turn_(turn),
        stop_(stop),
        progress_(progress),
        started_at_(unix_now()),
        files_(options.files.size()) {}

  ImportOutcome run() {
    Result<void> done = open();
    if (done) done = take_all();
    if (done) done = finish();
    report_.finished = true;
    tell();
    ImportOutcome outcome{report_, std::move(files_), std::nullopt};
    if (!done) outcome.error = done.error();
    return outcome;
  }

 private:
  Result<void> open() {
    report_.total_bytes = size_of(options_.files);
    if (options_.dry_run) {
      spdlog::info("a dry run: records are read and judged, and nothing is written");
      return {};
    }
    if (turn_ != nullptr) return use(turn_->begin());
    auto stores = open_stores(options_.data_dir, options_.jobs, started_at_);
    if (!stores) return pass_on(stores.error());
    own_stores_.emplace(*std::move(stores));
    stores_ = &*own_stores_;
    return {};
  }

  Result<void> use(const Result<Stores*>& stores) {
    stores_ = stores.value_or(nullptr);
    return stores ? Result<void>() : pass_on(stores.error());
  }

  Result<void> take_all() {
    PipelineOptions options;
    options.files = options_.files;
    options.format = options_.format;
    options.map = options_.map;
    options.default_source = options_.default_source;
    options.workers = options_.jobs;
    options.now = started_at_;
    options.concludes = false;
    if (stores_ != nullptr) {
      options.concludes = stores_->index.is_first_load();
      auto languages = stores_->catalog.source_languages();
      if (!languages) return pass_on(languages.error());
      options.source_languages = *std::move(languages);
    }
    ImportPipeline pipeline(std::move(options), stop_);
    while (true) {
      ImportedChunk chunk;
      const auto outcome = pipeline.next(chunk, next_deadline());
      report_.bytes = pipeline.bytes_consumed();
      if (outcome == ImportPipeline::Outcome::end) return {};
      if (outcome == ImportPipeline::Outcome::chunk) {
        last_arrival_ = Clock::now();
        if (auto done = take(chunk); !done) return done;
      }
      if (auto done = flush_when_due(); !done) return done;
      if (aborted_) return {};
    }
  }

  Clock::time_point next_deadline() const {
    Clock::time_point deadline = last_told_ + kReportEvery;
    if (batch_ > 0) deadline = std::min(deadline, batch_began_ + kBatchAge);
    if (holds_back()) deadline = std::min(deadline, first_load_due());
    return deadline;
  }

  // A first load holds back what it has committed until it ends, or until a pipe falls quiet or has
  // waited long. A file that comes slowly is no live source: the small road would take it far
  // longer.
  bool holds_back() const {
    return reads_pipe_ && stores_ != nullptr && report_.added > 0 && stores_->index.is_first_load();
  }

  Clock::time_point first_load_due() const {
    return std::min(last_arrival_ + kQuiet, held_since_ + kLongestHeld);
  }

  // Concluding is left until it is known that the article is not: most of what comes again is.
  Result<Upsert> upsert(IncomingArticle& incoming) {
    if (auto done = stores_->catalog.complete(incoming); !done) return pass_on(done.error());
    auto unchanged = stores_->catalog.is_unchanged(incoming);
    if (!unchanged) return pass_on(unchanged.error());
    if (*unchanged) return Upsert::unchanged;
    conclude(incoming.article);
    return stores_->catalog.upsert(incoming, started_at_ + elapsed_seconds());
  }

  Result<void> take(ImportedChunk& chunk) {
    for (ImportedRecord& record : chunk.records) {
      ++report_.read;
      if (batch_++ == 0) batch_began_ = Clock::now();
      auto done = record.refusal.empty() ? store(record, files_[chunk.input])
                                         : refuse(*chunk.file, record, files_[chunk.input]);
      if (!done || aborted_) return done;
      batch_bytes_ += record.article.article.body.size();
      if (batch_ >= kBatchRecords || batch_bytes_ >= kBatchBytes) done = flush();
      if (!done) return done;
    }
    if (chunk.ends_file) {
      count_passed_over(chunk);
      files_[chunk.input].is_whole = true;
      files_[chunk.input].failure = chunk.failure;
    }
    return {};
  }

  void count_passed_over(const ImportedChunk& chunk) {
    std::string list;
    for (const PassedOver& part : chunk.passed_over) {
      report_.passed_over += part.count;
      list += (list.empty() ? "" : ", ") + std::to_string(part.count) + " " + part.what;
    }
    if (!list.empty()) spdlog::info("{}: passed over {}", *chunk.file, list);
  }

  Result<void> store(ImportedRecord& record, FileResult& file) {
    ++file.accepted;
    if (record.repaired) ++report_.repaired;
    if (stores_ == nullptr) {
      ++report_.added;  // as far as the record alone can tell
      return {};
    }
    if (report_.added == 0) held_since_ = Clock::now();
    auto outcome = upsert(record.article);
    if (!outcome) return pass_on(outcome.error());
    switch (*outcome) {
      case Upsert::added:
        ++report_.added;
        ++file.added;
        break;
      case Upsert::updated:
        ++report_.updated;
        ++file.updated;
        break;
      case Upsert::unchanged:
        ++report_.unchanged;
        break;
    }
    return {};
  }

  Result<void> refuse(const std::string& file, const ImportedRecord& record, FileResult& result) {
    ++result.refused;
    ++report_.refused;
    aborted_ = options_.on_error == OnError::abort;
    if (report_.refused <= kRefusalsLogged || aborted_) {
      spdlog::warn("{}, record {}: refused: {}", file, record.number, record.refusal);
    } else if (report_.refused == kRefusalsLogged + 1) {
      spdlog::warn("further refusals are kept in the quarantine file alone");
    }
    if (stores_ == nullptr) return {};
    report_.quarantine = stores_->quarantine.file();
    return stores_->quarantine.add(
        {file, record.number, record.offset, record.refusal, record.text});
  }

  Result<void> flush_when_due() {
    const auto now = Clock::now();
    if (batch_ > 0 && now >= batch_began_ + kBatchAge) {
      if (auto done = flush(); !done) return done;
    }
    if (holds_back() && now >= first_load_due()) {
      last_arrival_ = now;  // when it cannot be done now, the next try is later
      held_since_ = now;
      if (auto done = flush(); !done) return done;
      if (auto done = index_pending(); !done) return done;
    }
    if (now >= last_told_ + kReportEvery) tell();
    return {};
  }

  // Makes the batch durable, then searchable.
  Result<void> flush() {
    batch_ = 0;
    batch_bytes_ = 0;
    if (stores_ == nullptr) return {};
    auto released = stores_->catalog.release_due(unix_now());
    if (!released) return pass_on(released.error());
    if (auto done = stores_->catalog.commit(); !done) return done;
    log_story_changes(stores_->catalog);
    if (auto done = stores_->quarantine.flush(); !done) return done;
    report_.committed = report_.added + report_.updated + report_.unchanged;
    if (stores_->index.is_first_load()) return {};
    auto done = index_pending();
    return done && turn_ != nullptr ? use(turn_->give_way()) : done;
  }

  Result<void> index_pending() {
    const BuildProgress building = [this](std::uint64_t done, std::uint64_t total) {
      report_.indexed = done;
      report_.to_index = total;
      if (Clock::now() >= last_told_ + kReportEvery) tell();
      return stop_.number() == 0 ? GoOn::yes : GoOn::no;
    };
    const bool is_first = stores_->index.is_first_load();
    auto applied = stores_->index.apply_pending(unix_now(), building);
    report_.indexed = 0;
    report_.to_index = 0;
    if (applied || applied.error().code == ErrorCode::interrupted) return {};
    // A rebuild is at work on the first index. The next run or `index` does what is left.
    const bool waits_for_rebuild = is_first && applied.error().code == ErrorCode::unavailable;
    if (!waits_for_rebuild) return pass_on(applied.error());
    spdlog::warn("{} articles of this run are not indexed yet: {}",
                 report_.committed,
                 applied.error().message);
    return {};
  }

  Result<void> finish() {
    if (auto done = flush(); !done) return done;
    if (stores_ == nullptr) return {};
    if (auto done = link_rest(); !done) return done;
    if (auto done = index_pending(); !done) return done;
    if (turn_ != nullptr) return report_.read > 0 ? keep_report() : Result<void>();
    auto joined =
        stores_->index.finish([this] { return stop_.number() == 0 ? GoOn::yes : GoOn::no; });
    if (!joined) return joined;
    return keep_report();
  }

  // Articles from before they were linked, or of a source that was blocked or unblocked.
  Result<void> link_rest() {
    Result<bool> more = true;
    while (more && *more && stop_.number() == 0)
      more = stores_->catalog.link_more();
    log_story_changes(stores_->catalog);
    return more ? Result<void>() : pass_on(more.error());
  }

  Result<void> keep_report() {
    report_.seconds = elapsed();
    std::string json = report_.to_json();
    json.pop_back();
    json += ",\"finished\":\"" + format_utc(unix_now()) + "\"}";
    if (auto done = stores_->catalog.set_meta("last_run", json); !done) return done;
    return stores_->catalog.commit();
  }

  void tell() {
    last_told_ = Clock::now();
    report_.seconds = elapsed();
    if (progress_) progress_(report_);
  }

  double elapsed() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }

  std::int64_t elapsed_seconds() const { return static_cast<std::int64_t>(elapsed()); }

  const ImportOptions& options_;
  WriteTurn* const turn_;
  StopSignal& stop_;
  const ImportProgress& progress_;
  const bool reads_pipe_ =
      std::any_of(options_.files.begin(), options_.files.end(), [](const InputFile& file) {
        std::error_code failed;  // refused later, when it is opened
        return !file.received && !std::filesystem::is_regular_file(file.path, failed);
      });
  const Clock::time_point began_ = Clock::now();
  const std::int64_t started_at_;  // seconds since 1970 UTC
  std::optional<Stores> own_stores_;
  Stores* stores_ = nullptr;  // none in a dry run
  ImportReport report_;
  std::vector<FileResult> files_;
  std::uint64_t batch_ = 0;  // records since the last commit
  std::size_t batch_bytes_ = 0;
  Clock::time_point batch_began_;
  Clock::time_point last_arrival_ = began_;
  Clock::time_point held_since_ = began_;  // of a first load: the oldest article not shown
  Clock::time_point last_told_ = began_;
  bool aborted_ = false;
};

}  // namespace

ImportOutcome import_articles(const ImportOptions& options,
                              StopSignal& stop,
                              const ImportProgress& progress) {
  return Import(options, nullptr, stop, progress).run();
}

ImportOutcome import_in_turns(const ImportOptions& options,
                              WriteTurn& turn,
                              StopSignal& stop,
                              const ImportProgress& progress) {
  return Import(options, &turn, stop, progress).run();
}

}  // namespace broadsheet::indexer
