// The folding of words. Two steps, since stemmers want case folded but accents kept: casefold()
// comes before the stemmer, fold_accents() after it.
#include "schema/text_unicode.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include "schema/text.h"

namespace broadsheet {
namespace {

struct Spelling {
  char32_t from;
  std::u16string_view to;
};

// Letters that have no decomposition of their own but are typed and searched in another spelling.
constexpr Spelling kSpellings[] = {
    {0x00E6, u"ae"}, {0x00F0, u"d"}, {0x00F8, u"o"}, {0x00FE, u"th"}, {0x0111, u"d"},
    {0x0127, u"h"},  {0x0131, u"i"}, {0x0142, u"l"}, {0x014B, u"n"},  {0x0153, u"oe"},
    {0x0167, u"t"},  {0x02BB, u"'"}, {0x02BC, u"'"}, {0x0451, u"е"},  // Cyrillic io as ie
    {0x0622, u"ا"},  {0x0623, u"ا"}, {0x0625, u"ا"}, {0x0671, u"ا"},  // alef in all its forms
    {0x0629, u"ه"},  {0x06C0, u"ه"}, {0x06C2, u"ه"}, {0x06D5, u"ه"},  // teh marbuta, heh with yeh
    {0x0649, u"ي"},  {0x06CC, u"ي"}, {0x06A9, u"ك"},                  // Persian yeh and kaf
};

// The singletons live as long as the process; null only when ICU lacks its data. Asked for once,
// for ICU looks for them behind a lock of its own.
const icu::Normalizer2* casefolding() {
  static const icu::Normalizer2* const kFolding = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(status);
  }();
  return kFolding;
}

const icu::Normalizer2* decomposing() {
  static const icu::Normalizer2* const kDecomposing = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFDInstance(status);
  }();
  return kDecomposing;
}

bool is_combining_accent(UChar32 code) {
  return code >= 0x0300 && code <= 0x036F;
}

// Elsewhere a mark is part of the letter: Cyrillic short i is not i, Japanese ga is not ka.
bool has_optional_accents(UChar32 code) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(code, &status);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK;
}

void append_without_accents(UChar32 code, icu::UnicodeString& out) {
  const auto* spelling =
      std::find_if(std::begin(kSpellings), std::end(kSpellings), [&](const Spelling& candidate) {
        return candidate.from == static_cast<char32_t>(code);
      });
  if (spelling != std::end(kSpellings)) {
    out.append(spelling->to.data(), static_cast<std::int32_t>(spelling->to.size()));
    return;
  }
  const std::int32_t digit =
      u_charType(code) == U_DECIMAL_DIGIT_NUMBER ? u_charDigitValue(code) : -1;
  if (digit >= 0) {
    out.append(static_cast<UChar32>('0' + digit));
    return;
  }
  icu::UnicodeString parts;
  const icu::Normalizer2* nfd = decomposing();
  if (nfd == nullptr || !has_optional_accents(code) || !nfd->getDecomposition(code, parts)) {
    parts = icu::UnicodeString(code);
  }
  for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
    const UChar32 part = parts.char32At(at);
    if (is_combining_accent(part)) continue;
    // A Latin letter below its accents can have a spelling of its own: ǿ is ø with an accent.
    if (part != code && has_optional_accents(part)) {
      append_without_accents(part, out);
    } else {
      out.append(part);
    }
  }
}

icu::UnicodeString from_utf8(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
}

// Null when ICU has no data for words; a run then is one word.
std::unique_ptr<icu::BreakIterator> word_breaks() {
  static const std::unique_ptr<icu::BreakIterator> prototype = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    return U_SUCCESS(status) ? std::move(made) : nullptr;
  }();
  return prototype ? std::unique_ptr<icu::BreakIterator>(prototype->clone()) : nullptr;
}

// Control characters become spaces and typed apostrophes one: NFKC leaves the first and makes an
// acute accent on its own a space with a mark.
UChar32 plain_character(UChar32 code) {
  constexpr std::u32string_view kApostrophes = U"`\u00B4\u2018\u2019\u201B";
  if (u_isISOControl(code)) return ' ';
  return kApostrophes.find(static_cast<char32_t>(code)) == kApostrophes.npos ? code : '\'';
}

// Trims, and makes one space of every run of white space.
std::string collapse_spaces(std::string_view utf8) {
  const icu::UnicodeString text = from_utf8(utf8);
  icu::UnicodeString collapsed;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 code = text.char32At(at);
    if (!u_isUWhiteSpace(code)) {
      collapsed.append(code);
    } else if (!collapsed.isEmpty() && !collapsed.endsWith(u' ')) {
      collapsed.append(u' ');
    }
  }
  std::string result;
  collapsed.trim().toUTF8String(result);
  return result;
}

bool is_letter(const icu::UnicodeString& text) {
  return text.countChar32() == 1 && u_isalnum(text.char32At(0)) != 0;
}

bool are_ascii_letters(const icu::UnicodeString& text) {
  bool are_letters = !text.isEmpty();
  for (std::int32_t at = 0; at < text.length(); ++at)
    are_letters = are_letters && text[at] < 0x80 && u_isalnum(text[at]) != 0;
  return are_letters;
}

}  // namespace

std::string casefold(std::string_view utf8) {
  const icu::Normalizer2* normalizer = casefolding();
  UErrorCode status = U_ZERO_ERROR;
  std::string folded;
  if (normalizer != nullptr) normalizer->normalize(from_utf8(utf8), status).toUTF8String(folded);
  return folded;
}

std::string casefold_letters(std::string_view utf8) {
  const icu::Normalizer2* normalizer = casefolding();
  const icu::UnicodeString text = from_utf8(utf8);
  icu::UnicodeString letters;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const icu::UnicodeString typed(text.char32At(at));
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString folded =
        normalizer == nullptr ? typed : normalizer->normalize(typed, status);
    letters.append(is_letter(folded) || are_ascii_letters(folded) ? folded : typed);
  }
  std::string result;
  letters.toUTF8String(result);
  return result;
}

std::string fold_accents(std::string_view folded) {
  const icu::UnicodeString text = from_utf8(folded);
  icu::UnicodeString plain;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 code = text.char32At(at);
    if (code < 0x80) {
      plain.append(code);
    } else if (!is_combining_accent(code)) {
      append_without_accents(code, plain);
    }
  }
  std::string result;
  plain.toUTF8String(result);
  return result;
}

void cut_utf8(std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U)
    --bytes;
  text.resize(bytes);
}

bool joins_previous(char32_t code) {
  const icu::Normalizer2* normalizer = casefolding();
  return normalizer != nullptr && !normalizer->hasBoundaryBefore(static_cast<UChar32>(code));
}

std::vector<std::size_t> complex_word_ends(std::string_view run) {
  const auto size = static_cast<std::int64_t>(run.size());
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks = word_breaks();
  const std::unique_ptr<UText, decltype(&utext_close)> text(
      utext_openUTF8(nullptr, run.data(), size, &status), &utext_close);
  if (breaks) breaks->setText(text.get(), status);
  if (!breaks || U_FAILURE(status)) return {run.size()};
  std::vector<std::size_t> ends;
  for (std::int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
    ends.push_back(static_cast<std::size_t>(end));
  }
  return ends;
}

std::string fold(std::string_view utf8) {
  const icu::UnicodeString text = from_utf8(utf8);
  icu::UnicodeString plain;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    plain.append(plain_character(text.char32At(at)));
  }
  std::string prepared;
  plain.toUTF8String(prepared);
  return collapse_spaces(fold_accents(casefold(prepared)));
}

}  // namespace broadsheet
