// Chunks carry numbers: workers finish them in any order, next() gives them out in theirs.
#include "indexer/import_pipeline.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include <spdlog/spdlog.h>

#include "indexer/normalize/normalize.h"
#include "indexer/readers/formats.h"
#include "indexer/write/content_hash.h"
#include "indexer/write/shared_bodies.h"

namespace broadsheet::indexer {
namespace {

// A chunk is handed on when it is this large, or when the input has nothing more at the moment.
constexpr std::size_t kChunkBytes = std::size_t{256} * 1024;
constexpr std::size_t kChunkRecords = 128;

// Raw bytes under way. Everything made of them is a small multiple.
constexpr std::size_t kMostBytesUnderWay = std::size_t{48} << 20U;

// Records that were cut out, on their way to becoming articles.
struct Chunk {
  std::uint64_t number = 0;
  std::shared_ptr<const ArticleReader> reader;
  const Received* received = nullptr;  // of its input, if it was
  std::vector<RawRecord> raw;
  std::size_t bytes = 0;
  ImportedChunk imported;
};

IncomingArticle incoming_from(NormalizedArticle normalized, FeatureMaker* features) {
  IncomingArticle incoming;
  if (features != nullptr) {
    conclude(normalized.article);
    incoming.features = features->make(normalized.article);
  }
  incoming.content_hash = content_hash(normalized.article);
  incoming.body_hash = body_hash(normalized.article.body);
  incoming.article = std::move(normalized.article);
  if (normalized.is_notice) incoming.notice = Notice{normalized.has_status};
  incoming.fallback_id = std::move(normalized.fallback_id);
  incoming.canonical_url = std::move(normalized.canonical_url);
  incoming.original_id = std::move(normalized.original_id);
  incoming.id_of_feed = std::move(normalized.id_of_feed);
  return incoming;
}

// Makes the article of a record, or the reason why there is none.
void judge(ImportedRecord& record,
           RawArticle raw,
           const NormalizeOptions& options,
           FeatureMaker* features) {
  auto normalized = normalize(std::move(raw), options);
  if (!normalized) {
    record.refusal = normalized.error().message;
    return;
  }
  record.repaired = !normalized->repairs.empty();
  for (const std::string& repair : normalized->repairs) {
    spdlog::debug("record {}: {}", record.number, repair);
  }
  record.article = incoming_from(*std::move(normalized), features);
}

// Whoever subscribed to a source says what it is called.
RawArticle parse(const ArticleReader& reader, RawRecord& raw, const Received* received) {
  RawArticle article = reader.parse(raw);
  if (received != nullptr && !received->source.empty()) {
    article.source_id.reset();
    article.source_name = received->source;
  }
  return article;
}

ImportedRecord read_record(const Chunk& chunk,
                           RawRecord& raw,
                           const NormalizeOptions& options,
                           FeatureMaker* features) {
  ImportedRecord record;
  record.number = raw.number;
  record.offset = raw.offset;
  record.refusal = raw.refusal;
  if (record.refusal.empty())
    judge(record, parse(*chunk.reader, raw, chunk.received), options, features);
  if (!record.refusal.empty()) {
    raw.text.resize(std::min(raw.text.size(), kShownOfRefused));
    record.text = std::move(raw.text);
  }
  return record;
}

}  // namespace

struct ImportPipeline::State {
  State(PipelineOptions given, StopSignal& signal) : options(std::move(given)), stop(signal) {}

  void read_all();
  void read_file(std::size_t input);
  Result<std::unique_ptr<ByteSource>> open_source(const InputFile& file);
  void read_records(ByteSource& source, ArticleReader& reader, Chunk chunk);
  void refuse_file(Chunk chunk, RawRecord at, const Error& error);
  bool hand_on(Chunk& chunk);
  void work();

  [[nodiscard]] bool must_end() const { return stop.raised() || abandoned; }

  const PipelineOptions options;
  StopSignal& stop;
  std::atomic<bool> abandoned{false};
  std::atomic<std::uint64_t> consumed{0};

  std::mutex mutex;
  std::condition_variable work_ready;
  std::condition_variable result_ready;
  std::condition_variable room_ready;
  // Guarded by the mutex:
  std::deque<std::unique_ptr<Chunk>> waiting;
  std::map<std::uint64_t, std::unique_ptr<Chunk>> finished;
  std::uint64_t handed_on = 0;  // chunks numbered so far
  std::uint64_t given_out = 0;  // chunks that next() gave out
  std::size_t bytes_under_way = 0;
  bool all_read = false;

