// Words with how many articles hold each, looked up by how they begin or by what they are like.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::server {

struct CountedWord {
  std::string word;
  std::uint32_t articles = 0;
};

// Puts the words of most articles first and keeps `limit` of them; equal counts in byte order.
void keep_most(std::vector<CountedWord>& words, std::size_t limit);

// Whether at most `edits` (1 or 2) steps lead from one word to the other: a code point more, less
// or other, or two neighbours exchanged, none touched twice ("optimal string alignment", the
// restricted distance of Damerau and Levenshtein).
[[nodiscard]] bool are_alike(std::string_view left, std::string_view right, int edits);

// Immutable once filled; then safe from many threads.
class WordList {
 public:
  // In ascending byte order, each word once.
  void add(std::string_view word, std::uint32_t articles);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  // At most `limit` words each, those of most articles first.
  [[nodiscard]] std::vector<CountedWord> beginning_with(std::string_view prefix,
                                                        std::size_t limit) const;
  // That differ from `word` and are_alike(). Reads the whole list, some 5 ns a word.
  [[nodiscard]] std::vector<CountedWord> alike(std::string_view word,
                                               int edits,
                                               std::size_t limit) const;
  // Where one of the words that blanks part begins so; for labels of several words.
  [[nodiscard]] std::vector<CountedWord> with_word(std::string_view prefix,
                                                   std::size_t limit) const;

 private:
  struct Entry {
    std::uint32_t begin;  // in text_; the next entry's is its end
    std::uint32_t articles;
    std::uint32_t letters;  // which code points occur, by their last five bits
  };

  [[nodiscard]] std::string_view word_of(std::size_t place) const;
  [[nodiscard]] std::vector<CountedWord> most(std::vector<std::uint32_t> places,
                                              std::size_t limit) const;

  std::string text_;
  std::vector<Entry> entries_;
};

}  // namespace broadsheet::server
