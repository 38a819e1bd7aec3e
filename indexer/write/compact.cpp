// The newest part is frozen, so that all parts stand still while they are joined in a folder beside
// the generations; what comes in meanwhile goes into a new part. A writer may join some of the same
// parts in between: then the work was in vain and is done again, at last with the lock held.
#include "indexer/write/compact.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include "indexer/write/disk_room.h"
#include "indexer/write/fold_parts.h"
#include "indexer/write/generations.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kPause{20};  // between two looks at the join
constexpr int kTriesBesideWriters = 3;

fs::path folder_for(const fs::path& data_dir) {
  return index_dir(data_dir) / "compacting";
}

// From here on the part is never written to again.
Result<void> freeze(const fs::path& part) {
  return xapian_try([&] {
    Xapian::WritableDatabase newest(part.string(), Xapian::DB_OPEN);
    if (newest.get_metadata(kFrontKey).empty()) return;
    newest.set_metadata(kFrontKey, "");
    newest.commit();
  });
}

Result<void> join(const std::vector<fs::path>& parts,
                  const fs::path& target,
                  const KeepWaiting& keep_waiting) {
  std::atomic<bool> stopped{false};
  std::atomic<bool> done{false};
  Result<void> outcome;
  std::thread thread([&] {
    outcome = fold_parts(parts, target, Oldest::yes, stopped);
    done = true;
  });
  while (!done) {
    if (keep_waiting && keep_waiting() == GoOn::no) stopped = true;
    std::this_thread::sleep_for(kPause);
  }
  thread.join();
  return outcome;
}

// Whether the live index still ends with these parts.
bool still_there(const LiveIndex& now, const LiveIndex& before) {
  return now.generation == before.generation && now.parts.size() >= before.parts.size() &&
         std::equal(before.parts.rbegin(), before.parts.rend(), now.parts.rbegin());
}

Result<void> swap_in(const fs::path& data_dir,
                     LiveIndex now,
                     std::size_t joined,
                     const fs::path& target) {
  const fs::path part = next_part(data_dir, now.generation);
  std::error_code failed;
  fs::rename(target, part, failed);
  if (failed) return fail(ErrorCode::internal, "cannot make " + part.string());
  now.parts.resize(now.parts.size() - joined);
  now.parts.push_back(part);
  return publish(data_dir, now);
}

class Compaction {
 public:
  Compaction(const fs::path& data_dir, const CompactOptions& options)
      : data_dir_(data_dir), options_(options), target_(folder_for(data_dir) / "part") {}

  Result<CompactReport> run() {
    for (int i = 0;; ++i) {
      auto done = try_once(i < kTriesBesideWriters);
      if (!done) return pass_on(done.error());
      if (*done) return report_;
    }
  }

 private:
  // False: other writers have joined some of the parts meanwhile.
  Result<bool> try_once(bool beside_writers) {
    auto lock = options_.take_lock();
    if (!lock) return pass_on(lock.error());
    auto live = read_stub(data_dir_);
    if (!live && live.error().code == ErrorCode::not_found) return true;
    if (!live) return pass_on(live.error());
    if (auto frozen = freeze(live->parts.front()); !frozen) return pass_on(frozen.error());
    report_.parts = live->parts.size();
    if (report_.parts == 1) return finish(*live);
    std::optional<WriterLock> held(*std::move(lock));
    if (beside_writers) held.reset();
    if (auto joined = join_all(*live); !joined) return pass_on(joined.error());
    if (!beside_writers) return take_over(*live);
    lock = options_.take_lock();
    if (!lock) return pass_on(lock.error());
    return take_over(*live);
  }

  // With the lock held: the joined part in place of those it was made of. False: they are not there
  // any more.
  Result<bool> take_over(const LiveIndex& joined) {
    auto now = read_stub(data_dir_);
    if (!now) return pass_on(now.error());
    if (!still_there(*now, joined)) return false;
    auto swapped = swap_in(data_dir_, *now, joined.parts.size(), target_);
    if (!swapped) return pass_on(swapped.error());
    auto fresh = read_stub(data_dir_);
    if (!fresh) return pass_on(fresh.error());
    report_.bytes_after = bytes_in(fresh->parts.back());
    return finish(*fresh);
  }

  Result<void> join_all(const LiveIndex& live) {
    std::error_code ignored;
    fs::remove_all(target_.parent_path(), ignored);
    fs::create_directories(target_.parent_path(), ignored);
    report_.bytes_before = 0;
    for (const fs::path& part : live.parts)
      report_.bytes_before += bytes_in(part);
    const std::uintmax_t needed = kFoldCopies * report_.bytes_before + kCommitReserve;
    if (auto room = check_room(data_dir_, needed); !room) {
      Error error = room.error();
      error.hint = "free disk space and run the command again";
      return pass_on(std::move(error));
    }
    return join(live.parts, target_, options_.keep_waiting);
  }

  bool finish(const LiveIndex& live) {
    remove_unused(data_dir_, live);
    if (options_.others == CompactOptions::Others::remove) remove_others(data_dir_, live);
    return true;
  }

  const fs::path& data_dir_;
  const CompactOptions& options_;
  fs::path target_;
  CompactReport report_;
};

}  // namespace

Result<CompactReport> compact_index(const fs::path& data_dir, const CompactOptions& options) {
  auto alone =
      WriterLock::take_for_rebuild(data_dir, options.rebuild_timeout, options.keep_waiting);
  if (!alone) return pass_on(alone.error());
  auto report = Compaction(data_dir, options).run();
  std::error_code ignored;
  fs::remove_all(folder_for(data_dir), ignored);
  return report;
}

}  // namespace broadsheet::indexer
