// The newest part and the joining of parts, in the manner of a log-structured merge tree (O'Neil et
// al., 1996).
#include "indexer/write/parts.h"

#include <algorithm>
#include <atomic>
#include <chrono>

#include "indexer/write/disk_room.h"
#include "indexer/write/document.h"
#include "indexer/write/fold_parts.h"
#include "indexer/write/generations.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

// A newest part of this many articles is frozen: with 2,000 commits took a seventh longer, and the
// index, which grows while it is written to, 1.17 times its compacted size instead of 1.08.
constexpr Xapian::doccount kFrontArticles = 500;
// Joining takes in the next older part while that is less than so many times what is joined
// already. So each part is so many times as large as the one before it: an article is copied a few
// times on its way into a large part, and five parts hold a million articles.
constexpr std::uint64_t kJoinRatio = 8;
constexpr std::chrono::milliseconds kPause{20};  // between two looks at a join that is waited for

std::uint64_t size_of(const fs::path& part) {
  return Xapian::Database(part.string()).get_doccount();
}

}  // namespace

// A join going on in a thread of its own. It owns nothing that the writer touches but the frozen
// parts' files.
struct PartsWriter::Join {
  std::vector<fs::path> parts;  // newest first
  fs::path target;
  Result<void> outcome;
  std::atomic<bool> stopped{false};  // asks the thread to end early
  std::atomic<bool> done{false};
  std::thread thread;
};

PartsWriter::PartsWriter(fs::path data_dir, LiveIndex live)
    : data_dir_(std::move(data_dir)), live_(std::move(live)) {}

PartsWriter::~PartsWriter() {
  if (!join_) return;
  join_->stopped = true;
  if (join_->thread.joinable()) join_->thread.join();
}

Result<void> PartsWriter::guarded(const std::function<void()>& action) {
  auto done = xapian_try(action);
  if (!done) front_.reset();
  return done;
}

// The part is always in a transaction: without one its destructor would commit what a failure left.
Result<void> PartsWriter::open_front() {
  if (front_) return {};
  return xapian_try([&] {
    const Xapian::Database newest(live_.parts.front().string());
    displacement_ = metadata_number(newest, kDisplacementKey);
    // While parts are joined the newest is frozen: what is written there now would be lost.
    const bool is_open = has_front_ || (!join_ && !newest.get_metadata(kFrontKey).empty());
    if (is_open) {
      front_ =
          std::make_unique<Xapian::WritableDatabase>(live_.parts.front().string(), Xapian::DB_OPEN);
      has_front_ = true;
      front_->begin_transaction();
      return;
    }
    const fs::path part = next_part(data_dir_, live_.generation);
    auto fresh = std::make_unique<Xapian::WritableDatabase>(part.string(), Xapian::DB_CREATE);
    stamp_part(*fresh, newest.get_metadata(kCatalogUuidKey));
    fresh->set_metadata(kFrontKey, "1");
    fresh->set_metadata(kAppliedSeqKey, newest.get_metadata(kAppliedSeqKey));
    fresh->set_metadata(kDisplacementKey, std::to_string(displacement_));
    fresh->commit();
    live_.parts.insert(live_.parts.begin(), part);
    front_ = std::move(fresh);
    has_front_ = true;
    is_published_ = false;
    front_->begin_transaction();
  });
}

Result<void> PartsWriter::put(const StoredArticle& stored, const Xapian::Document& document) {
  if (auto opened = open_front(); !opened) return opened;
  if (stored.article.published) {
    const DocId wanted = doc_id_for(stored.article.published->seconds);
    displacement_ = std::max(displacement_, std::int64_t{stored.doc_id} - wanted);
  }
  uncommitted_bytes_ += stored.article.body.size();
  return guarded([&] { front_->replace_document(stored.doc_id, document); });
}

Result<void> PartsWriter::remove(DocId doc) {
  if (auto opened = open_front(); !opened) return opened;
  return guarded([&] { front_->replace_document(doc, DocumentBuilder::tombstone()); });
}

