// The memory of the text analysis: every word met, with its folded form, its number and its stem in
// each language asked for. A lookup is one hash and one comparison, which is what makes analysis
// fast.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

namespace broadsheet {

// Keeps each distinct string once, numbered from 0 in the order of arrival. Views stay valid until
// clear().
class StringTable {
 public:
  StringTable();

  // The number of `text`, which is added when it is new.
  std::uint32_t intern(std::string_view text);

  [[nodiscard]] std::string_view text(std::uint32_t number) const { return texts_[number]; }

  [[nodiscard]] std::size_t size() const { return texts_.size(); }

  void clear();

 private:
  struct Slot {
    std::uint32_t hash;
    std::uint32_t number;
  };

  std::uint32_t add(std::string_view text, std::uint32_t hash);
  std::string_view keep(std::string_view text);
  void grow();

  std::vector<Slot> slots_;  // open addressing, a power of two, at most half full
  std::vector<std::string_view> texts_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* block_end_ = nullptr;
  std::size_t free_bytes_ = 0;  // before block_end_
};

// What is known of a word in one language; see Token for the meaning.
struct KnownWord {
  std::string_view term;
  std::string_view stem;
  std::uint32_t word = 0;
  std::uint32_t stem_word = 0;
  bool known = false;
};

// Words in the spelling they were met in, cased or not, and what they come to.
class WordDictionary {
 public:
  // A handle for find(); unknown languages get one without a stemmer.
  std::size_t language(std::string_view code);

  // `spelling` is ASCII in lower case, or holds other characters and is as it was written. The term
  // is empty when folding leaves nothing of it.
  const KnownWord& find(std::string_view spelling, std::size_t language);

  // How many numbers terms and stems have got.
  [[nodiscard]] std::size_t word_count() const { return terms_.size(); }

  // How many spellings are remembered: what the memory grows with.
  [[nodiscard]] std::size_t spelling_count() const { return spellings_.size(); }

  // Forgets all words, not the languages.
  void clear();

 private:
  struct Language {
    std::string code;
    std::optional<Xapian::Stem> stemmer;
    std::vector<KnownWord> words;  // by number of spelling
  };

  KnownWord learn(std::string_view spelling, const Language& language);

  StringTable spellings_;
  StringTable terms_;  // terms and stems
  std::vector<Language> languages_;
};

}  // namespace broadsheet
