// What a report adds to a story: numbers, names and quotes that nothing before it had.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "schema/article.h"
#include "schema/text.h"

namespace broadsheet::server {

// Of each kind no more are told.
inline constexpr std::size_t kMostAdditions = 5;

// In the order of the text, as they are written there.
struct Additions {
  std::vector<std::string> numbers;  // with their sign or unit: "25 %", "$3.5 billion"
  std::vector<std::string> names;    // of two words or more; none in scripts without capitals
  std::vector<std::string> quotes;   // of four words or more, without their marks
};

// All that was said so far. One story, one thread; lends the analyser.
class SaidSoFar {
 public:
  explicit SaidSoFar(TextAnalyzer& analyzer) : analyzer_(analyzer) {}

  // What the article has that nothing had before it; from then on it was said.
  [[nodiscard]] Additions add(const Article& article);

 private:
  struct Word {
    std::size_t begin = 0;  // bytes of the text
    std::size_t end = 0;
    bool is_stop_word = false;
  };

  void look_through(std::string_view text, std::string_view language, Additions& additions);
  void take_numbers(std::string_view text, const std::vector<Word>& words, Additions& additions);
  void take_names(std::string_view text, const std::vector<Word>& words, Additions& additions);
  void take_quotes(std::string_view text, Additions& additions);
  void take(char kind, std::string_view said, std::vector<std::string>& additions);

  TextAnalyzer& analyzer_;
  std::unordered_set<std::string> said_;  // folded, behind a letter for their kind
};

}  // namespace broadsheet::server
