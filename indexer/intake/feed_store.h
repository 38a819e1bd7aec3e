// Table `feed` of the catalog: the subscriptions and how they went. See schema/README.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/intake/feed_state.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// What the operator says of a feed. An empty member leaves what was said before.
struct FeedWish {
  std::string url;  // checked
  std::optional<std::string> source;
  std::optional<std::chrono::seconds> every;
  bool allow_private = false;
};

enum class FeedAdded { added, there, changed };

struct AddedFeed {
  FeedId id = 0;
  FeedAdded what = FeedAdded::added;
};

// Not thread-safe.
class FeedStore {
 public:
  // Makes and migrates the catalog if need be; the caller holds DATA/writer.lock for as long as it
  // writes.
  [[nodiscard]] static Result<FeedStore> open(const std::filesystem::path& data_dir);
  // As open_catalog_for_reading().
  [[nodiscard]] static Result<FeedStore> open_for_reading(const std::filesystem::path& data_dir);

  // A new feed is due at once. One that is there, under its address or the one it has moved to,
  // takes over what is wished now; where that changes something, or it was gone, it is due at once.
  [[nodiscard]] Result<AddedFeed> add(const FeedWish& wish, std::int64_t now);

  // By its number, its address, or the one it has moved to; empty: there is none.
  [[nodiscard]] Result<std::optional<FeedState>> find(std::string_view named);
  [[nodiscard]] Result<std::vector<FeedState>> all();
  // The most overdue first.
  [[nodiscard]] Result<std::vector<FeedState>> due(std::int64_t now);
  // When the next one comes due after `now`; empty: none does.
  [[nodiscard]] Result<std::optional<std::int64_t>> next_due(std::int64_t now);

  // False: there is none.
  [[nodiscard]] Result<bool> remove(FeedId id);

  // Keeps what polls have changed, all in one transaction; what the operator said stays. A feed
  // that was removed meanwhile is passed over. One that has moved to the address of another that is
  // polled becomes its twin, and is polled no more. Gives back how they are now.
  [[nodiscard]] Result<std::vector<FeedState>> record(std::vector<FeedState> feeds);

  // The name under which the catalog knows a source; empty: not at all.
  [[nodiscard]] Result<std::string> source_name(std::string_view source_id);

 private:
  explicit FeedStore(sqlite::Database catalog) : catalog_(std::move(catalog)) {}

  Result<std::vector<FeedState>> select(std::string_view condition, std::int64_t value);
  Result<std::optional<FeedState>> find_address(std::string_view address);
  Result<AddedFeed> insert(const FeedWish& wish, std::int64_t now);
  Result<AddedFeed> change(const FeedState& feed, const FeedWish& wish, std::int64_t now);
  Result<void> retire_twin(FeedState& feed);
  Result<void> update(const FeedState& feed);

  sqlite::Database catalog_;
};

}  // namespace broadsheet::indexer
