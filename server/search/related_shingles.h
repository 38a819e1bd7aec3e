// Near-duplicates: texts of which one holds most runs of four words of the other.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/text.h"

namespace broadsheet::server {

// Every run of four words in a text, as sorted hashes. Broder, "On the resemblance and containment
// of documents" (1997).
class Shingles {
 public:
  Shingles() = default;
  // `keys`: the word_key() of every word, in the order of the text. Fewer than four words are one
  // run.
  explicit Shingles(const std::vector<std::uint32_t>& keys);

  // The share of the smaller text's runs that the other holds: 0 to 1, and 0 when one is empty.
  [[nodiscard]] double containment(const Shingles& other) const;

 private:
  std::vector<std::uint64_t> runs_;  // ascending, without repeats
};

// The runs of a title and the first kMaxComparedBytes of its body.
[[nodiscard]] Shingles shingles_of(std::string_view title,
                                   std::string_view body,
                                   TextAnalyzer& analyzer);

// No more of a body is read when articles are compared: a long report tells in its first ten
// thousand words what it is about, and one huge article must not hold up an answer.
inline constexpr std::size_t kMaxComparedBytes = 65'536;

// From here on two texts count as the same: found every edited copy (cut, updated, reworded) of the
// test set, and 1 in 90 pairs of independent reports on one event.
inline constexpr double kDuplicateContainment = 0.5;

// Copies share most of their words: below this cosine their runs are not worth comparing. A guess
// on the safe side.
inline constexpr double kMinCopyCosine = 0.4;

}  // namespace broadsheet::server
