// Words are learnt once: folded and stemmed at their first sight in a language, then only looked
// up. The stemmers are Xapian's (Snowball); this is their one room.
#include "schema/text_words.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "schema/text.h"
#include "schema/text_unicode.h"

namespace broadsheet {
namespace {

constexpr std::size_t kFirstSlots = 1U << 14U;
constexpr std::size_t kBlockBytes = 1U << 16U;
constexpr std::uint32_t kNoNumber = UINT32_MAX;

// The languages Xapian 1.4 has Snowball stemmers for, by the codes it knows them under; the
// Norwegian one serves both written forms.
constexpr std::array<std::string_view, 26> kStemmed = {
    "ar", "ca", "da", "de", "en", "es", "eu", "fi", "fr", "ga", "hu", "hy", "id",
    "it", "lt", "nb", "ne", "nl", "nn", "no", "pt", "ro", "ru", "sv", "ta", "tr"};

// Words of ASCII are mostly short: eight bytes a step, the rest in one.
std::uint32_t hash_of(std::string_view text) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio
  std::uint64_t hash = text.size() * kMix;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t chunk = 0;
    std::memcpy(&chunk, at, 8);
    hash = (hash ^ chunk) * kMix;
    hash ^= hash >> 32U;
  }
  std::uint64_t rest = 0;
  if (left >= 4) {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + left - 4, 4);
    rest = first | (std::uint64_t{last} << 32U);
  } else {
    for (; left > 0; --left)
      rest = (rest << 8U) | static_cast<unsigned char>(*at++);
  }
  hash = (hash ^ rest) * kMix;
  return static_cast<std::uint32_t>(hash >> 32U);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; });
}

// The possessive goes in every language: "Merkel's" is Merkel in German papers, too.
std::string_view without_possessive(std::string_view word) {
  const std::size_t size = word.size();
  return size > 2 && word.substr(size - 2) == "'s" ? word.substr(0, size - 2) : word;
}

std::optional<Xapian::Stem> stemmer_for(std::string_view code) {
  if (!has_stemmer(code)) return std::nullopt;
  try {
    return Xapian::Stem(std::string(code));
  } catch (const Xapian::Error&) {
    return std::nullopt;  // a Xapian built without this language
  }
}

std::string without_accents(std::string_view word) {
  std::string plain = is_ascii(word) ? std::string(word) : fold_accents(word);
  cut_utf8(plain, kMaxTermBytes);
  return plain;
}

}  // namespace

bool has_stemmer(std::string_view language) {
  return !language.empty() &&
         std::find(kStemmed.begin(), kStemmed.end(), language) != kStemmed.end();
}

StringTable::StringTable() : slots_(kFirstSlots, Slot{0, kNoNumber}) {}

std::uint32_t StringTable::intern(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number == kNoNumber) return add(text, hash);
    if (slot.hash == hash && texts_[slot.number] == text) return slot.number;
  }
}

void StringTable::clear() {
  *this = StringTable();
}

std::uint32_t StringTable::add(std::string_view text, std::uint32_t hash) {
  if (texts_.size() * 2 >= slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != kNoNumber)
    at = (at + 1) & mask;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  slots_[at] = {hash, number};
  texts_.push_back(keep(text));
  return number;
}

std::string_view StringTable::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > free_bytes_) {
    free_bytes_ = std::max(kBlockBytes, text.size());
    blocks_.push_back(std::make_unique<char[]>(free_bytes_));
    block_end_ = blocks_.back().get() + free_bytes_;
  }
  char* place = block_end_ - free_bytes_;
  std::memcpy(place, text.data(), text.size());
  free_bytes_ -= text.size();
  return {place, text.size()};
}

void StringTable::grow() {
  std::vector<Slot> larger(slots_.size() * 2, Slot{0, kNoNumber});
  const std::size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.number == kNoNumber) continue;
    std::size_t at = slot.hash & mask;
    while (larger[at].number != kNoNumber)
      at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

std::size_t WordDictionary::language(std::string_view code) {
  // All languages without a stemmer are one, so that no stream of odd codes makes the list grow.
  if (!has_stemmer(code)) code = {};
  const auto found = std::find_if(languages_.begin(), languages_.end(), [&](const Language& known) {
    return known.code == code;
  });
  if (found != languages_.end()) return static_cast<std::size_t>(found - languages_.begin());
  languages_.push_back(Language{std::string(code), stemmer_for(code), {}});
  return languages_.size() - 1;
}

const KnownWord& WordDictionary::find(std::string_view spelling, std::size_t language) {
  const std::uint32_t number = spellings_.intern(spelling);
  Language& known = languages_[language];
  if (number >= known.words.size()) known.words.resize(spellings_.size());
  KnownWord& word = known.words[number];
  if (!word.known) word = learn(spelling, known);
  return word;
}

KnownWord WordDictionary::learn(std::string_view spelling, const Language& language) {
  std::string word = is_ascii(spelling) ? std::string(spelling) : casefold(spelling);
  cut_utf8(word, kMaxTermBytes);
  KnownWord known;
  known.known = true;
  const std::string term = without_accents(word);
  if (term.empty()) return known;
  const std::string base(without_possessive(word));
  const std::string stem = without_accents(language.stemmer ? (*language.stemmer)(base) : base);
  known.word = terms_.intern(term);
  // Some stemmers take a short word away altogether; it then stands for itself.
  known.stem_word = stem.empty() ? known.word : terms_.intern(stem);
  known.term = terms_.text(known.word);
  known.stem = terms_.text(known.stem_word);
  return known;
}

void WordDictionary::clear() {
  spellings_.clear();
  terms_.clear();
  for (Language& language : languages_)
    language.words = {};
}

}  // namespace broadsheet
