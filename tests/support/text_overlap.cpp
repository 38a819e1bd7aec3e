// A word is a run of letters, digits and underscores, as `\w+` has it in that benchmark's Python:
// combining marks end it.
#include "tests/support/text_overlap.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace broadsheet::tests {
namespace {

constexpr std::size_t kWordsInRun = 4;

bool is_word_character(UChar32 c) {
  constexpr std::uint32_t kWord = U_GC_L_MASK | U_GC_N_MASK;
  return c == '_' || (U_MASK(u_charType(c)) & kWord) != 0;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t from = at;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, c);
    if (is_word_character(c)) {
      word.append(text, static_cast<std::size_t>(from), static_cast<std::size_t>(at - from));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// A text of fewer words is one run.
std::map<std::string, int> runs_of(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  std::map<std::string, int> runs;
  std::size_t first = 0;
  while (first < words.size()) {
    std::string run;
    const std::size_t last = std::min(first + kWordsInRun, words.size());
    for (std::size_t at = first; at < last; ++at)
      run += words[at] + ' ';
    ++runs[run];
    if (last == words.size()) break;
    ++first;
  }
  return runs;
}

double share(double part, double wrong, double other) {
  if (wrong == 0 && other == 0) return 1;
  return part == 0 ? 0 : part / (part + wrong);
}

}  // namespace

double TextOverlap::precision() const {
  return share(both, only_found, only_expected);
}

double TextOverlap::recall() const {
  return share(both, only_expected, only_found);
}

TextOverlap overlap_of(std::string_view expected, std::string_view found) {
  const auto wanted = runs_of(expected);
  auto got = runs_of(found);
  int both = 0;
  int only_expected = 0;
  for (const auto& [run, count] : wanted) {
    const int shared = std::min(count, got[run]);
    both += shared;
    only_expected += count - shared;
  }
  int all_found = 0;
  for (const auto& [run, count] : got)
    all_found += count;
  const double sum = all_found + only_expected;
  if (sum == 0) return {};
  return {both / sum, (all_found - both) / sum, only_expected / sum};
}

double f1_of(const std::vector<TextOverlap>& texts) {
  double precision = 0;
  double recall = 0;
  double with_found = 0;
  double with_expected = 0;
  for (const TextOverlap& text : texts) {
    if (text.both + text.only_found > 0) {
      precision += text.precision();
      ++with_found;
    }
    if (text.both + text.only_expected > 0) {
      recall += text.recall();
      ++with_expected;
    }
  }
  if (precision + recall == 0) return 0;
  precision /= with_found;
  recall /= with_expected;
  return 2 * precision * recall / (precision + recall);
}

}  // namespace broadsheet::tests
