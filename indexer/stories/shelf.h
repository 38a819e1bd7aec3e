// Stories of about one time, in memory, found by what they are about.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "indexer/stories/word_vector.h"
#include "schema/doc_id.h"

namespace broadsheet::indexer {

// A story as the linker sees it, or an article that is alone so far.
struct Cluster {
  std::int64_t story = 0;  // Story::number; 0: one article alone
  ArticleId founder = 0;   // of one article alone: which
  WordVector words;        // the sum of its articles' vectors
  std::int64_t size = 0;
  std::optional<std::int64_t> first;  // of its dated articles, seconds since 1970 UTC
  std::optional<std::int64_t> last;
  std::int64_t shelf = 0;
};

// Where stories lie that hold an article without a date.
inline constexpr std::int64_t kUndatedShelf = -1'000'000;

// The shelf of a time, and the shelves on which an article of that time looks for its story.
[[nodiscard]] std::int64_t shelf_of(const std::optional<std::int64_t>& published);
[[nodiscard]] std::vector<std::int64_t> shelves_around(
    const std::optional<std::int64_t>& published);

// How much an article is of a story's time: 1 within its days, falling by half a week after week
// towards 0.6, nothing after a month. Where only one of the two is dated nobody knows: 0.8.
[[nodiscard]] double closeness(const Cluster& cluster,
                               const std::optional<std::int64_t>& published);

// How alike an article and a cluster are: the mean over the cluster's articles, times closeness().
// Comparing with the centroid instead favours large stories, which draw in look-alikes.
[[nodiscard]] double likeness(const Cluster& cluster,
                              const WordVector& article,
                              const std::optional<std::int64_t>& published);

// Lends clusters out; they belong to the caller. Not thread-safe.
class Shelf {
 public:
  struct Found {
    Cluster* cluster = nullptr;
    std::uint32_t shared = 0;  // words
  };

  // The cluster is looked for by its strongest words from now on; when it is there already, by
  // those it has got since, too.
  void file(Cluster& cluster);
  void remove(const Cluster& cluster);

  // Adds the clusters that share most of these words to `found`, kMostFound at most.
  void find(const std::vector<std::uint32_t>& words, std::vector<Found>& found);

  [[nodiscard]] const std::unordered_map<const Cluster*, std::uint32_t>& clusters() const {
    return places_;
  }

 private:
  struct Entry {
    Cluster* cluster = nullptr;        // null: removed
    std::vector<std::uint32_t> words;  // it is found by, ascending
  };

  std::vector<Entry> entries_;
  std::unordered_map<const Cluster*, std::uint32_t> places_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_word_;
  std::vector<std::uint32_t> shared_;  // by entry; all zero between two calls
};

// A text of fewer words says too little to tell what story it is of.
inline constexpr std::size_t kLeastWords = 6;
// By so many of its strongest words a text is looked for and looks for others.
inline constexpr std::size_t kFiledWords = 20;
// So many are compared in full.
inline constexpr std::size_t kMostFound = 16;

}  // namespace broadsheet::indexer
