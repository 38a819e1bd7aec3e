// What counts as done: a file that could be read and of which at least one record went in, or that
// had none. Records of it that were refused are in the quarantine.
#include "indexer/watch_folders.h"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "indexer/clock.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 500;  // of one batch

// Our own files would be read, and moved away, or read for ever.
Result<void> refuse_archive(const fs::path& folder, const fs::path& data_dir) {
  std::error_code failed;
  const fs::path data = fs::weakly_canonical(data_dir, failed);
  const fs::path real = fs::canonical(folder, failed);
  if (failed || !(is_within(data, real) || is_within(real, data))) return {};
  return fail(ErrorCode::invalid_argument,
              "the folder " + folder.string() + " and the data folder lie in one another",
              "watch a folder apart from " + data_dir.string());
}

// Why a file counts as failed; empty for one that is done.
std::string failure_of(const FileResult& result, const fs::path& quarantine) {
  if (!result.failure.empty()) {
    return result.failure + (result.accepted == 0 ? ""
                                                  : "; " + std::to_string(result.accepted) +
                                                        " records before that were taken in");
  }
  if (result.accepted > 0 || result.refused == 0) return {};
  return "none of its " + std::to_string(result.refused) + " records could be taken in; see " +
         quarantine.string();
}

}  // namespace

Result<std::unique_ptr<WatchedFolders>> WatchedFolders::open(const std::vector<fs::path>& folders,
                                                             const fs::path& data_dir) {
  for (const fs::path& folder : folders) {
    if (auto apart = refuse_archive(folder, data_dir); !apart) return pass_on(apart.error());
  }
  auto watcher = FolderWatcher::open(folders, unix_now());
  if (!watcher) return pass_on(watcher.error());
  return std::unique_ptr<WatchedFolders>(new WatchedFolders(*std::move(watcher)));
}

std::vector<InputFile> WatchedFolders::take(std::int64_t now) {
  watcher_.read_events(now);
  batch_ = watcher_.take(kMostFiles, now);
  has_more_ = batch_.size() == kMostFiles;
  for (const std::string& notice : watcher_.take_notices())
    spdlog::warn(notice);
  std::vector<InputFile> files;
  files.reserve(batch_.size());
  for (const FoundFile& file : batch_)
    files.push_back({file.path.string()});
  return files;
}

void WatchedFolders::move_away(const ImportOutcome& outcome, std::int64_t now) {
  const std::vector<FoundFile> batch = std::exchange(batch_, {});
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const FoundFile& file = batch[i];
    if (!outcome.files[i].is_whole) {
      watcher_.put_back({file});
      continue;
    }
    const std::string failure = failure_of(outcome.files[i], outcome.report.quarantine);
    const auto moved =
        failure.empty() ? move_to_done(file, now) : move_to_failed(file, failure, now);
    if (!moved && moved.error().code == ErrorCode::not_found) {
      spdlog::info("{} was taken away or replaced while it was read", file.path.string());
    } else if (!moved) {
      watcher_.leave_alone(file);
      spdlog::error("{}: {}", moved.error().message, moved.error().hint);
    } else if (!failure.empty()) {
      spdlog::warn("{} failed: {}", moved->string(), failure);
    }
  }
}

void WatchedFolders::put_back() {
  watcher_.put_back(std::exchange(batch_, {}));
}

}  // namespace broadsheet::indexer
