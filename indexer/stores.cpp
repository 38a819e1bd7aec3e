// Opening the stores, and taking turns.
#include "indexer/stores.h"

#include <chrono>
#include <thread>

namespace broadsheet::indexer {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSoon{1000};  // a wait for the lock that is not worth a word
constexpr std::chrono::hours kForever{24 * 365};
// Others look at the lock every 20 ms. Who has not taken it after a second is not able to.
constexpr milliseconds kGiveWay{1000};
constexpr milliseconds kPause{5};

}  // namespace

Result<Stores> open_stores(const std::filesystem::path& data_dir,
                           int threads,
                           std::int64_t started) {
  auto catalog = CatalogWriter::open(data_dir);
  if (!catalog) return pass_on(catalog.error());
  auto index = Reindexer::open(data_dir, threads);
  if (!index) return pass_on(index.error());
  return Stores{*std::move(catalog), *std::move(index), Quarantine(data_dir, started)};
}

Result<Stores*> WriteTurn::begin() {
  if (stores_) return &*stores_;
  if (!lock_) {
    auto lock = WriterLock::take(options_.data_dir, options_.command, kSoon, options_.keep_waiting);
    if (!lock && lock.error().code == ErrorCode::unavailable) {
      if (options_.on_wait) options_.on_wait(lock.error().message);
      lock = WriterLock::take(options_.data_dir, options_.command, kForever, options_.keep_waiting);
    }
    if (!lock) return pass_on(lock.error());
    lock_.emplace(*std::move(lock));
  }
  auto stores = open_stores(options_.data_dir, options_.threads, options_.started);
  if (!stores) {
    lock_.reset();
    return pass_on(stores.error());
  }
  stores_.emplace(*std::move(stores));
  return &*stores_;
}

Result<Stores*> WriteTurn::give_way() {
  if (WriterLock::is_wanted(options_.data_dir)) {
    end();
    const auto longest = std::chrono::steady_clock::now() + kGiveWay;
    while (WriterLock::is_wanted(options_.data_dir) && std::chrono::steady_clock::now() < longest)
      std::this_thread::sleep_for(kPause);
  }
  return begin();
}

Result<bool> WriteTurn::end_unless_joining() {
  if (!stores_) return false;
  auto joining = stores_->index.tend_join();
  if (!joining || !*joining || WriterLock::is_wanted(options_.data_dir)) {
    end();
    if (!joining) return joining;
    return false;
  }
  return true;
}

void WriteTurn::end() {
  stores_.reset();
  lock_.reset();
}

}  // namespace broadsheet::indexer
