// Texts as weighted words, for comparing articles: log frequency times rarity, the classic
// "ltc" weights of Salton and Buckley, "Term-weighting approaches in automatic text retrieval"
// (1988).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/index_reader.h"

namespace broadsheet::server {

// How much a word tells, from how few articles hold it. Reads the session's index, so it lives no
// longer than the borrowed session and stays in its thread.
class WordRarity {
 public:
  explicit WordRarity(IndexReader& index);

  // ln((N + 1) / (n + 0.5)), never below 0: N articles, n of them with the word.
  [[nodiscard]] float of(std::uint32_t articles_with) const;

  [[nodiscard]] float of(std::string_view stem) { return of(articles_with(stem)); }

  // Whether a word of this rarity tells one matter from most others: at most N^0.73 articles hold
  // it, one in twenty of fifty thousand.
  [[nodiscard]] bool tells_apart(float rarity) const { return rarity >= 0.27F * all_; }

  [[nodiscard]] std::uint32_t articles_with(std::string_view stem);

 private:
  IndexReader& index_;
  float all_;  // ln(N + 1)
};

// 1 + ln(occurrences): the tenth mention says less than the first.
[[nodiscard]] float log_frequency(std::uint32_t occurrences);

// The number that stands for a word in vectors and shingles; from its fnv1a_64().
[[nodiscard]] std::uint32_t word_key(std::string_view word);

[[nodiscard]] constexpr std::uint32_t word_key(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

// A text as a direction in the space of words. Fill it, finish() it, then compare.
class WordVector {
 public:
  void add(std::uint32_t key, float weight) { words_.push_back({key, weight}); }

  // Adds up what was added twice and scales the length to 1.
  void finish();

  // 0 (nothing shared, or one of the two empty) to 1.
  [[nodiscard]] double cosine(const WordVector& other) const;

  // The scaled weight of one word, 0 when it is not there.
  [[nodiscard]] float weight_of(std::uint32_t key) const;

 private:
  struct Word {
    std::uint32_t key;
    float weight;
  };

  std::vector<Word> words_;  // ascending by key once finished
};

}  // namespace broadsheet::server
