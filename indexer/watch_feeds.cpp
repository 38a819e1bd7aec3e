// The catalog is read anew each time a feed comes due: other programs change subscriptions.
#include "indexer/watch_feeds.h"

#include <spdlog/spdlog.h>

#include "indexer/intake/feed_store.h"

namespace broadsheet::indexer {
namespace {

void log(const FeedState& feed) {
  const std::string line = "feed " + line_about(feed);
  if (feed.outcome == FeedOutcome::unchanged) {
    spdlog::debug(line);
  } else if (feed.outcome == FeedOutcome::fresh) {
    spdlog::info(line);
  } else {
    spdlog::warn(line);
  }
}

}  // namespace

WatchedFeeds::WatchedFeeds(std::filesystem::path data_dir)
    : data_dir_(std::move(data_dir)), polling_(FetchOptions()), random_(std::random_device()()) {}

Result<void> WatchedFeeds::ask(std::int64_t now) {
  if (!next_look_ || *next_look_ > now) return {};
  auto store = FeedStore::open_for_reading(data_dir_);
  if (!store) return pass_on(store.error());
  auto due = store->due(now);
  if (!due) return pass_on(due.error());
  next_look_.reset();
  for (const FeedState& feed : *due) {
    if (polling_.is_under_way(feed.id)) continue;
    if (polling_.room() == 0) return {};  // record() makes room, and looks again
    polling_.ask(feed);
  }
  auto next = store->next_due(now);
  if (!next) return pass_on(next.error());
  next_look_ = *next;
  return {};
}

const FeedBatch* WatchedFeeds::take() {
  if (batch_) return &*batch_;
  auto polled = polling_.take();
  if (polled.empty()) return nullptr;
  for (const PolledFeed& one : polled)
    taken_.push_back(one.feed.id);
  return &batch_.emplace(std::move(polled));
}

Result<void> WatchedFeeds::record(const ImportOutcome& outcome, std::int64_t now) {
  std::uniform_real_distribution<double> chance;
  const auto feeds = batch_->conclude(outcome.files, {now, [&] { return chance(random_); }});
  auto store = FeedStore::open(data_dir_);
  if (!store) return pass_on(store.error());
  auto recorded = store->record(feeds);
  if (!recorded) return pass_on(recorded.error());
  for (const FeedState& feed : *recorded)
    log(feed);
  for (const FeedId feed : taken_)
    polling_.done(feed);
  taken_.clear();
  batch_.reset();
  look_again();
  return {};
}

}  // namespace broadsheet::indexer
