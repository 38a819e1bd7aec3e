// Languages by cld2 (which one) and ICU (how it is written). cld2 keeps no state between calls.
#include "schema/language.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/locid.h>
#include <unicode/uloc.h>

namespace broadsheet {
namespace {

// Enough to be sure, and much cheaper than a body of megabytes.
constexpr std::size_t kDetectBytes = 4096;

// A headline or a caption is guessed wrongly too often.
constexpr std::size_t kMinDetectBytes = 40;

struct Renamed {
  std::string_view from;
  std::string_view to;
};

// Codes ICU does not shorten: the bibliographic ones of ISO 639-2, withdrawn ones, and two that
// stand for a language better known by another code.
constexpr Renamed kRenamed[] = {
    {"alb", "sq"}, {"arm", "hy"}, {"baq", "eu"}, {"bur", "my"}, {"chi", "zh"}, {"cmn", "zh"},
    {"cze", "cs"}, {"dut", "nl"}, {"fil", "tl"}, {"fre", "fr"}, {"geo", "ka"}, {"ger", "de"},
    {"gre", "el"}, {"ice", "is"}, {"in", "id"},  {"iw", "he"},  {"ji", "yi"},  {"jw", "jv"},
    {"mac", "mk"}, {"may", "ms"}, {"mo", "ro"},  {"per", "fa"}, {"rum", "ro"}, {"slo", "sk"},
    {"tib", "bo"}, {"wel", "cy"}};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Whether what follows the language in a tag looks like a tag: "en-US" does, "en!" does not.
bool is_subtags(std::string_view rest) {
  return rest.empty() || ((rest.front() == '-' || rest.front() == '_') &&
                          std::all_of(rest.begin(), rest.end(), [](char c) {
                            return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
                          }));
}

}  // namespace

DetectedLanguage detect_language(std::string_view body) {
  if (body.size() < kMinDetectBytes) return {};
  std::size_t size = std::min(body.size(), kDetectBytes);
  // Not through a character: cld2 refuses what is not UTF-8.
  while (size < body.size() && size > 0 &&
         (static_cast<unsigned char>(body[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  std::array<CLD2::Language, 3> best{};
  std::array<int, 3> percent{};
  std::array<double, 3> score{};
  int text_bytes = 0;
  int valid_bytes = 0;
  bool is_reliable = false;
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(body.data(),
                                                                          static_cast<int>(size),
                                                                          true,
                                                                          &no_hints,
                                                                          0,
                                                                          best.data(),
                                                                          percent.data(),
                                                                          score.data(),
                                                                          nullptr,
                                                                          &text_bytes,
                                                                          &is_reliable,
                                                                          &valid_bytes);
  if (!is_reliable || language == CLD2::UNKNOWN_LANGUAGE) return {};
  DetectedLanguage detected{normalize_language(CLD2::LanguageCode(language)), 0};
  const auto* found = std::find(best.begin(), best.end(), language);
  if (!detected.code.empty() && found != best.end()) {
    detected.confidence = percent[static_cast<std::size_t>(found - best.begin())];
  }
  return detected;
}

std::string normalize_language(std::string_view tag) {
  while (!tag.empty() && tag.front() == ' ')
    tag.remove_prefix(1);
  while (!tag.empty() && tag.back() == ' ')
    tag.remove_suffix(1);
  const auto end = std::find_if_not(tag.begin(), tag.end(), is_letter);
  const auto length = static_cast<std::size_t>(end - tag.begin());
  if (length < 2 || length > 3 || !is_subtags(tag.substr(length))) return {};
  std::string code(tag.substr(0, length));
  std::transform(code.begin(), code.end(), code.begin(), lower);
  const auto* renamed = std::find_if(std::begin(kRenamed),
                                     std::end(kRenamed),
                                     [&](const Renamed& row) { return row.from == code; });
  if (renamed != std::end(kRenamed)) return std::string(renamed->to);
  // ICU writes a language with its two-letter code where there is one, and knows no others' names.
  const std::string shortest = icu::Locale(code.c_str()).getLanguage();
  const bool is_known = shortest.size() == 2 && *uloc_getISO3Language(shortest.c_str()) != '\0';
  return is_known ? shortest : std::string();
}

}  // namespace broadsheet
