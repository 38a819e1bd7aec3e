// The one analysis of text: the same function makes tokens for the index, for queries and for marks
// in snippets, so that the three cannot drift apart. Whatever changes the tokens of any text needs
// a new kAnalysisVersion, and with it a rebuilt index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace broadsheet {

// Stamped into every index; an index of another analysis is refused. Raise it with every change of
// what tokens a text gives.
inline constexpr std::uint32_t kAnalysisVersion = 1;

// Positions left free between the last word of the title and the first of the body.
inline constexpr std::uint32_t kTitleGap = 100;

// Positions left free at a blank line, so that no phrase spans two paragraphs.
inline constexpr std::uint32_t kParagraphGap = 20;

// No term or stem is longer, in bytes. What a longer word has beyond it is ignored.
inline constexpr std::size_t kMaxTermBytes = 64;

// One word of a text. The views live as long as the analyser that gave them, or until its trim().
struct Token {
  std::string_view term;        // exact form: compatibility forms, case and accents folded
  std::string_view stem;        // stem in the language given, accents folded; may equal `term`
  std::uint32_t word = 0;       // number of `term`: terms and stems are counted together from 0,
  std::uint32_t stem_word = 0;  // number of `stem`: without gaps, in the order of their first sight
  std::uint32_t position = 0;   // counted from 1 in each text
  std::uint32_t begin = 0;      // the bytes [begin, end) of the text as it was given, whatever
  std::uint32_t end = 0;        // normalisation did to the term
};

// What becomes of a run of Chinese, Japanese or Korean characters. It gives overlapping pairs, one
// position each (a run of one character gives that character), so a longer query is a phrase of
// pairs.
enum class Singles {
  skip,  // pairs only: for queries
  add    // also every single character, at the position of a pair it is in: for the index and for
         // marks, so that a query of one character is found
};

// Where tokens go: a function and what it works on. analyze() makes one of any callable.
struct TokenSink {
  void* target = nullptr;
  void (*call)(void* target, const Token& token) = nullptr;
};

class WordDictionary;  // text_words.h

// Turns text into tokens and remembers every word it has met, so that each is normalised and
// stemmed once. Not thread-safe: one per thread. It never throws on any input: invalid UTF-8 and
// zero bytes separate words.
class TextAnalyzer {
 public:
  TextAnalyzer();
  ~TextAnalyzer();
  TextAnalyzer(TextAnalyzer&&) noexcept;
  TextAnalyzer& operator=(TextAnalyzer&&) noexcept;

  // Calls `sink(const Token&)` for every token in the order of the text and returns the last
  // position used, 0 when there is none. `utf8` must be shorter than 4 GiB. `language` is an ISO
  // 639-1 code such as "en"; without a stemmer for it words keep their endings, only a possessive
  // 's is left off. The sink must not call this analyser.
  template <typename Sink>
  std::uint32_t analyze(std::string_view utf8,
                        std::string_view language,
                        Sink&& sink,
                        Singles singles = Singles::skip) {
    using Target = std::remove_reference_t<Sink>;
    Target* target = &sink;
    return run(utf8, language, singles, {&target, [](void* pointer, const Token& token) {
                                           (**static_cast<Target**>(pointer))(token);
                                         }});
  }

  // The stem of the first word of `word` in another language, empty when it holds none. Give the
  // word as it was written rather than its term: stemmers need accents.
  [[nodiscard]] std::string_view stem(std::string_view word, std::string_view language);

  // How many numbers `Token::word` and `Token::stem_word` have used: the size for arrays by number.
  [[nodiscard]] std::size_t word_count() const;

  // Forgets all words when there are more than a million (some 150 MB), and with them every view
  // and number given out. Call it between two articles or two queries; nothing else bounds the
  // memory. Says whether it did.
  bool trim();

 private:
  std::uint32_t run(std::string_view utf8,
                    std::string_view language,
                    Singles singles,
                    TokenSink sink);

  std::unique_ptr<WordDictionary> words_;
};

// Whether stems differ from terms in this language (ISO 639-1).
[[nodiscard]] bool has_stemmer(std::string_view language);

// Whether `term` (as in Token::term) is too common in `language` to rank by. Such words stay in the
// index and in phrases; only queries for any of several words leave them out. Never for languages
// without a list: every language with a stemmer has one.
[[nodiscard]] bool is_stop_word(std::string_view term, std::string_view language);

// The form in which filter values (source, section, tag) are stored and compared: case, accents,
// compatibility forms and typographic apostrophes folded, trimmed, inner white space one space.
[[nodiscard]] std::string fold(std::string_view utf8);

}  // namespace broadsheet
