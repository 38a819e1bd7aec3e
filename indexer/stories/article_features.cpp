// Shingles are runs of exact words, for a rewritten sentence is not a copied one; words are stems.
// The hot loop of linking: numbers of words are places in arrays.
#include "indexer/stories/article_features.h"

#include <algorithm>
#include <cmath>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "schema/hash.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kMostBytes = 32'768;
// Shorter bodies are no evidence that two articles are the same text: placeholders, "read more"
// lines.
constexpr std::size_t kLeastBodyWords = 20;
// A headline without a body, said by several sources.
constexpr std::size_t kLeastHeadlineWords = 6;
// A word of the title counts as three of the body, one of the first fifty as two.
constexpr float kTitleCount = 3;
constexpr float kLeadCount = 2;
constexpr std::size_t kLeadWords = 50;
// Two events of one kind differ in who and where: names twice as heavy told the look-alikes of ECB+
// apart and helped BASIL as well.
constexpr float kNameWeight = 2;
// A body that holds fewer of its title's words is about something else.
constexpr double kLeastTitleShare = 0.33;
// No more words of one article are weighed.
constexpr std::size_t kMostWords = 400;

std::uint32_t hash_of(std::string_view word) {
  const std::uint64_t hash = fnv1a_64(word);
  const auto key = static_cast<std::uint32_t>(hash ^ (hash >> 32U));
  return key == 0 ? 1 : key;
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity,readability-function-size): ICU's macro
bool is_capital(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return first >= 'A' && first <= 'Z';
  UChar32 code_point = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto place = static_cast<std::int32_t>(at);
  U8_NEXT(bytes, place, static_cast<std::int32_t>(text.size()), code_point);
  return code_point > 0 && u_isupper(code_point) != 0;
}

// Whether a word at `at` goes on with what stands before it: after a full stop every word is
// written with a capital.
bool is_amid(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '"' || text[at - 1] == '\''))
    --at;
  if (at == 0) return false;
  const auto before = static_cast<unsigned char>(text[at - 1]);
  return before == ',' || before >= 0x80 || u_isalnum(before) != 0;
}

}  // namespace

const FeatureMaker::Known& FeatureMaker::known(std::uint32_t number, std::string_view word) {
  if (number >= known_.size()) known_.resize(number + 4096);
  Known& known = known_[number];
  if (known.key == 0) {
    known.key = hash_of(word);
    known.is_common = word.size() < 2 || is_stop_word(word, language_);
  }
  return known;
}

FeatureMaker::Stem& FeatureMaker::stem_of(const Token& token) {
  if (token.stem_word >= place_.size()) place_.resize(token.stem_word + 4096);
  std::uint32_t& place = place_[token.stem_word];
  if (place == 0) {
    Stem stem;
    stem.key = known(token.stem_word, token.stem).key;
    stem.is_common = known(token.word, token.term).is_common;
    stems_.push_back(stem);
    seen_.push_back(token.stem_word);
    place = static_cast<std::uint32_t>(stems_.size());
  }
  return stems_[place - 1];
}

void FeatureMaker::read_title(const Article& article) {
  const auto sink = [&](const Token& token) {
    title_.push_back(known(token.word, token.term).key);
    Stem& stem = stem_of(token);
    stem.count += kTitleCount;
    stem.in_title = true;
  };
  analyzer_.analyze(article.title, article.language, sink);
}

void FeatureMaker::read_body(const Article& article) {
  const std::string_view text = std::string_view(article.body).substr(0, kMostBytes);
  const auto sink = [&](const Token& token) {
    body_.push_back(known(token.word, token.term).key);
    Stem& stem = stem_of(token);
    stem.count += body_.size() <= kLeadWords ? kLeadCount : 1;
    ++stem.in_body;
    if (is_capital(text, token.begin) && is_amid(text, token.begin)) ++stem.as_a_name;
  };
  analyzer_.analyze(text, article.language, sink);
}

WordVector FeatureMaker::words() const {
  WordVector words;
  words.reserve(stems_.size());
  for (const Stem& stem : stems_) {
    if (stem.is_common) continue;
    const float weight = 1 + std::log(stem.count);
    // Once at the start of a sentence it may stand without telling.
    const bool is_name = stem.as_a_name > 0 && stem.as_a_name + 1 + stem.in_body / 2 > stem.in_body;
    words.push_back({stem.key, is_name ? kNameWeight * weight : weight});
  }
  std::sort(
      words.begin(), words.end(), [](const auto& a, const auto& b) { return a.word < b.word; });
  // Stems of one hash are one word.
  const auto same = [](const auto& a, const auto& b) { return a.word == b.word; };
  words.erase(std::unique(words.begin(), words.end(), same), words.end());
  keep_strongest(words, kMostWords);
  return words;
}

bool FeatureMaker::title_fits() const {
  std::size_t said = 0;
  std::size_t held = 0;
  for (const Stem& stem : stems_) {
    if (!stem.in_title || stem.is_common) continue;
    ++said;
    held += stem.in_body > 0 ? 1 : 0;
  }
  if (said == 0 || body_.size() < kLeastBodyWords) return true;
  return static_cast<double>(held) >= kLeastTitleShare * static_cast<double>(said);
}

Fingerprint FeatureMaker::fingerprint() const {
  Fingerprint result;
  if (body_.size() >= kLeastBodyWords) {
    result.shingles = sample_shingles(body_);
  } else if (!title_.empty() && title_.size() + body_.size() >= kLeastHeadlineWords) {
    std::vector<std::uint32_t> all = title_;
    all.insert(all.end(), body_.begin(), body_.end());
    result.shingles = sample_whole(all);
  }
  if (!title_.empty()) result.title = sample_whole(title_).front();
  result.title_fits = title_fits();
  return result;
}

void FeatureMaker::begin(const Article& article) {
  if (analyzer_.trim()) {
    known_.clear();
    place_.clear();
  }
  if (language_ != article.language) {
    language_ = article.language;
    known_.clear();
  }
  for (const std::uint32_t number : seen_) {
    if (number < place_.size()) place_[number] = 0;
  }
  seen_.clear();
  stems_.clear();
  title_.clear();
  body_.clear();
}

ArticleFeatures FeatureMaker::make(const Article& article) {
  begin(article);
  read_title(article);
  read_body(article);
  return {fingerprint(), words()};
}

}  // namespace broadsheet::indexer
