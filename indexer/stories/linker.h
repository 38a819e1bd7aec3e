// Ties articles together as they come in: near-duplicates and stories. The same transaction that
// takes an article into the catalog links it, so a crash leaves nothing half linked.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "indexer/stories/article_features.h"
#include "indexer/stories/shingle_index.h"
#include "indexer/stories/story_linker.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// Keeps the last articles and the stories of their time in memory; what one article costs does not
// depend on how many there are. Borrows the catalog, which nobody else may write meanwhile. Not
// thread-safe.
class Linker {
 public:
  explicit Linker(sqlite::Database& catalog)
      : catalog_(catalog), shingles_(catalog), stories_(catalog) {}

  // An article whose row this transaction has written, to be linked by the next link(). Features
  // that are not given are made then.
  void note(ArticleId article_id, std::optional<ArticleFeatures> features);

  // Links what was noted, and up to `most_due` articles of the queue link_due, in the order of
  // time. Articles that are not visible at `now` leave their group and story. Inside a transaction;
  // `numbers` are its own.
  [[nodiscard]] Result<void> link(std::int64_t now, std::int64_t most_due, ChangeNumbers numbers);

  // What befell stories since the last call.
  [[nodiscard]] std::vector<StoryChange> take_changes();

  // After a commit: gives back memory. After a transaction that was undone: what is in memory does
  // not stand.
  void trim();
  void forget();

 private:
  struct Work;

  [[nodiscard]] Result<void> load();
  [[nodiscard]] Result<void> load_recent();
  [[nodiscard]] Result<std::vector<Work>> gather(std::vector<ArticleId> ids, std::int64_t now);
  [[nodiscard]] Result<Work> work_for(ArticleId article_id, std::int64_t now);
  [[nodiscard]] Result<void> link_one(Work& work, ChangeNumbers numbers);
  [[nodiscard]] Result<void> unlink(const LinkRow& row, std::int64_t story, ChangeNumbers numbers);
  [[nodiscard]] Result<void> remember(const Work& work, LinkRow row);
  [[nodiscard]] Result<void> settle_when_due();

  sqlite::Database& catalog_;
  ShingleIndex shingles_;
  StoryLinker stories_;
  FeatureMaker maker_;
  std::optional<CountedWords> words_;  // empty before the first use
  ArticleId newest_ = 0;               // ever linked
  std::int64_t unsettled_ = 0;         // articles counted since the table was written
  std::unordered_map<ArticleId, std::optional<ArticleFeatures>> noted_;
  std::vector<StoryChange> changes_;
};

}  // namespace broadsheet::indexer
