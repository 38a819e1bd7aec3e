// All that an article may be linked to, read from the catalog shelf by shelf and kept in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "indexer/stories/shelf.h"
#include "schema/result.h"
#include "schema/sqlite.h"

namespace broadsheet::indexer {

// The shelves nobody has used for long go when there is too much in memory, so what an article
// costs does not grow with the archive. Borrows the catalog, reads alone. Not thread-safe.
class StoryShelves {
 public:
  explicit StoryShelves(sqlite::Database& catalog) : catalog_(catalog) {}

  // What is most like an article, best first; empty when nothing is. `words` of length 1. The
  // pointers live until trim().
  struct Candidate {
    Cluster* cluster = nullptr;
    double likeness = 0;
  };

  [[nodiscard]] Result<std::vector<Candidate>> candidates(
      const WordVector& words, const std::optional<std::int64_t>& published);

  // The cluster of a story, or of an article that is alone; null when the catalog has none.
  [[nodiscard]] Result<Cluster*> of_story(std::int64_t story);
  [[nodiscard]] Result<Cluster*> of_lone(ArticleId article_id, std::int64_t shelf);

  // Puts a new one on its shelf, before the catalog has it.
  [[nodiscard]] Result<Cluster*> add(Cluster cluster);
  // A lone article has become a story: it is found by that number from now on.
  void name_story(Cluster& cluster, std::int64_t story);
  // Its words or dates have changed: it is found by the new ones, on the shelf it belongs to now.
  [[nodiscard]] Result<void> refile(Cluster& cluster, std::int64_t shelf);
  void remove(Cluster& cluster);

  // Between two transactions: gives back the memory of what was not used of late.
  void trim();
  // What is in memory does not stand, for a transaction was undone.
  void forget();

 private:
  struct Loaded {
    Shelf shelf;
    std::uint64_t used = 0;
  };

  [[nodiscard]] Result<Shelf*> load(std::int64_t number);
  [[nodiscard]] Result<void> load_stories(std::int64_t number, Shelf& shelf);
  [[nodiscard]] Result<void> load_lone(std::int64_t number, Shelf& shelf);
  Cluster& keep(Cluster cluster);

  sqlite::Database& catalog_;
  std::unordered_map<std::int64_t, Loaded> shelves_;
  std::unordered_map<std::int64_t, std::unique_ptr<Cluster>> clusters_;  // by key_of()
  std::uint64_t uses_ = 0;
};

}  // namespace broadsheet::indexer
