// The feeds of `watch`: asked when they are due, stored as they answer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <random>

#include "indexer/feed_batch.h"
#include "indexer/feed_polling.h"
#include "indexer/import.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Logs how polls went. Not thread-safe.
class WatchedFeeds {
 public:
  explicit WatchedFeeds(std::filesystem::path data_dir);

  // Readable when a feed has answered.
  [[nodiscard]] int descriptor() const { return polling_.descriptor(); }

  // When ask() has something to do; empty: not before a feed answers.
  [[nodiscard]] std::optional<std::int64_t> next_look() const { return next_look_; }

  // Somebody has written to the catalog: feeds may have come or gone.
  void look_again() { next_look_ = 0; }

  // Asks the feeds that are due, as many as there is room for. `now`: seconds since 1970 UTC.
  [[nodiscard]] Result<void> ask(std::int64_t now);

  // What has been answered, to be imported and then recorded; null: nothing. The same batch again
  // until it is recorded, so that a failure in between costs no server a second request.
  [[nodiscard]] const FeedBatch* take();

  // The caller holds the writer's lock.
  [[nodiscard]] Result<void> record(const ImportOutcome& outcome, std::int64_t now);

 private:
  std::filesystem::path data_dir_;
  FeedPolling polling_;
  std::mt19937 random_;
  std::vector<FeedId> taken_;  // the feeds of batch_
  std::optional<FeedBatch> batch_;
  std::optional<std::int64_t> next_look_ = 0;
};

}  // namespace broadsheet::indexer
