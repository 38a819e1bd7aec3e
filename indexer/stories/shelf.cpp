// An inverted list of strongest words; what shares most of them is compared in full by the caller.
#include "indexer/stories/shelf.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

constexpr std::int64_t kShelfSeconds = 16 * kSecondsADay;
// Two shelves: so far back every one is looked through.
constexpr std::int64_t kLongestGap = 2 * kShelfSeconds;
constexpr double kFloor = 0.6;
constexpr double kHalfLife = 7.0 * kSecondsADay;
constexpr double kOneUndated = 0.8;

}  // namespace

std::int64_t shelf_of(const std::optional<std::int64_t>& published) {
  if (!published) return kUndatedShelf;
  const std::int64_t time = *published;
  return (time >= 0 ? time : time - kShelfSeconds + 1) / kShelfSeconds;
}

std::vector<std::int64_t> shelves_around(const std::optional<std::int64_t>& published) {
  if (!published) return {kUndatedShelf};
  const std::int64_t middle = shelf_of(published);
  return {middle - 1, middle, middle + 1, kUndatedShelf};
}

double closeness(const Cluster& cluster, const std::optional<std::int64_t>& published) {
  if (published.has_value() != cluster.first.has_value()) return kOneUndated;
  if (!published || !cluster.first || !cluster.last) return 1;
  const std::int64_t gap =
      std::max({std::int64_t{0}, *cluster.first - *published, *published - *cluster.last});
  if (gap > kLongestGap) return 0;
  return kFloor + (1 - kFloor) * std::exp2(-static_cast<double>(gap) / kHalfLife);
}

double likeness(const Cluster& cluster,
                const WordVector& article,
                const std::optional<std::int64_t>& published) {
  if (cluster.size == 0) return 0;
  const double near = closeness(cluster, published);
  if (near == 0) return 0;
  return near * product_of(article, cluster.words) / static_cast<double>(cluster.size);
}

void Shelf::file(Cluster& cluster) {
  const auto [place, is_new] =
      places_.try_emplace(&cluster, static_cast<std::uint32_t>(entries_.size()));
  if (is_new) {
    entries_.push_back({&cluster, {}});
    shared_.push_back(0);
  }
  Entry& entry = entries_[place->second];
  std::vector<std::uint32_t> words = strongest_words(cluster.words, kFiledWords);
  std::sort(words.begin(), words.end());
  std::vector<std::uint32_t> fresh;
  std::set_difference(words.begin(),
                      words.end(),
                      entry.words.begin(),
                      entry.words.end(),
                      std::back_inserter(fresh));
  for (const std::uint32_t word : fresh)
    by_word_[word].push_back(place->second);
  const auto middle = static_cast<std::ptrdiff_t>(entry.words.size());
  entry.words.insert(entry.words.end(), fresh.begin(), fresh.end());
  std::inplace_merge(entry.words.begin(), entry.words.begin() + middle, entry.words.end());
}

void Shelf::remove(const Cluster& cluster) {
  const auto found = places_.find(&cluster);
  if (found == places_.end()) return;
  const std::uint32_t place = found->second;
  for (const std::uint32_t word : entries_[place].words)
    std::erase(by_word_[word], place);
  places_.erase(found);
  entries_[place] = {};
}

void Shelf::find(const std::vector<std::uint32_t>& words, std::vector<Found>& found) {
  std::vector<std::uint32_t> touched;
  for (const std::uint32_t word : words) {
    const auto holders = by_word_.find(word);
    if (holders == by_word_.end()) continue;
    for (const std::uint32_t place : holders->second) {
      if (shared_[place]++ == 0) touched.push_back(place);
    }
  }
  const auto shares_more = [this](std::uint32_t a, std::uint32_t b) {
    return shared_[a] != shared_[b] ? shared_[a] > shared_[b] : a < b;
  };
  const auto most = static_cast<std::ptrdiff_t>(std::min(kMostFound, touched.size()));
  std::partial_sort(touched.begin(), touched.begin() + most, touched.end(), shares_more);
  for (std::ptrdiff_t i = 0; i < most; ++i) {
    const std::uint32_t place = touched[static_cast<std::size_t>(i)];
    found.push_back({entries_[place].cluster, shared_[place]});
  }
  for (const std::uint32_t place : touched)
    shared_[place] = 0;
}

}  // namespace broadsheet::indexer
