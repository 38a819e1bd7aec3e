// What the source wrote is preferred, unless it is no summary. How a sentence is chosen where there
// is none is sentence_rank's knowledge.
#include "indexer/normalize/summary.h"

#include <algorithm>
#include <optional>

#include "indexer/normalize/promotion.h"
#include "indexer/normalize/sentence_rank.h"
#include "indexer/normalize/sentences.h"
#include "indexer/normalize/text.h"

namespace broadsheet::indexer {
namespace {

// A sentence shorter than this seldom says anything alone.
constexpr std::size_t kMinSentenceBytes = 40;
constexpr std::size_t kMinSummaryBytes = 20;
// So far a text is looked at: position decides against whatever stands further down.
constexpr std::size_t kMostSentences = 12;
constexpr std::size_t kMostBytes = 3072;

// Letters and digits alone, ASCII ones in lower case: what is left of a text when its setting does
// not count. At most `most` bytes.
std::string bare(std::string_view text, std::size_t most) {
  std::string key;
  for (std::size_t i = 0; i < text.size() && key.size() < most; ++i) {
    const char c = text[i];
    const bool is_capital = c >= 'A' && c <= 'Z';
    const bool is_mark = text.substr(i).starts_with("\xE2\x80");  // dashes, quotes, dots
    if (is_mark) i += 2;
    const bool counts = is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                        (static_cast<unsigned char>(c) >= 0x80 && !is_mark);
    if (counts) key += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

// Whether `given` is the beginning of `whole`, or nearly: a cut-off word at its end does not count.
bool is_beginning(std::string_view given, std::string_view whole) {
  const auto differ = std::mismatch(given.begin(), given.end(), whole.begin(), whole.end());
  const auto same = static_cast<std::size_t>(differ.first - given.begin());
  return same * 10 >= given.size() * 9;
}

// "WASHINGTON (AP) - ", "PARIS, May 3 (Reuters) -": capitals, then little, then a dash.
std::string_view without_dateline(std::string_view sentence) {
  constexpr std::size_t kMostDateline = 60;
  std::size_t capitals = 0;
  while (capitals < sentence.size() && sentence[capitals] >= 'A' && sentence[capitals] <= 'Z')
    ++capitals;
  if (capitals < 3) return sentence;
  for (const std::string_view dash : {" \u2014 ", " \u2013 ", " -- ", " - ", "\u2014"}) {
    const std::size_t at = sentence.find(dash);
    if (at <= kMostDateline) return sentence.substr(at + dash.size());
  }
  return sentence;
}

std::string as_summary(std::string_view sentence) {
  std::string text = clean_line(sentence).text;
  if (text.size() <= kMaxSummaryBytes) return text;
  constexpr std::string_view kCut = "\u2026";
  cut_text(text, kMaxSummaryBytes - kCut.size());
  if (const std::size_t blank = text.rfind(' '); blank != std::string::npos) text.resize(blank);
  return text.append(kCut);
}

bool is_cut_off(std::string_view sentence) {
  return sentence.ends_with("...") || sentence.ends_with("\u2026");
}

// What may stand for an article: of the lengths of sentences, with an end.
bool stands_alone(std::string_view sentence) {
  return sentence.size() >= kMinSentenceBytes && sentence.size() <= kMaxSummaryBytes &&
         ends_as_sentence(sentence) && !is_cut_off(sentence) && !is_promotion(sentence);
}

}  // namespace

std::string own_summary(std::string_view given, std::string_view title, std::string_view body) {
  const std::string all = bare(given, kMostBytes);
  if (all.empty() || is_promotion(given)) return {};
  const std::string headline = bare(title, kMostBytes);
  if (is_beginning(all, headline)) return {};
  if (is_beginning(all, bare(body, all.size()))) return {};
  std::string_view begun;  // from here on, when the first sentence is too short to stand alone
  for (const std::string_view sentence : split_sentences(given, kMostSentences)) {
    const std::string words = bare(sentence, kMostBytes);
    if (words.empty() || is_beginning(words, headline) || is_promotion(sentence)) continue;
    const char* from = begun.empty() ? sentence.data() : begun.data();
    begun = {from, static_cast<std::size_t>(sentence.data() + sentence.size() - from)};
    if (begun.size() >= kMinSentenceBytes) break;
  }
  return as_summary(begun);
}

bool is_excerpt(std::string_view text, std::string_view given) {
  if (text.size() > kMostBytes) return false;
  while (!text.empty() && (text.back() == ']' || text.back() == ')' || text.back() == ' '))
    text.remove_suffix(1);
  return is_cut_off(text) || bare(text, kMostBytes) == bare(given, kMostBytes);
}

std::string best_sentence(std::string_view title,
                          std::string_view body,
                          std::string_view language) {
  std::string beginning(body.substr(0, kMostBytes));
  if (body.size() > kMostBytes) cut_text(beginning, kMostBytes - 4);
  std::vector<std::string_view> sentences = split_sentences(beginning, kMostSentences);
  if (body.size() > kMostBytes && sentences.size() > 1 && sentences.size() < kMostSentences) {
    sentences.pop_back();  // cut through
  }
  for (std::string_view& sentence : sentences)
    sentence = without_dateline(sentence);
  std::vector<RankedSentence> ranked = rank_sentences(title, sentences, language);
  const auto worse = [](const RankedSentence& a, const RankedSentence& b) {
    return a.score < b.score;
  };
  for (const bool strict : {true, false}) {
    std::vector<RankedSentence> fit;
    std::copy_if(ranked.begin(), ranked.end(), std::back_inserter(fit), [&](const auto& one) {
      const std::string_view sentence = sentences[one.number];
      const bool allowed = strict ? stands_alone(sentence)
                                  : sentence.size() >= kMinSummaryBytes && !is_promotion(sentence);
      return allowed && !one.repeats_title;
    });
    const auto best = std::max_element(fit.begin(), fit.end(), worse);
    if (best != fit.end()) return as_summary(sentences[best->number]);
  }
  return {};
}

}  // namespace broadsheet::indexer
