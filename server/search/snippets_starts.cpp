// The tables behind WordStarts. What they assume of stemmers is proved over whole vocabularies in
// snippets_scan_test.cpp.
#include "server/search/snippets_starts.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <string>

#include "schema/text.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kTwoByteCodes = 0x800;

// These stemmers cut prefixes off or change them.
constexpr std::array<std::string_view, 4> kPrefixStemmers = {"ar", "ga", "id", "ta"};

std::uint32_t byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

// The code of a two-byte character.
std::size_t two_byte_code(std::string_view text) {
  return ((byte_at(text, 0) & 0x1FU) << 6U) | (byte_at(text, 1) & 0x3FU);
}

std::size_t three_byte_hash(std::string_view text) {
  return ((byte_at(text, 1) & 0x3FU) << 6U) | (byte_at(text, 2) & 0x3FU);
}

// What each letter of two bytes begins with when folded: its code, or 0 when that is no letter of
// two bytes. Greek and Cyrillic capitals find their small letters here.
const std::array<std::uint16_t, kTwoByteCodes>& folded_letters() {
  static const std::array<std::uint16_t, kTwoByteCodes> table = [] {
    std::array<std::uint16_t, kTwoByteCodes> made{};
    for (std::size_t code = 0x80; code < kTwoByteCodes; ++code) {
      const std::string letter{static_cast<char>(0xC0U | (code >> 6U)),
                               static_cast<char>(0x80U | (code & 0x3FU))};
      const std::string folded = fold(letter);
      const bool is_two_bytes = byte_at(folded, 0) >= 0xC3 && byte_at(folded, 0) < 0xE0;
      made[code] = is_two_bytes ? static_cast<std::uint16_t>(two_byte_code(folded)) : 0;
    }
    return made;
  }();
  return table;
}

// Full-width punctuation, which is most of what Chinese and Japanese text has of these forms.
bool is_wide_punctuation(std::string_view character) {
  const std::uint32_t second = byte_at(character, 1);
  const std::uint32_t third = byte_at(character, 2);
  if (byte_at(character, 0) != 0xEF) return false;
  if (second == 0xBC) return third < 0x90 || (third > 0x99 && third < 0xA1) || third > 0xBA;
  return second == 0xBD && (third == 0x80 || (third > 0x9A && third < 0xA6));
}

// Roman numerals and the like, which fold to letters.
bool is_letter_symbol(std::string_view character) {
  return byte_at(character, 0) == 0xE2 && byte_at(character, 1) >= 0x84 &&
         byte_at(character, 1) <= 0x86;
}

bool is_emoji(std::string_view character) {
  return byte_at(character, 0) == 0xF0 && byte_at(character, 1) == 0x9F;
}

}  // namespace

const std::array<std::uint8_t, 256> WordStarts::kClassOf = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t byte = 0; byte < classes.size(); ++byte) {
    classes[byte] = static_cast<std::uint8_t>(byte < 0x80 ? kOther : kWide);
  }
  for (std::size_t i = 0; i < 26; ++i) {
    const std::size_t letter = 'a' + i == 'y' ? 'i' - 'a' : i;
    classes['a' + i] = classes['A' + i] = static_cast<std::uint8_t>(letter);
  }
  for (std::size_t i = 0; i < 10; ++i)
    classes['0' + i] = static_cast<std::uint8_t>(26 + i);
  for (const char c : std::string_view("'`.,-&+#")) {
    classes[static_cast<unsigned char>(c)] = kJoiner;
  }
  return classes;
}();

StemStart stem_start_of(std::string_view language) {
  if (language == "en" || !has_stemmer(language)) return StemStart::three_letters;
  const bool is_prefix_stemmer =
      std::find(kPrefixStemmers.begin(), kPrefixStemmers.end(), language) != kPrefixStemmers.end();
  return is_prefix_stemmer ? StemStart::changed : StemStart::two_letters;
}

void WordStarts::clear() {
  *this = WordStarts();
}

void WordStarts::add(std::string_view term) {
  if (term.empty()) return;
  if (kind_of_byte(term[0]) == ByteKind::plain) {
    add_plain(term);
  } else {
    add_wide(term);
  }
}

// Whether the stemmer may give the word another beginning. The Finnish one makes two consonants
// one, even at the front.
bool WordStarts::may_change(std::string_view text, StemStart trust) {
  return trust == StemStart::changed || (text.size() > 1 && class_of(text[0]) == class_of(text[1]));
}

