// Only sentences with marks are looked at: each alone, and every two of them.
#include "server/search/snippets_whole.h"

#include <optional>
#include <utility>

#include "server/search/snippets_sentences.h"

namespace broadsheet::server {
namespace {

// " … " between two passages.
constexpr std::size_t kBetween = 3;

// What stands last in the text is worth so much less than what stands first.
constexpr double kLatePenalty = 0.15;

// Two passages read worse than one: they must hold so much more.
constexpr double kWorthTwo = 1.2;

// The first so many sentences with marks; every two of them are compared.
constexpr std::size_t kMostSentences = 32;

struct Sentence {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::size_t chars = 0;
  std::uint64_t terms = 0;
};

// The sentence around a mark, if it takes at most `chars`.
std::optional<Sentence> sentence_of(std::string_view text, const Mark& mark, std::size_t chars) {
  const auto begin = sentence_begin(text, mark.begin, backward(text, mark.begin, chars));
  if (!begin) return std::nullopt;
  const std::size_t ceiling = forward(text, *begin, chars);
  const auto end = first_sentence_end(text, mark.end, ceiling);
  if (!end) return std::nullopt;
  return Sentence{static_cast<std::uint32_t>(*begin),
                  static_cast<std::uint32_t>(*end),
                  count_chars(text.substr(*begin, *end - *begin)),
                  mark.terms};
}

std::vector<Sentence> marked_sentences(std::string_view text,
                                       const std::vector<Mark>& marks,
                                       std::size_t chars) {
  std::vector<Sentence> sentences;
  for (const Mark& mark : marks) {
    if (!sentences.empty() && mark.begin < sentences.back().end) {
      if (mark.end <= sentences.back().end) sentences.back().terms |= mark.terms;
      continue;
    }
    if (sentences.size() == kMostSentences) break;
    if (const auto sentence = sentence_of(text, mark, chars)) sentences.push_back(*sentence);
  }
  return sentences;
}

class Chooser {
 public:
  Chooser(std::string_view text, const TermScanner& scanner, std::size_t chars)
      : text_(text), scanner_(scanner), chars_(chars) {}

  WholeSentences choose(const std::vector<Sentence>& sentences) {
    for (std::size_t i = 0; i < sentences.size(); ++i)
      try_run(sentences, i);
    best_ *= kWorthTwo;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      for (std::size_t j = i + 1; j < sentences.size(); ++j)
        try_two(sentences[i], sentences[j]);
    }
    return found_;
  }

 private:
  // From one sentence on to each later one, as long as all between fits.
  void try_run(const std::vector<Sentence>& sentences, std::size_t first) {
    const Sentence& begin = sentences[first];
    std::uint64_t terms = 0;
    for (std::size_t last = first; last < sentences.size(); ++last) {
      const Sentence& end = sentences[last];
      const bool fits =
          last == first || count_chars(text_.substr(begin.begin, end.end - begin.begin)) <= chars_;
      if (!fits) return;
      terms |= end.terms;
      const double worth = worth_of(terms, begin.begin);
      // Of runs that hold the same the shorter.
      if (worth > best_) keep({{begin.begin, end.end}}, terms, worth);
    }
  }

  void try_two(const Sentence& first, const Sentence& second) {
    if (first.chars + kBetween + second.chars > chars_) return;
    const std::uint64_t terms = first.terms | second.terms;
    const double worth = worth_of(terms, first.begin);
    if (worth > best_) keep({{first.begin, first.end}, {second.begin, second.end}}, terms, worth);
  }

  [[nodiscard]] double worth_of(std::uint64_t terms, std::uint32_t begin) const {
    const double late = kLatePenalty * begin / (static_cast<double>(text_.size()) + 1);
    return scanner_.worth(terms) * (1 - late);
  }

  void keep(std::vector<Passage> passages, std::uint64_t terms, double worth) {
    found_ = {std::move(passages), terms};
    best_ = worth;
  }

  std::string_view text_;
  const TermScanner& scanner_;
  std::size_t chars_;
  WholeSentences found_;
  double best_ = 0;
};

}  // namespace

WholeSentences choose_sentences(std::string_view text,
                                const std::vector<Mark>& marks,
                                const TermScanner& scanner,
                                std::size_t chars) {
  return Chooser(text, scanner, chars).choose(marked_sentences(text, marks, chars));
}

}  // namespace broadsheet::server
