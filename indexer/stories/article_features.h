// What the linker needs of an article's text, taken from it in one pass beside the writing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/stories/fingerprint.h"
#include "indexer/stories/word_vector.h"
#include "schema/article.h"
#include "schema/text.h"

namespace broadsheet::indexer {

struct ArticleFeatures {
  Fingerprint fingerprint;
  // log-frequencies of its words, common ones left out; those of title and lead count more often,
  // names twice.
  WordVector words;
};

// Keeps what it learnt of words, so that each is normalised, stemmed and hashed once. Not
// thread-safe: one per thread.
class FeatureMaker {
 public:
  // Of a body no more than 32 KiB is read: a long report tells in its first five thousand words
  // what it is about.
  [[nodiscard]] ArticleFeatures make(const Article& article);

 private:
  // What is known of a word or stem, by its number.
  struct Known {
    std::uint32_t key = 0;  // its hash; 0: not looked at yet
    bool is_common = false;
  };

  // A stem in the article at hand.
  struct Stem {
    std::uint32_t key = 0;
    float count = 0;
    std::uint32_t in_body = 0;    // times
    std::uint32_t as_a_name = 0;  // of them with a capital in the midst of a sentence
    bool in_title = false;
    bool is_common = false;
  };

  // Starts over, in another language with nothing known of words.
  void begin(const Article& article);
  const Known& known(std::uint32_t number, std::string_view word);
  Stem& stem_of(const Token& token);
  void read_title(const Article& article);
  void read_body(const Article& article);
  [[nodiscard]] WordVector words() const;
  [[nodiscard]] Fingerprint fingerprint() const;
  [[nodiscard]] bool title_fits() const;

  TextAnalyzer analyzer_;
  std::string language_;              // of known_
  std::vector<Known> known_;          // by number of a word or stem
  std::vector<std::uint32_t> place_;  // by stem number: where in stems_, from 1; 0: not yet seen
  std::vector<Stem> stems_;
  std::vector<std::uint32_t> seen_;  // stem numbers, as stems_
  std::vector<std::uint32_t> title_;
  std::vector<std::uint32_t> body_;
};

}  // namespace broadsheet::indexer
