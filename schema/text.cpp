// The face of the text analysis: a dictionary that lives as long as the analyser and one scanner
// for each text. The cutting is in text_scanner.cpp and text_rules.cpp, the folding in
// text_unicode.cpp.
#include "schema/text.h"

#include "schema/text_scanner.h"
#include "schema/text_words.h"

namespace broadsheet {
namespace {

// All words of some hundred thousand articles are fewer; misspellings and numbers make up the rest.
constexpr std::size_t kMaxSpellings = 1'000'000;

}  // namespace

TextAnalyzer::TextAnalyzer() : words_(std::make_unique<WordDictionary>()) {}

TextAnalyzer::~TextAnalyzer() = default;
TextAnalyzer::TextAnalyzer(TextAnalyzer&&) noexcept = default;
TextAnalyzer& TextAnalyzer::operator=(TextAnalyzer&&) noexcept = default;

std::uint32_t TextAnalyzer::run(std::string_view utf8,
                                std::string_view language,
                                Singles singles,
                                TokenSink sink) {
  return TextScanner(utf8, *words_, words_->language(language), singles, sink).scan();
}

std::string_view TextAnalyzer::stem(std::string_view word, std::string_view language) {
  std::string_view first;
  analyze(word, language, [&](const Token& token) {
    if (token.position == 1) first = token.stem;
  });
  return first;
}

std::size_t TextAnalyzer::word_count() const {
  return words_->word_count();
}

bool TextAnalyzer::trim() {
  if (words_->spelling_count() <= kMaxSpellings) return false;
  words_->clear();
  return true;
}

}  // namespace broadsheet
