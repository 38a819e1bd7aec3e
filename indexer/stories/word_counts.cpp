// Open addressing: a word is its own hash, and one look mostly finds it.
#include "indexer/stories/word_counts.h"

#include <algorithm>
#include <cmath>

#include "indexer/stories/bytes.h"

namespace broadsheet::indexer {
namespace {

// 2.4 MB in the catalog, 4 in memory. A language has fewer stems that matter; the rest are names
// and slips.
constexpr std::size_t kMostWords = 300'000;
constexpr std::size_t kFirstPlaces = 4096;
constexpr std::size_t kWordBytes = 8;

}  // namespace

WordCounts::WordCounts() : places_(kFirstPlaces) {}

std::size_t WordCounts::place_of(std::uint32_t word) const {
  const std::size_t mask = places_.size() - 1;
  std::size_t place = word & mask;
  while (places_[place].articles != 0 && places_[place].word != word)
    place = (place + 1) & mask;
  return place;
}

void WordCounts::resize(std::size_t places) {
  std::vector<Count> old(places);
  old.swap(places_);
  for (const Count& each : old) {
    if (each.articles != 0) places_[place_of(each.word)] = each;
  }
}

// Half of the places stay free, so that looks are short.
void WordCounts::make_room() {
  if (2 * words_ < places_.size()) return;
  for (std::uint32_t rare = 1; words_ > kMostWords; rare *= 2) {
    words_ = 0;
    for (Count& each : places_) {
      if (each.articles <= rare) each.articles = 0;
      words_ += each.articles != 0 ? 1 : 0;
    }
  }
  resize(2 * words_ < places_.size() ? places_.size() : 2 * places_.size());
}

void WordCounts::count(const WordVector& words) {
  ++articles_;
  for (const WordWeight& each : words) {
    make_room();
    Count& place = places_[place_of(each.word)];
    words_ += place.articles == 0 ? 1 : 0;
    place.word = each.word;
    ++place.articles;
  }
}

WordVector WordCounts::weighed(const WordVector& frequencies, std::size_t most) const {
  const auto all = static_cast<float>(std::max<std::int64_t>(articles_, 1));
  WordVector vector = frequencies;
  for (WordWeight& each : vector) {
    const std::uint32_t with = std::max(places_[place_of(each.word)].articles, 1U);
    each.weight *= std::log(1 + all / static_cast<float>(with));
  }
  keep_strongest(vector, most);
  make_unit(vector);
  return vector;
}

std::string WordCounts::to_bytes() const {
  std::string bytes;
  bytes.reserve(kWordBytes * words_);
  for (const Count& each : places_) {
    if (each.articles == 0) continue;
    append_u32(bytes, each.word);
    append_u32(bytes, each.articles);
  }
  return bytes;
}

WordCounts WordCounts::from(std::int64_t articles, std::string_view bytes) {
  WordCounts counts;
  counts.articles_ = articles;
  for (std::size_t at = 0; at + kWordBytes <= bytes.size(); at += kWordBytes) {
    const Count count{read_u32(bytes, at), read_u32(bytes, at + 4)};
    if (count.articles == 0) continue;
    counts.make_room();
    Count& place = counts.places_[counts.place_of(count.word)];
    counts.words_ += place.articles == 0 ? 1 : 0;
    place = count;
  }
  return counts;
}

}  // namespace broadsheet::indexer
