// Vectors of words. A candidate list builds about a hundred of them for each question, some 300
// words each, so logarithms come from tables and keys are 32 bits.
#include "server/search/related_words.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "schema/hash.h"

namespace broadsheet::server {
namespace {

// Almost every count of a real text is below this.
constexpr std::size_t kTableSize = 4096;

using LogTable = std::array<float, kTableSize>;

LogTable logs_from(double offset) {
  LogTable table{};
  for (std::size_t i = 0; i < kTableSize; ++i) {
    table[i] = static_cast<float>(std::log(static_cast<double>(i) + offset));
  }
  return table;
}

float log_plus_half(std::uint32_t count) {
  static const LogTable kLogs = logs_from(0.5);
  if (count < kTableSize) return kLogs[count];
  return static_cast<float>(std::log(static_cast<double>(count) + 0.5));
}

}  // namespace

WordRarity::WordRarity(IndexReader& index)
    : index_(index),
      all_(static_cast<float>(std::log(static_cast<double>(index.stats().articles) + 1))) {}

float WordRarity::of(std::uint32_t articles_with) const {
  return std::max(0.0F, all_ - log_plus_half(articles_with));
}

std::uint32_t WordRarity::articles_with(std::string_view stem) {
  return index_.articles_with_about(std::string(stem), fnv1a_64(stem));
}

float log_frequency(std::uint32_t occurrences) {
  static const LogTable kLogs = logs_from(1.0);
  const std::size_t index = std::max(occurrences, 1U) - 1;
  return 1 + (index < kTableSize ? kLogs[index] : kLogs.back());
}

std::uint32_t word_key(std::string_view word) {
  return word_key(fnv1a_64(word));
}

void WordVector::finish() {
  std::sort(
      words_.begin(), words_.end(), [](const Word& a, const Word& b) { return a.key < b.key; });
  std::size_t kept = 0;
  float squares = 0;
  for (std::size_t i = 0; i < words_.size();) {
    Word word = words_[i];
    for (++i; i < words_.size() && words_[i].key == word.key; ++i)
      word.weight += words_[i].weight;
    squares += word.weight * word.weight;
    words_[kept++] = word;
  }
  words_.resize(kept);
  if (squares <= 0) {
    words_.clear();
    return;
  }
  const float scale = 1 / std::sqrt(squares);
  for (Word& word : words_)
    word.weight *= scale;
}

double WordVector::cosine(const WordVector& other) const {
  float sum = 0;
  auto mine = words_.begin();
  auto theirs = other.words_.begin();
  while (mine != words_.end() && theirs != other.words_.end()) {
    const std::uint32_t a = mine->key;
    const std::uint32_t b = theirs->key;
    if (a == b) sum += mine->weight * theirs->weight;
    mine += a <= b ? 1 : 0;
    theirs += b <= a ? 1 : 0;
  }
  return std::min(1.0, static_cast<double>(sum));
}

float WordVector::weight_of(std::uint32_t key) const {
  const auto found =
      std::lower_bound(words_.begin(), words_.end(), key, [](const Word& word, std::uint32_t k) {
        return word.key < k;
      });
  return found != words_.end() && found->key == key ? found->weight : 0;
}

}  // namespace broadsheet::server
