// The loop: wait until something asks for work, take the turn, do it, let go. Nothing is asked for
// again and again; only a join of index parts, which holds the turn, is looked at ten times a
// second.
#include "indexer/watch.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

#include <poll.h>
#include <spdlog/spdlog.h>

#include "indexer/clock.h"
#include "indexer/stores.h"
#include "indexer/watch_catalog.h"
#include "indexer/watch_feeds.h"
#include "indexer/watch_folders.h"
#include "indexer/write/writer_lock.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kJoinPause{100};
constexpr std::int64_t kLongestPause = 60;  // seconds until the next try after a failure

// Failures that another try will not mend.
bool is_final(const Error& error) {
  return error.code == ErrorCode::corrupt || error.code == ErrorCode::version_mismatch ||
         error.code == ErrorCode::outdated;
}

class Watch {
 public:
  Watch(const WatchOptions& options, StopSignal& stop, const ImportProgress& progress)
      : options_(options), stop_(stop), progress_(progress), turn_(turn_options()) {}

  Result<ImportReport> run() {
    if (auto done = open(); !done) return pass_on(done.error());
    while (stop_.number() == 0) {
      auto done = unix_now() < retry_at_ ? Result<void>() : work();
      if (!done && is_final(done.error())) return pass_on(done.error());
      if (!done) try_again_later(done.error());
      if (stop_.number() == 0) wait();
    }
    turn_.end();
    total_.seconds = elapsed();
    total_.finished = true;
    return total_;
  }

 private:
  WriteTurn::Options turn_options() {
    WriteTurn::Options turn;
    turn.data_dir = options_.data_dir;
    turn.command = "watch";
    turn.threads = options_.jobs;
    turn.started = unix_now();
    turn.keep_waiting = [this] { return stop_.raised() ? GoOn::no : GoOn::yes; };
    turn.on_wait = [](const std::string& who) { spdlog::info("{}: watch waits", who); };
    return turn;
  }

  // The first turn makes what is missing, and heals what a crash has left.
  Result<void> open() {
    auto lock = WriterLock::take_for_watch(options_.data_dir);
    if (!lock) return pass_on(lock.error());
    lock_.emplace(*std::move(lock));
    if (!options_.folders.empty()) {
      auto folders = WatchedFolders::open(options_.folders, options_.data_dir);
      if (!folders) return pass_on(folders.error());
      folders_ = *std::move(folders);
    }
    if (options_.feeds) feeds_ = std::make_unique<WatchedFeeds>(options_.data_dir);
    if (auto begun = turn_.begin(); !begun) return pass_on(begun.error());
    auto catalog = CatalogWatcher::open(options_.data_dir);
    if (!catalog) return pass_on(catalog.error());
    catalog_.emplace(*std::move(catalog));
    return take_in({});
  }

  // Everything there is to do now.
  Result<void> work() {
    const std::int64_t now = unix_now();
    auto is_new = catalog_->look();
    if (!is_new) return pass_on(is_new.error());
    if (feeds_ && *is_new) feeds_->look_again();
    std::vector<InputFile> files;
    if (folders_) files = folders_->take(now);
    const bool has_work = !files.empty() || catalog_->is_due(now);
    if (has_work) {
      if (auto done = take_in(files); !done) return done;
    }
    if (feeds_) {
      if (auto done = tend_feeds(now); !done) return done;
    }
    pause_ = 0;
    auto joining = turn_.end_unless_joining();
    if (!joining) return pass_on(joining.error());
    is_joining_ = *joining;
    return {};
  }

  // Takes in files, none to apply what is due. The index follows in any case.
  Result<void> take_in(const std::vector<InputFile>& files) {
    auto outcome = import(files, "auto");
    if (!outcome || !*outcome) {
      if (folders_) folders_->put_back();
      return outcome ? Result<void>() : pass_on(outcome.error());
    }
    if (folders_) folders_->move_away(**outcome, unix_now());
    if (!files.empty()) {
      spdlog::info("{} {}: {}",
                   files.size(),
                   files.size() == 1 ? "file" : "files",
                   (*outcome)->report.summary());
      count((*outcome)->report);
    }
    return catalog_->look_after_turn();
  }

