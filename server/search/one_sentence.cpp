// Most articles keep their stored summary: the indexer took care that it is a sentence of its own.
// The body is asked where a source's summary turns out to be its headline again.
#include "server/search/one_sentence.h"

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "server/search/snippets_sentences.h"

namespace broadsheet::server {
namespace {

// Further down a sentence seldom stands for the whole.
constexpr std::size_t kMostSentences = 12;
constexpr std::size_t kMostBytes = 4096;
// What may stand alone, in bytes.
constexpr std::size_t kShortest = 40;
constexpr std::size_t kLongest = 320;
// Ties go to what comes first, and a word of the headline outweighs four places.
constexpr double kPlaceCost = 0.25;

using StemNumbers = std::unordered_set<std::uint32_t>;

// The numbers of the stems in a text, stop words aside.
StemNumbers stems_in(std::string_view text, std::string_view language, TextAnalyzer& analyzer) {
  StemNumbers stems;
  analyzer.analyze(text, language, [&](const Token& token) {
    if (!is_stop_word(token.term, language)) stems.insert(token.stem_word);
  });
  return stems;
}

std::size_t shared(const StemNumbers& a, const StemNumbers& b) {
  return static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&b](std::uint32_t stem) { return b.contains(stem); }));
}

bool adds_to(const StemNumbers& sentence, const StemNumbers& title) {
  const std::size_t fresh = sentence.size() - shared(sentence, title);
  return fresh >= 2 && fresh * 4 >= sentence.size();
}

// The first sentences of a text; what lies behind the last end that is looked at is left out.
std::vector<std::string_view> first_sentences(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  const std::size_t most = std::min(text.size(), kMostBytes);
  for (std::size_t at = 0; at < most && sentences.size() < kMostSentences; ++at) {
    const auto end = sentence_end_at(text, at);
    if (!end || end->end <= begin) continue;
    sentences.push_back(text.substr(begin, end->end - begin));
    begin = end->next;
    at = std::max(at, begin == 0 ? 0 : begin - 1);
  }
  if (text.size() <= kMostBytes && begin < text.size() && sentences.size() < kMostSentences)
    sentences.push_back(text.substr(begin));
  return sentences;
}

std::string one_line(std::string_view sentence) {
  std::string line;
  for (const char c : sentence) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (!line.empty() && line.back() == ' ')
    line.pop_back();
  return line;
}

bool may_stand_alone(std::string_view sentence) {
  if (sentence.size() < kShortest || sentence.size() > kLongest) return false;
  // A heading or a fragment ends without a mark.
  const std::size_t last = backward(sentence, sentence.size(), 1);
  for (std::size_t at = last; at + 8 > last; --at) {
    if (sentence_end_at(sentence, at)) return true;
    if (at == 0) break;
  }
  return false;
}

}  // namespace

bool says_more(std::string_view sentence,
               std::string_view title,
               std::string_view language,
               TextAnalyzer& analyzer) {
  return adds_to(stems_in(sentence, language, analyzer), stems_in(title, language, analyzer));
}

std::string sentence_beside_title(const Article& article, TextAnalyzer& analyzer) {
  const std::string& language = article.language;
  const StemNumbers title = stems_in(article.title, language, analyzer);
  for (const std::string_view sentence : first_sentences(article.summary)) {
    if (adds_to(stems_in(sentence, language, analyzer), title)) return one_line(sentence);
  }
  std::string_view best;
  double best_value = 0;
  double place = 0;
  for (const std::string_view sentence : first_sentences(article.body)) {
    const StemNumbers stems = stems_in(sentence, language, analyzer);
    const double value = static_cast<double>(shared(stems, title)) - kPlaceCost * place++;
    const bool is_better = best.empty() || value > best_value;
    if (!is_better || !may_stand_alone(sentence) || !adds_to(stems, title)) continue;
    best = sentence;
    best_value = value;
  }
  return one_line(best);
}

}  // namespace broadsheet::server
