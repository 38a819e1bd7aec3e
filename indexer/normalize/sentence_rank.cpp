// Stems are counted in arrays by their number; common words do not count. The weights are those of
// the design's measurements: a title's words say most, a place further down costs a little.
#include "indexer/normalize/sentence_rank.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "schema/text.h"

namespace broadsheet::indexer {
namespace {

constexpr double kCentroidWeight = 0.3;
constexpr double kPlaceCost = 0.04;
// A sentence with so much of its words in the title says nothing new.
constexpr double kRepeated = 0.85;

// A thread keeps its dictionary from article to article, up to so many words (some 20 MB).
constexpr std::size_t kMostWords = 150'000;

struct Stem {
  std::uint32_t number = 0;
  std::uint32_t count = 0;
};

// The distinct stems of a text that are no common words.
using Stems = std::vector<Stem>;

class StemCounter {
 public:
  Stems count(std::string_view text, std::string_view language) {
    if (language_ != language) {
      language_ = language;
      common_.clear();
    }
    Stems stems;
    analyzer_.analyze(text, language, [&](const Token& token) {
      if (is_common(token)) return;
      stems.push_back({token.stem_word, 1});
    });
    std::sort(stems.begin(), stems.end(), [](Stem a, Stem b) { return a.number < b.number; });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < stems.size(); ++i) {
      if (stems[i].number == stems[kept].number) {
        ++stems[kept].count;
      } else {
        stems[++kept] = stems[i];
      }
    }
    if (!stems.empty()) stems.resize(kept + 1);
    return stems;
  }

  // As large as the stems' numbers; all zero.
  [[nodiscard]] std::vector<std::uint32_t>& by_number() {
    by_number_.resize(analyzer_.word_count(), 0);
    return by_number_;
  }

  [[nodiscard]] bool is_full() const { return analyzer_.word_count() > kMostWords; }

 private:
  bool is_common(const Token& token) {
    if (common_.size() <= token.word) common_.resize(token.word + std::size_t{1024}, kUnknown);
    char& known = common_[token.word];
    if (known == kUnknown) known = is_stop_word(token.term, language_) ? 1 : 0;
    return known == 1;
  }

  static constexpr char kUnknown = 2;

  TextAnalyzer analyzer_;
  std::string language_;
  std::vector<char> common_;  // by number of the word, in this language
  std::vector<std::uint32_t> by_number_;
};

StemCounter& counter_of_thread() {
  thread_local StemCounter counter;
  if (counter.is_full()) counter = StemCounter();
  return counter;
}

std::size_t shared(const Stems& a, const Stems& b) {
  std::size_t both = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].number == b[j].number) ++both;
    const bool first = a[i].number <= b[j].number;
    const bool second = b[j].number <= a[i].number;
    i += first ? 1 : 0;
    j += second ? 1 : 0;
  }
  return both;
}

// The cosine of each sentence and of all together.
std::vector<double> likeness(const std::vector<Stems>& sentences,
                             std::vector<std::uint32_t>& together) {
  for (const Stems& stems : sentences) {
    for (const Stem stem : stems)
      together[stem.number] += stem.count;
  }
  double all = 0;
  std::vector<double> cosines;
  for (const Stems& stems : sentences) {
    double own = 0;
    double product = 0;
    for (const Stem stem : stems) {
      const auto count = static_cast<double>(stem.count);
      own += count * count;
      product += count * static_cast<double>(together[stem.number]);
    }
    all += product;
    cosines.push_back(own > 0 ? product / std::sqrt(own) : 0);
  }
  for (double& cosine : cosines)
    cosine /= all > 0 ? std::sqrt(all) : 1;
  for (const Stems& stems : sentences) {
    for (const Stem stem : stems)
      together[stem.number] = 0;
  }
  return cosines;
}

}  // namespace

std::vector<RankedSentence> rank_sentences(std::string_view title,
                                           const std::vector<std::string_view>& sentences,
                                           std::string_view language) {
  StemCounter& counter = counter_of_thread();
  const Stems headline = counter.count(title, language);
  std::vector<Stems> all;
  all.reserve(sentences.size());
  for (const std::string_view sentence : sentences)
    all.push_back(counter.count(sentence, language));
  const std::vector<double> cosines = likeness(all, counter.by_number());
  std::vector<RankedSentence> ranked;
  for (std::size_t number = 0; number < all.size(); ++number) {
    RankedSentence one{number, -kPlaceCost * static_cast<double>(number), false};
    one.score += kCentroidWeight * cosines[number];
    const auto in_both = static_cast<double>(shared(all[number], headline));
    if (!headline.empty()) one.score += in_both / static_cast<double>(headline.size());
    one.repeats_title =
        !all[number].empty() && in_both >= kRepeated * static_cast<double>(all[number].size());
    ranked.push_back(one);
  }
  return ranked;
}

}  // namespace broadsheet::indexer