  // Stores what feeds have sent, and asks those that are due.
  Result<void> tend_feeds(std::int64_t now) {
    if (const FeedBatch* batch = feeds_->take()) {
      auto outcome = import(batch->files(), kFeedFormat);
      if (!outcome) return pass_on(outcome.error());
      if (!*outcome) return {};
      // Still in this turn: nobody else writes between the articles and what is remembered of them.
      if (auto begun = turn_.begin(); !begun) return pass_on(begun.error());
      if (auto done = feeds_->record(**outcome, unix_now()); !done) return done;
      if ((*outcome)->report.read > 0) count((*outcome)->report);
      if (auto done = catalog_->look_after_turn(); !done) return done;
    }
    return feeds_->ask(now);
  }

  // Empty: a signal has cut it short.
  Result<std::optional<ImportOutcome>> import(const std::vector<InputFile>& files,
                                              std::string_view format) {
    ImportOptions options;
    options.data_dir = options_.data_dir;
    options.files = files;
    options.format = format;
    options.default_source = options_.default_source;
    options.jobs = options_.jobs;
    ImportOutcome outcome = import_in_turns(options, turn_, stop_, {});
    stop_.forget_request();
    if (!outcome.error) return outcome;
    turn_.end();
    if (outcome.error->code == ErrorCode::interrupted) return std::optional<ImportOutcome>();
    return pass_on(*outcome.error);
  }

  void count(const ImportReport& batch) {
    total_ += batch;
    total_.seconds = elapsed();
    if (progress_) progress_(total_);
  }

  void try_again_later(const Error& error) {
    turn_.end();
    is_joining_ = false;
    pause_ = std::clamp<std::int64_t>(pause_ * 2, 1, kLongestPause);
    retry_at_ = unix_now() + pause_;
    spdlog::error("{}{}{}; trying again in {} s",
                  error.message,
                  error.hint.empty() ? "" : ": ",
                  error.hint,
                  pause_);
  }

  // Sleeps until a source reports something, a time comes that one of them asked for, or a signal.
  void wait() {
    const bool is_pausing = unix_now() < retry_at_;
    std::array<pollfd, 4> watched = {{{stop_.descriptor(), POLLIN, 0},
                                      {catalog_->descriptor(), POLLIN, 0},
                                      {feeds_ ? feeds_->descriptor() : -1, POLLIN, 0},
                                      {folders_ ? folders_->descriptor() : -1, POLLIN, 0}}};
    // After a failure only the signal and the time count.
    ::poll(watched.data(), is_pausing ? 1 : watched.size(), longest_wait());
  }

  // In milliseconds; -1: without end.
  int longest_wait() const {
    const std::int64_t now = unix_now();
    if (now < retry_at_) return milliseconds_until(retry_at_);
    if (folders_ && folders_->has_more()) return 0;
    if (is_joining_) return static_cast<int>(kJoinPause.count());
    std::optional<std::int64_t> next = catalog_->next_due();
    for (const auto& looks : {folders_ ? folders_->next_look() : std::nullopt,
                              feeds_ ? feeds_->next_look() : std::nullopt}) {
      if (looks) next = next ? std::min(*next, *looks) : *looks;
    }
    return next ? milliseconds_until(*next) : -1;
  }

  // Not a moment before the second begins, and an hour at most: the clock may be set meanwhile.
  static int milliseconds_until(std::int64_t time) {
    const auto now = std::chrono::duration_cast<milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const milliseconds left = milliseconds(time * 1000) - now;
    return static_cast<int>(
        std::clamp(left, milliseconds(0), milliseconds(std::chrono::hours(1))).count());
  }

  double elapsed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  }

  const WatchOptions& options_;
  StopSignal& stop_;
  const ImportProgress& progress_;
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::optional<WriterLock> lock_;  // DATA/watch.lock
  WriteTurn turn_;
  std::unique_ptr<WatchedFolders> folders_;  // null without folders
  std::unique_ptr<WatchedFeeds> feeds_;      // null unless they are wanted
  std::optional<CatalogWatcher> catalog_;
  ImportReport total_;
  std::int64_t retry_at_ = 0;
  std::int64_t pause_ = 0;
  bool is_joining_ = false;
};

}  // namespace

Result<ImportReport> watch(const WatchOptions& options,
                           StopSignal& stop,
                           const ImportProgress& progress) {
  return Watch(options, stop, progress).run();
}

}  // namespace broadsheet::indexer
