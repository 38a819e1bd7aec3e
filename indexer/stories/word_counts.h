// How many articles hold a word, so that rare words weigh more than common ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/stories/word_vector.h"

namespace broadsheet::indexer {

// Grows with every article; the rarest words are forgotten when there are too many, so memory is
// bounded. Not thread-safe.
class WordCounts {
 public:
  WordCounts();

  // One more article with these words.
  void count(const WordVector& words);

  [[nodiscard]] std::int64_t articles() const { return articles_; }

  // Weighs each word by what it tells, log(1 + articles / articles that hold it), keeps the `most`
  // that tell most, and makes it a vector of length 1.
  [[nodiscard]] WordVector weighed(const WordVector& frequencies, std::size_t most) const;

  // As the catalog keeps them, and back: eight bytes a word, the word and its count.
  [[nodiscard]] std::string to_bytes() const;
  [[nodiscard]] static WordCounts from(std::int64_t articles, std::string_view bytes);

 private:
  struct Count {
    std::uint32_t word = 0;
    std::uint32_t articles = 0;  // 0: the place is free
  };

  [[nodiscard]] std::size_t place_of(std::uint32_t word) const;
  void resize(std::size_t places);
  void make_room();

  std::int64_t articles_ = 0;
  std::vector<Count> places_;  // a power of two of them; a word is at its hash or right behind
  std::size_t words_ = 0;
};

}  // namespace broadsheet::indexer
