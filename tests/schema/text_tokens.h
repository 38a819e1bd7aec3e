// How the tests of the text analysis write tokens down: terms or stems separated by spaces.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/text.h"

namespace broadsheet::test {

inline std::vector<Token> tokens_of(TextAnalyzer& analyzer,
                                    std::string_view text,
                                    std::string_view language = "en",
                                    Singles singles = Singles::skip) {
  std::vector<Token> tokens;
  analyzer.analyze(
      text, language, [&](const Token& token) { tokens.push_back(token); }, singles);
  return tokens;
}

inline void add_word(std::string& line, std::string_view word) {
  if (!line.empty()) line += ' ';
  line += word;
}

inline std::string terms_of(std::string_view text, std::string_view language = "en") {
  TextAnalyzer analyzer;
  std::string line;
  analyzer.analyze(text, language, [&](const Token& token) { add_word(line, token.term); });
  return line;
}

inline std::string stems_of(std::string_view text, std::string_view language) {
  TextAnalyzer analyzer;
  std::string line;
  analyzer.analyze(text, language, [&](const Token& token) { add_word(line, token.stem); });
  return line;
}

// "1:the 2:end" with `add` also showing single characters.
inline std::string positions_of(std::string_view text, Singles singles = Singles::skip) {
  TextAnalyzer analyzer;
  std::string line;
  for (const Token& token : tokens_of(analyzer, text, "en", singles)) {
    add_word(line, std::to_string(token.position) + ':' + std::string(token.term));
  }
  return line;
}

// The parts of the text itself that the tokens point to, separated by '|'.
inline std::string slices_of(std::string_view text) {
  TextAnalyzer analyzer;
  std::string line;
  for (const Token& token : tokens_of(analyzer, text)) {
    if (!line.empty()) line += '|';
    line += text.substr(token.begin, token.end - token.begin);
  }
  return line;
}

}  // namespace broadsheet::test
