// Flat arrays, because a list of a few hundred thousand words is read from end to end.
#include "server/store/word_list.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>
#include <utility>

namespace broadsheet::server {
namespace {

// No term is longer, in bytes, and so in code points.
constexpr std::size_t kMostLetters = 64;

// Code points of a word; what is longer is cut.
struct Letters {
  std::array<char32_t, kMostLetters> at{};
  std::size_t count = 0;
};

bool begins_letter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
}

// The bytes of a code point beside each other: nobody asks for its number.
Letters letters_of(std::string_view word) {
  Letters letters;
  for (const char byte : word) {
    if (!begins_letter(byte) && letters.count > 0) {
      char32_t& letter = letters.at[letters.count - 1];
      letter = (letter << 8U) | static_cast<unsigned char>(byte);
    } else if (letters.count < kMostLetters) {
      letters.at[letters.count++] = static_cast<unsigned char>(byte);
    }
  }
  return letters;
}

std::uint32_t signature_of(const Letters& letters) {
  std::uint32_t seen = 0;
  for (std::size_t i = 0; i < letters.count; ++i)
    seen |= 1U << (letters.at[i] & 31U);
  return seen;
}

// One step changes two bits of a signature at most: one letter goes, another comes.
bool may_be_alike(std::uint32_t left, std::uint32_t right, int edits) {
  return std::popcount(left ^ right) <= 2 * edits;
}

// Row by row; a cell far from the diagonal is worth more than `edits` anyway.
int steps_between(const Letters& left, const Letters& right) {
  std::array<std::array<int, kMostLetters + 1>, 3> rows{};
  for (std::size_t j = 0; j <= right.count; ++j)
    rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= left.count; ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= right.count; ++j) {
      const bool same = left.at[i - 1] == right.at[j - 1];
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      const bool swapped =
          i > 1 && j > 1 && left.at[i - 1] == right.at[j - 2] && left.at[i - 2] == right.at[j - 1];
      if (swapped) row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
    }
  }
  return rows[left.count % 3][right.count];
}

bool are_alike(const Letters& left, const Letters& right, int edits) {
  const std::size_t longer = std::max(left.count, right.count);
  const std::size_t shorter = std::min(left.count, right.count);
  return longer - shorter <= static_cast<std::size_t>(edits) && steps_between(left, right) <= edits;
}

}  // namespace

void keep_most(std::vector<CountedWord>& words, std::size_t limit) {
  const auto before = [](const CountedWord& left, const CountedWord& right) {
    return std::tie(right.articles, left.word) < std::tie(left.articles, right.word);
  };
  const std::size_t kept = std::min(limit, words.size());
  std::partial_sort(
      words.begin(), words.begin() + static_cast<std::ptrdiff_t>(kept), words.end(), before);
  words.resize(kept);
}

bool are_alike(std::string_view left, std::string_view right, int edits) {
  return are_alike(letters_of(left), letters_of(right), edits);
}

void WordList::add(std::string_view word, std::uint32_t articles) {
  entries_.push_back(
      {static_cast<std::uint32_t>(text_.size()), articles, signature_of(letters_of(word))});
  text_.append(word);
}

std::string_view WordList::word_of(std::size_t place) const {
  const std::size_t begin = entries_[place].begin;
  const std::size_t end = place + 1 < entries_.size() ? entries_[place + 1].begin : text_.size();
  return std::string_view(text_).substr(begin, end - begin);
}

std::vector<CountedWord> WordList::most(std::vector<std::uint32_t> places,
                                        std::size_t limit) const {
  const auto before = [this](std::uint32_t left, std::uint32_t right) {
    const bool is_more = entries_[left].articles > entries_[right].articles;
    return entries_[left].articles == entries_[right].articles ? left < right : is_more;
  };
  const std::size_t kept = std::min(limit, places.size());
  const auto end = places.begin() + static_cast<std::ptrdiff_t>(kept);
  std::partial_sort(places.begin(), end, places.end(), before);
  std::vector<CountedWord> words;
  for (auto place = places.begin(); place != end; ++place)
    words.push_back({std::string(word_of(*place)), entries_[*place].articles});
  return words;
}

std::vector<CountedWord> WordList::beginning_with(std::string_view prefix,
                                                  std::size_t limit) const {
  std::size_t first = 0;
  for (std::size_t step = std::bit_floor(entries_.size()); step > 0; step /= 2) {
    const bool is_before = first + step <= entries_.size() && word_of(first + step - 1) < prefix;
    if (is_before) first += step;
  }
  std::vector<std::uint32_t> places;
  for (std::size_t i = first; i < entries_.size() && word_of(i).starts_with(prefix); ++i)
    places.push_back(static_cast<std::uint32_t>(i));
  return most(std::move(places), limit);
}

std::vector<CountedWord> WordList::alike(std::string_view word,
                                         int edits,
                                         std::size_t limit) const {
  const Letters wanted = letters_of(word);
  const std::uint32_t signature = signature_of(wanted);
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!may_be_alike(entries_[i].letters, signature, edits)) continue;
    const std::string_view other = word_of(i);
    if (other != word && are_alike(letters_of(other), wanted, edits))
      places.push_back(static_cast<std::uint32_t>(i));
  }
  return most(std::move(places), limit);
}

std::vector<CountedWord> WordList::with_word(std::string_view prefix, std::size_t limit) const {
  const std::string inner = ' ' + std::string(prefix);
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::string_view word = word_of(i);
    if (word.starts_with(prefix) || word.find(inner) != std::string_view::npos)
      places.push_back(static_cast<std::uint32_t>(i));
  }
  return most(std::move(places), limit);
}

}  // namespace broadsheet::server
