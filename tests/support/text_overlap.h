// How much of a text was found, and how much beside it: the measure of the article extraction
// benchmark (scrapinghub/article-extraction-benchmark), so that figures compare with those there.
#pragma once

#include <string_view>
#include <vector>

namespace broadsheet::tests {

// Shares of runs of four words: found and expected, found but not expected, expected but not found.
// They sum to one, so that long texts weigh no more than short ones; all zero for two empty texts.
struct TextOverlap {
  double both = 0;
  double only_found = 0;
  double only_expected = 0;

  [[nodiscard]] double precision() const;
  [[nodiscard]] double recall() const;
};

[[nodiscard]] TextOverlap overlap_of(std::string_view expected, std::string_view found);

// Of the mean precision (over texts with anything found) and the mean recall (over texts with
// anything expected).
[[nodiscard]] double f1_of(const std::vector<TextOverlap>& texts);

}  // namespace broadsheet::tests
