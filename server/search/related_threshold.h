// How alike two articles must be to be linked. Not one number: a text of three words, or an archive
// of four articles, is like nothing by the measure of a full article in a full archive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace broadsheet::server {

// Below this two full articles of a large archive share no more than chance and common words bring
// about.
inline constexpr double kMinCosine = 0.10;

struct Likeness {
  double least = kMinCosine;  // cosine over all words, 0 to 1
  // Why it is below kMinCosine, in words, for a list that has links below that; else empty.
  std::string relaxed_for;
};

// `words`: how many telling words the subject has, at most kMaxSubjectWords. A cosine grows with
// the root of that share of a text that the shorter one can hold. `articles`: of the archive. In a
// small one a word that two articles share is nearly as common as any, so its weight (squared, as
// both sides bear it) falls against that of the words that one alone has: ln((N + 1) / 2.5) to
// ln((N + 1) / 1.5) by WordRarity's formula.
[[nodiscard]] Likeness needed_likeness(std::size_t words, std::uint64_t articles);

}  // namespace broadsheet::server