bool WordStarts::may_match_three(std::string_view text) const {
  const std::size_t second = text.size() > 1 ? class_of(text[1]) : kOther;
  const std::size_t third = text.size() > 2 ? class_of(text[2]) : kOther;
  return triples_[triple(class_of(text[0]), second, third)];
}

// All pairs of bytes of two classes.
void WordStarts::add_pairs(std::size_t first, std::size_t second) {
  for (std::size_t one = '0'; one <= 'z'; ++one) {
    if (kClassOf[one] != first) continue;
    for (std::size_t two = 0; two < 256; ++two) {
      if (kClassOf[two] == second) pairs_.set(one * 256 + two);
    }
  }
}

// Where a term has a letter the word may have something that analysis leaves out (U.S., soft
// hyphens) or folds to that letter (accents), so joiners and wide bytes always pass.
void WordStarts::add_plain(std::string_view term) {
  has_plain_ = true;
  const std::size_t first = class_of(term[0]);
  // English verbs get an e back that the word does not have: using, use.
  const bool is_third_open = term.size() < 3 || (term.size() == 3 && term[2] == 'e');
  const std::size_t third = is_third_open ? kAny : class_of(term[2]);
  for (const std::size_t second : {kJoiner, kWide})
    add_triples(first, second, kAny);
  if (term.size() > 1) return add_triples(first, class_of(term[1]), third);
  for (std::size_t second = 0; second < kClasses; ++second)
    add_triples(first, second, kAny);
}

void WordStarts::add_triples(std::size_t first, std::size_t second, std::size_t third) {
  const bool is_known = triples_[triple(first, second, kWide)];
  if (!is_known) add_pairs(first, second);
  for (std::size_t other = 0; other < kClasses; ++other) {
    const bool passes = third == kAny || other == third || other == kJoiner || other == kWide;
    if (passes) triples_.set(triple(first, second, other));
  }
}

void WordStarts::add_wide(std::string_view term) {
  const ByteKind kind = kind_of_byte(term[0]);
  if (kind == ByteKind::cjk) {
    cjk_.set(three_byte_hash(term));
    return;
  }
  has_letters_ = true;
  if (byte_at(term, 0) < 0xE0) two_bytes_.set(two_byte_code(term));
}

bool WordStarts::may_match_wide(std::string_view character, ByteKind kind) const {
  switch (kind) {
    case ByteKind::latin:
      return has_plain_ || has_letters_;
    case ByteKind::cjk:
      return cjk_[three_byte_hash(character)];
    case ByteKind::form:
      return !is_wide_punctuation(character) && !is_emoji(character);
    case ByteKind::letter:
      break;
    default:
      return has_plain_ && is_letter_symbol(character);
  }
  if (!has_letters_) return false;
  const std::uint32_t lead = byte_at(character, 0);
  // Greek, Cyrillic and Armenian; Hebrew, Arabic and the rest have prefixes or marks of their own.
  if (lead < 0xCE || lead > 0xD6) return true;
  const std::uint16_t folded = folded_letters()[two_byte_code(character)];
  return folded == 0 || two_bytes_[folded];
}

#ifdef __SSE2__

BlockStarts block_starts(const char* block) {
  BlockStarts starts;
  for (std::size_t part = 0; part < BlockStarts::kBytes; part += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + part));
    const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    const __m128i letter = _mm_sub_epi8(lower, _mm_set1_epi8('a'));
    const __m128i digit = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    const __m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
    const __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    const __m128i is_wide = _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8('\xC3')), bytes);
    const auto plain =
        static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(is_letter, is_digit)));
    const auto wide = static_cast<std::uint32_t>(_mm_movemask_epi8(is_wide));
    starts.plain |= std::uint64_t{plain} << part;
    starts.wide |= std::uint64_t{wide} << part;
  }
  return starts;
}

#else

BlockStarts block_starts(const char* block) {
  BlockStarts starts;
  for (std::size_t i = 0; i < BlockStarts::kBytes; ++i) {
    const ByteKind kind = kind_of_byte(block[i]);
    starts.plain |= std::uint64_t{kind == ByteKind::plain} << i;
    starts.wide |= std::uint64_t{static_cast<unsigned char>(block[i]) >= 0xC3} << i;
  }
  return starts;
}

#endif

}  // namespace broadsheet::server
