// Which story an article belongs to: one pass, each article once, in the order of time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "indexer/stories/link_rows.h"
#include "indexer/stories/story_shelves.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// From this likeness on an article joins a story. One value for all sets; see
// tests/relevance/clusters_test.cpp for what it gives.
inline constexpr double kJoin = 0.2;
// An article whose text has changed stays in its story down to here.
inline constexpr double kStay = 0.15;
// Two stories whose articles are so alike become one.
inline constexpr double kMerge = 0.28;

// What readers of a log want to know of stories.
struct StoryChange {
  enum class Kind {
    merged,  // `story` is part of `other` from now on
    split    // an article left `story` for `other`, or for none, because its text has changed
  };
  Kind kind = Kind::merged;
  std::string story;  // public ids
  std::string other;  // may be empty
};

// An article as it is to be linked.
struct ArticleInTime {
  ArticleId article_id = 0;
  std::optional<std::int64_t> published;  // seconds since 1970 UTC
  WordVector words;                       // of length 1
};

// Works inside the caller's transactions; what it keeps in memory belongs to them. Borrows the
// catalog. Not thread-safe.
class StoryLinker {
 public:
  explicit StoryLinker(sqlite::Database& catalog) : catalog_(catalog), shelves_(catalog) {}

  // Links an article that is in no story, not even alone. Gives back the shelf for its row: none
  // when others are in its story. `before`: the story it has just left, which it goes back to more
  // easily.
  [[nodiscard]] Result<std::optional<std::int64_t>> link(const ArticleInTime& article,
                                                         std::int64_t before,
                                                         ChangeNumbers numbers);

  // Takes an article out of its story, or off the shelf where it was alone. Its LinkRow must still
  // be there, and go afterwards.
  [[nodiscard]] Result<void> leave(const LinkRow& row, std::int64_t story, ChangeNumbers numbers);

  // Writes what has changed of stories. `changes` gets what is worth a line in a log.
  [[nodiscard]] Result<void> finish(std::vector<StoryChange>& changes);

  // After a commit, and after a transaction that was undone.
  void trim();
  void forget();

 private:
  [[nodiscard]] Result<Cluster*> choose(const ArticleInTime& article, std::int64_t before);
  // A cluster of this article alone; gives back its shelf. It gets the id of the story that it may
  // found, so that the index need not be told of it again when another article joins.
  [[nodiscard]] Result<std::int64_t> stand_alone(const ArticleInTime& article,
                                                 ChangeNumbers numbers);
  [[nodiscard]] Result<void> join(Cluster& cluster,
                                  const ArticleInTime& article,
                                  ChangeNumbers numbers);
  [[nodiscard]] Result<void> make_story(Cluster& cluster, ChangeNumbers numbers);
  [[nodiscard]] Result<void> merge_alike(Cluster& cluster,
                                         const ArticleInTime& article,
                                         ChangeNumbers numbers);
  [[nodiscard]] Result<void> merge(Cluster& from, Cluster& into, ChangeNumbers numbers);
  // All articles of one cluster become articles of the other, which is a story.
  [[nodiscard]] Result<void> move_articles(const Cluster& from,
                                           const Cluster& into,
                                           ChangeNumbers numbers);
  [[nodiscard]] Result<void> write(Cluster& cluster);
  // An article left `story`, 0: none, for `other`, 0: to stand alone.
  [[nodiscard]] Result<void> note_split(std::int64_t story, std::int64_t other);
  [[nodiscard]] Result<void> note(StoryChange::Kind kind, std::int64_t story, std::int64_t other);

  sqlite::Database& catalog_;
  StoryShelves shelves_;
  std::unordered_set<std::int64_t> changed_;  // stories to be written
  std::unordered_set<std::int64_t> thinned_;  // of them those that an article has left
  std::vector<StoryShelves::Candidate> candidates_;
  std::vector<StoryChange> changes_;
};

}  // namespace broadsheet::indexer