Result<void> PartsWriter::commit(std::int64_t applied_seq) {
  if (auto opened = open_front(); !opened) return opened;
  const std::uintmax_t needed = kDiskPerTextByte * uncommitted_bytes_ + kCommitReserve;
  uncommitted_bytes_ = 0;
  if (auto room = check_room(data_dir_, needed); !room) {
    front_.reset();
    return room;
  }
  return guarded([&] {
    front_->set_metadata(kAppliedSeqKey, std::to_string(applied_seq));
    front_->set_metadata(kDisplacementKey, std::to_string(displacement_));
    front_->commit_transaction();
    front_->begin_transaction();
  });
}

Result<void> PartsWriter::publish_if_changed(Force force) {
  if (is_published_ && force == Force::no) return {};
  auto done = publish(data_dir_, live_);
  if (done) is_published_ = true;
  return done;
}

Result<void> PartsWriter::tend() {
  if (join_ && join_->done) {
    if (auto taken = take_over_join(); !taken) return taken;
  }
  if (join_ || !front_ || front_->get_doccount() < kFrontArticles) return {};
  return guarded([&] {
    std::vector<fs::path> parts = parts_to_join();
    if (parts.size() > 1) return start_join(std::move(parts));
    if (check_room(data_dir_, kCommitReserve)) freeze_front();
  });
}

std::vector<fs::path> PartsWriter::parts_to_join() const {
  std::vector<fs::path> parts;
  std::uint64_t size = 0;
  for (const fs::path& part : live_.parts) {
    const std::uint64_t more = size_of(part);
    if (size > 0 && more >= kJoinRatio * size) break;
    parts.push_back(part);
    size += more;
  }
  return parts;
}

// Alone: the next write opens a new front. Readers may keep decoded postings of the part from when
// they open it next.
void PartsWriter::freeze_front() {
  front_->set_metadata(kFrontKey, "");
  front_->commit_transaction();
  front_.reset();
  has_front_ = false;
}

void PartsWriter::start_join(std::vector<fs::path> parts) {
  auto join = std::make_unique<Join>();
  join->parts = std::move(parts);
  std::uintmax_t bytes = 0;
  for (const fs::path& part : join->parts)
    bytes += bytes_in(part);
  // More parts than there should be are better than a full disk.
  if (!check_room(data_dir_, kFoldCopies * bytes + kCommitReserve)) return;
  front_.reset();
  has_front_ = false;
  join->target = next_part(data_dir_, live_.generation);
  const Oldest oldest = join->parts.size() == live_.parts.size() ? Oldest::yes : Oldest::no;
  Join* running = join.get();
  // The name is taken now, so that a newest part opened meanwhile gets another.
  fs::create_directories(join->target.string() + ".join");
  join->thread = std::thread([running, oldest] {
    running->outcome = fold_parts(running->parts, running->target, oldest, running->stopped);
    std::error_code ignored;
    if (!running->outcome) fs::remove_all(running->target, ignored);
    fs::remove_all(running->target.string() + ".join", ignored);
    running->done = true;
  });
  join_ = std::move(join);
}

Result<void> PartsWriter::take_over_join() {
  join_->thread.join();
  const std::unique_ptr<Join> join = std::move(join_);
  if (!join->outcome && join->outcome.error().code == ErrorCode::interrupted) return {};
  if (!join->outcome) return join->outcome;
  const auto first = std::find(live_.parts.begin(), live_.parts.end(), join->parts.front());
  const auto last = first + static_cast<std::ptrdiff_t>(join->parts.size());
  *first = join->target;
  live_.parts.erase(first + 1, last);
  is_published_ = false;
  if (auto done = publish_if_changed(); !done) return done;
  remove_unused(data_dir_, live_);
  return {};
}

Result<void> PartsWriter::finish_join(const KeepWaiting& keep_waiting) {
  if (!join_) return {};
  while (!join_->done) {
    if (keep_waiting && keep_waiting() == GoOn::no) join_->stopped = true;
    std::this_thread::sleep_for(kPause);
  }
  return take_over_join();
}

}  // namespace broadsheet::indexer
