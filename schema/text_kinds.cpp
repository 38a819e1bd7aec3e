// Which part each character plays in a word: the few that have a rule of their own are listed, the
// rest follow from their Unicode properties.
#include <algorithm>
#include <iterator>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "schema/text_unicode.h"

namespace broadsheet {
namespace {

struct KindOfRange {
  char32_t first;
  char32_t last;
  CharKind kind;
};

constexpr KindOfRange kOwnRules[] = {
    {U'\n', U'\n', CharKind::newline},
    {U'#', U'#', CharKind::hash},
    {U'&', U'&', CharKind::ampersand},
    {U'\'', U'\'', CharKind::apostrophe},
    {U'+', U'+', CharKind::plus},
    {U',', U',', CharKind::comma},
    {U'-', U'-', CharKind::hyphen},
    {U'.', U'.', CharKind::dot},
    {U'`', U'`', CharKind::apostrophe},
    {0x0085, 0x0085, CharKind::newline},
    {0x00B4, 0x00B4, CharKind::apostrophe},  // acute accent
    {0x02BB, 0x02BC, CharKind::apostrophe},  // okina, modifier apostrophe
    {0x0591, 0x05BD, CharKind::ignorable},   // Hebrew points
    {0x05BF, 0x05BF, CharKind::ignorable},
    {0x05C1, 0x05C2, CharKind::ignorable},
    {0x05C4, 0x05C5, CharKind::ignorable},
    {0x05C7, 0x05C7, CharKind::ignorable},
    {0x05F3, 0x05F3, CharKind::apostrophe},  // geresh
    {0x05F4, 0x05F4, CharKind::ignorable},   // gershayim, inside Hebrew abbreviations
    {0x0610, 0x061A, CharKind::ignorable},   // Arabic vowel marks and tatweel
    {0x0640, 0x0640, CharKind::ignorable},
    {0x064B, 0x065F, CharKind::ignorable},
    {0x0670, 0x0670, CharKind::ignorable},
    {0x06D6, 0x06DC, CharKind::ignorable},
    {0x06DF, 0x06E4, CharKind::ignorable},
    {0x06E7, 0x06E8, CharKind::ignorable},
    {0x06EA, 0x06ED, CharKind::ignorable},
    {0x2010, 0x2011, CharKind::hyphen},
    {0x2018, 0x2019, CharKind::apostrophe},  // typographic quotation marks
    {0x201B, 0x201B, CharKind::apostrophe},
    {0x2024, 0x2024, CharKind::dot},
    {0x2028, 0x2029, CharKind::newline},
    {0x30FC, 0x30FC, CharKind::cjk},  // Japanese sound marks, of no script by Unicode
    {0xFE63, 0xFE63, CharKind::hyphen},
    {0xFF07, 0xFF07, CharKind::apostrophe},  // full-width forms
    {0xFF0D, 0xFF0D, CharKind::hyphen},
    {0xFF0E, 0xFF0E, CharKind::dot},
    {0xFF70, 0xFF70, CharKind::cjk},
    {0xFF9E, 0xFF9F, CharKind::cjk},
};

bool is_cjk_script(UChar32 code) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(code, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
      return true;
    default:
      return false;
  }
}

CharKind kind_by_properties(UChar32 code) {
  const std::uint32_t category = U_GET_GC_MASK(code);
  if (u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || category == U_GC_ME_MASK) {
    return CharKind::ignorable;
  }
  if ((category & U_GC_ND_MASK) != 0) return CharKind::digit;
  const bool is_letter = (category & (U_GC_L_MASK | U_GC_NL_MASK)) != 0;
  const bool is_mark = (category & (U_GC_MN_MASK | U_GC_MC_MASK)) != 0;
  if (!is_letter && !is_mark) return CharKind::separator;
  if (u_getIntPropertyValue(code, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) {
    return CharKind::complex;
  }
  if (is_mark) return CharKind::mark;
  return is_cjk_script(code) ? CharKind::cjk : CharKind::letter;
}

CharKind kind_of(char32_t code) {
  const auto* own = std::find_if(std::begin(kOwnRules), std::end(kOwnRules), [&](const auto& rule) {
    return rule.first <= code && code <= rule.last;
  });
  return own != std::end(kOwnRules) ? own->kind : kind_by_properties(static_cast<UChar32>(code));
}

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code = 0;
  std::uint32_t length = 0;  // 0: not UTF-8
};

std::uint32_t length_by_lead(unsigned char lead) {
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

// One character of two bytes or more, in its shortest form and not a surrogate (RFC 3629).
Decoded decode(const char* at, const char* end) {
  constexpr std::array<char32_t, 5> kFirstOfLength = {0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<unsigned char>(*at);
  const std::uint32_t length = length_by_lead(lead);
  if (length == 0 || end - at < static_cast<std::ptrdiff_t>(length)) return {};
  char32_t code = lead & (0x7FU >> length);
  for (std::uint32_t byte = 1; byte < length; ++byte) {
    const auto next = static_cast<unsigned char>(at[byte]);
    if ((next & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (next & 0x3FU);
  }
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kFirstOfLength[length] || is_surrogate || code > 0x10FFFF) return {};
  return {code, length};
}

}  // namespace

CharReader::CharReader() : kinds_(&kinds()) {}

const CharReader::Kinds& CharReader::kinds() {
  static const Kinds table = [] {
    Kinds made{};
    for (std::size_t code = 0; code < made.size(); ++code) {
      made[code] = kind_of(static_cast<char32_t>(code));
    }
    return made;
  }();
  return table;
}

Char CharReader::read_wide(const char* at, const char* end) const {
  const Decoded decoded = decode(at, end);
  if (decoded.length == 0) return {kReplacement, 1, CharKind::separator};
  const bool is_tabled = decoded.code < kinds_->size();
  return {
      decoded.code, decoded.length, is_tabled ? (*kinds_)[decoded.code] : kind_of(decoded.code)};
}

}  // namespace broadsheet
