// Text in other scripts: pairs for Chinese, Japanese and Korean, dictionaries for Thai, the
// spellings of Arabic, and what folding must leave alone.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "schema/text.h"
#include "tests/schema/text_tokens.h"

namespace broadsheet::test {
namespace {

struct ScriptCase {
  std::string_view name;
  std::string_view text;
  std::string_view terms;
};

constexpr ScriptCase kScriptCases[] = {
    {"Japanese gives overlapping pairs", "日本関税", "日本 本関 関税"},
    {"a pair is a word", "関税", "関税"},
    {"a single character is a word", "税", "税"},
    {"kanji and kana run together", "食べる", "食べ べる"},
    {"Latin words stand apart without spaces", "iPhone発売", "iphone 発売"},
    {"numbers stand apart", "2025年4月", "2025 年 4 月"},
    {"a bracket or full stop ends a run", "「日本」。東京", "日本 東京"},
    {"the middle dot ends a run", "ジョン・スミス", "ジョ ョン スミ ミス"},
    {"the long sound mark is a character", "ニュース", "ニュ ュー ース"},
    {"half-width katakana is katakana", "ﾆｭｰｽ", "ニュ ュー ース"},
    {"voicing marks are part of their character", "ｶﾞｽ カ\u3099ス", "ガス ガス"},
    {"voiced and unvoiced differ", "ハス バス パス", "ハス バス パス"},
    {"Korean gives pairs of syllables", "대한민국", "대한 한민 민국"},
    {"decomposed Korean is the same", "\u1112\u1161\u11AB\u1100\u116E\u11A8", "한국"},
    {"compatibility ideographs are the plain ones", "\uF9D1", "六"},
    {"characters beyond the first plane", "𠮷野家", "𠮷野 野家"},
    {"zero widths inside a run are not there", "日\u200B本", "日本"},

    {"Cyrillic", "Москва ПУТИН", "москва путин"},
    {"io is ie, short i is not i", "ещё Й й", "еще й й"},
    {"stress marks go", "за\u0301мок", "замок"},
    {"Greek loses its accents and final sigma", "Ελλάδα ΟΔΟΣ οδός", "ελλαδα οδοσ οδοσ"},
    {"Arabic spellings of alef are one", "أحمد إحمد آحمد احمد", "احمد احمد احمد احمد"},
    {"Arabic teh marbuta is heh, alef maksura is yeh", "مدرسة على", "مدرسه علي"},
    {"Arabic vowel marks and tatweel go", "مُحَمَّد محـــمد", "محمد محمد"},
    {"Persian letters are the Arabic ones", "کتاب", "كتاب"},
    {"digits of other scripts are digits", "٢٠٢٥ १२", "2025 12"},
    {"Hebrew points go", "שָׁלוֹם", "שלום"},
    {"Hindi keeps its vowel signs", "हिन्दी समाचार", "हिन्दी समाचार"},
    {"Thai is cut by dictionary", "ภาษาไทย", "ภาษา ไทย"},
    {"Turkish dotted capital i", "İstanbul ISPARTA ılık", "istanbul isparta ilik"},
    {"Vietnamese", "Đà Nẵng", "da nang"},
    {"emoji separate", "a😀b", "a b"},
};

TEST(TextScripts, CutWords) {
  for (const ScriptCase& given : kScriptCases) {
    EXPECT_EQ(terms_of(given.text), given.terms) << given.name;
  }
}

TEST(TextScripts, APhraseOfPairsIsAdjacent) {
  EXPECT_EQ(positions_of("日本関税 x"), "1:日本 2:本関 3:関税 4:x");
  EXPECT_EQ(positions_of("新日本関税率"), "1:新日 2:日本 3:本関 4:関税 5:税率");
}

// So that a query of one character finds it inside longer runs, too.
TEST(TextScripts, TheIndexAlsoHoldsSingleCharacters) {
  EXPECT_EQ(positions_of("日本税 x", Singles::add), "1:日本 1:日 2:本税 2:本 2:税 3:x");
  EXPECT_EQ(positions_of("税 x", Singles::add), "1:税 2:x");
}

TEST(TextScripts, SingleCharactersPointToThemselves) {
  const std::string_view text = "a 日本。";
  TextAnalyzer analyzer;
  std::string slices;
  for (const Token& token : tokens_of(analyzer, text, "ja", Singles::add)) {
    add_word(slices, text.substr(token.begin, token.end - token.begin));
  }
  EXPECT_EQ(slices, "a 日本 日 本");
}

TEST(TextScripts, ArabicIsStemmed) {
  EXPECT_EQ(stems_of("الكتاب", "ar"), stems_of("كتاب", "ar"));
}

}  // namespace
}  // namespace broadsheet::test
