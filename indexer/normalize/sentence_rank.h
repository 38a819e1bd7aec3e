// How well each sentence of a body stands for the whole.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace broadsheet::indexer {

struct RankedSentence {
  std::size_t number = 0;  // in the order of the text, from 0
  double score = 0;
  bool repeats_title = false;  // says nothing that the title does not say
};

// One for each sentence, in their order: the share of the title's stems that it holds, its likeness
// to all of them together, and what its place costs. Thread-safe.
[[nodiscard]] std::vector<RankedSentence> rank_sentences(
    std::string_view title,
    const std::vector<std::string_view>& sentences,
    std::string_view language);

}  // namespace broadsheet::indexer