  std::vector<std::thread> threads;
};

ImportPipeline::ImportPipeline(PipelineOptions options, StopSignal& stop)
    : state_(std::make_unique<State>(std::move(options), stop)) {
  State& state = *state_;
  state.threads.emplace_back([&state] { state.read_all(); });
  for (int i = 0; i < std::max(1, state.options.workers); ++i) {
    state.threads.emplace_back([&state] { state.work(); });
  }
}

ImportPipeline::~ImportPipeline() {
  state_->abandoned = true;
  {
    const std::lock_guard lock(state_->mutex);
    state_->waiting.clear();
    if (!state_->all_read) state_->stop.raise(0);
  }
  state_->work_ready.notify_all();
  state_->room_ready.notify_all();
  for (std::thread& thread : state_->threads)
    thread.join();
}

std::uint64_t ImportPipeline::bytes_consumed() const {
  return state_->consumed;
}

ImportPipeline::Outcome ImportPipeline::next(ImportedChunk& chunk,
                                             std::chrono::steady_clock::time_point deadline) {
  State& state = *state_;
  std::unique_lock lock(state.mutex);
  const auto ready = [&state] {
    return state.finished.count(state.given_out) > 0 ||
           (state.all_read && state.given_out == state.handed_on);
  };
  if (!state.result_ready.wait_until(lock, deadline, ready)) return Outcome::timeout;
  const auto found = state.finished.find(state.given_out);
  if (found == state.finished.end()) return Outcome::end;
  chunk = std::move(found->second->imported);
  state.bytes_under_way -= found->second->bytes;
  state.finished.erase(found);
  ++state.given_out;
  lock.unlock();
  state.room_ready.notify_one();
  return Outcome::chunk;
}

void ImportPipeline::State::read_all() {
  for (std::size_t input = 0; input < options.files.size() && !must_end(); ++input)
    read_file(input);
  {
    const std::lock_guard lock(mutex);
    all_read = true;
  }
  work_ready.notify_all();
  result_ready.notify_all();
}

Result<std::unique_ptr<ByteSource>> ImportPipeline::State::open_source(const InputFile& file) {
  if (file.received) return open_bytes(file.received->bytes, &stop);
  return open_input(file.path, &stop);
}

void ImportPipeline::State::read_file(std::size_t input) {
  const InputFile& file = options.files[input];
  Chunk chunk;
  chunk.imported.file = std::make_shared<const std::string>(file.path);
  chunk.imported.input = input;
  chunk.received = file.received.get();
  auto source = open_source(file);
  if (!source) return refuse_file(std::move(chunk), {}, source.error());
  ByteSource& bytes = **source;
  ReaderOptions reader_options;
  reader_options.path = file.path;
  reader_options.map = options.map;
  if (file.received) {
    reader_options.content_type = file.received->content_type;
    reader_options.base_url = file.received->base_url;
  }
  auto reader = open_reader(options.format, reader_options, *std::move(source));
  if (!reader && file.from_folder && reader.error().code == ErrorCode::invalid_argument) {
    spdlog::warn("{} is left out: {}", file.path, reader.error().message);
    return;
  }
  if (!reader) return refuse_file(std::move(chunk), {}, reader.error());
  const std::shared_ptr<ArticleReader> shared = *std::move(reader);
  chunk.reader = shared;
  read_records(bytes, *shared, std::move(chunk));
}

void ImportPipeline::State::read_records(ByteSource& source, ArticleReader& reader, Chunk chunk) {
  const std::uint64_t before = consumed;
  RawRecord last;
  while (!must_end()) {
    RawRecord record;
    auto more = reader.next(record);
    consumed = before + source.consumed();
    // What a signal cut short is not whole: the next run reads it.
    if (must_end()) break;
    if (!more) {
      chunk.imported.passed_over = reader.passed_over();
      if (hand_on(chunk)) refuse_file(std::move(chunk), std::move(last), more.error());
      return;
    }
    chunk.imported.ends_file = !*more;
    if (!*more) break;
    last.number = record.number;
    last.offset = record.offset + record.text.size();
    chunk.bytes += record.text.size();
    chunk.raw.push_back(std::move(record));
    const bool full = chunk.bytes >= kChunkBytes || chunk.raw.size() >= kChunkRecords;
    if ((full || !reader.has_buffered()) && !hand_on(chunk)) return;
  }
  chunk.imported.passed_over = reader.passed_over();
  (void)hand_on(chunk);
}

// The rest of a file cannot be read: one refusal stands for it, behind what was read. `at` has the
// number of the last record and the offset of its end.
void ImportPipeline::State::refuse_file(Chunk chunk, RawRecord at, const Error& error) {
  at.number += 1;
  at.text.clear();
  at.refusal = error.hint.empty() ? error.message : error.message + ": " + error.hint;
  chunk.imported.ends_file = true;
  chunk.imported.failure = at.refusal;
  chunk.raw.push_back(std::move(at));
  (void)hand_on(chunk);
}

// Passes the chunk's records to the workers and leaves it empty. Waits for room; false when the
// reading must end because nobody wants the rest.
bool ImportPipeline::State::hand_on(Chunk& chunk) {
  if (chunk.raw.empty() && !chunk.imported.ends_file) return true;
  auto full = std::make_unique<Chunk>();
  full->reader = chunk.reader;
  full->received = chunk.received;
  full->imported = chunk.imported;
  full->raw = std::exchange(chunk.raw, {});
  full->bytes = std::exchange(chunk.bytes, 0);
  std::unique_lock lock(mutex);
  room_ready.wait(lock, [this] { return bytes_under_way < kMostBytesUnderWay || abandoned; });
  if (abandoned) return false;
  full->number = handed_on++;
  bytes_under_way += full->bytes;
  waiting.push_back(std::move(full));
  lock.unlock();
  work_ready.notify_one();
  return true;
}

void ImportPipeline::State::work() {
  const NormalizeOptions normalize_options{
      options.default_source, options.now, &options.source_languages};
  // Where most articles are going to be known, the writer makes them of those that are not.
  std::optional<FeatureMaker> features;
  if (options.concludes) features.emplace();
  while (true) {
    std::unique_lock lock(mutex);
    work_ready.wait(lock, [this] { return !waiting.empty() || all_read || abandoned; });
    if (waiting.empty()) return;
    std::unique_ptr<Chunk> chunk = std::move(waiting.front());
    waiting.pop_front();
    lock.unlock();
    for (RawRecord& raw : chunk->raw) {
      chunk->imported.records.push_back(
          read_record(*chunk, raw, normalize_options, features ? &*features : nullptr));
    }
    chunk->raw.clear();
    chunk->reader.reset();
    lock.lock();
    const std::uint64_t number = chunk->number;
    finished.emplace(number, std::move(chunk));
    lock.unlock();
    result_ready.notify_one();
  }
}

}  // namespace broadsheet::indexer
