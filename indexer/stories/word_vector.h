// What a text is about, as numbers: its weighted words. Words are hashes of stems.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::indexer {

struct WordWeight {
  std::uint32_t word = 0;
  float weight = 0;

  friend bool operator==(const WordWeight&, const WordWeight&) = default;
};

// Ascending by word, each word once.
using WordVector = std::vector<WordWeight>;

[[nodiscard]] double length_of(const WordVector& vector);
[[nodiscard]] double product_of(const WordVector& a, const WordVector& b);

// Divides by the length; nothing happens to an empty one.
void make_unit(WordVector& vector);

// `sum` plus `factor` times `vector`; what falls to nothing goes.
[[nodiscard]] WordVector added(const WordVector& sum, const WordVector& vector, float factor = 1);

// Leaves the `most` words of the largest weights.
void keep_strongest(WordVector& vector, std::size_t most);

// The words of the `most` largest weights, the strongest first.
[[nodiscard]] std::vector<std::uint32_t> strongest_words(const WordVector& vector,
                                                         std::size_t most);

// As the catalog keeps it, and back; what is damaged gives an empty one. Weights lose precision:
// one byte each of 1/255 of the largest.
//   bytes 0-3: the largest weight, an IEEE 754 single; then five bytes a word: the word, the weight
[[nodiscard]] std::string to_bytes(const WordVector& vector);
[[nodiscard]] WordVector word_vector_from(std::string_view bytes);

}  // namespace broadsheet::indexer
