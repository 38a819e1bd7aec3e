// Language tags come to one form, and bodies tell their language or nothing.
#include "schema/language.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace broadsheet {
namespace {

struct LanguageCase {
  std::string_view given;
  std::string_view expected;
};

TEST(Language, TagsBecomeTwoLetters) {
  constexpr LanguageCase kCases[] = {
      {"en", "en"},  {"EN-us", "en"}, {"en_GB", "en"},    {" De ", "de"},
      {"eng", "en"}, {"deu", "de"},   {"ger", "de"},      {"fre", "fr"},
      {"zho", "zh"}, {"chi", "zh"},   {"cmn-Hans", "zh"}, {"zh-Hant-TW", "zh"},
      {"iw", "he"},  {"nb", "nb"},    {"fil", "tl"},      {"", ""},
      {"e", ""},     {"english", ""}, {"en!", ""},        {"xx", ""},
      {"und", ""},   {"12", ""},      {"-en", ""},        {"en-\xFF", ""},
      {"qaa", ""}};
  for (const LanguageCase& row : kCases) {
    EXPECT_EQ(normalize_language(row.given), row.expected) << row.given;
  }
}

TEST(Language, BodiesTellTheirLanguage) {
  constexpr LanguageCase kCases[] = {
      {"The government said on Wednesday that it would lower taxes next year and spend more on "
       "schools.",
       "en"},
      {"Die Bundesregierung hat am Mittwoch beschlossen, die Steuern zu senken und mehr "
       "auszugeben.",
       "de"},
      {"La ministre a annoncé mercredi que les impôts seraient réduits l’année prochaine.", "fr"},
      {"Hallitus kertoi keskiviikkona laskevansa veroja ensi vuonna ja lisäävänsä menoja.", "fi"},
      {"政府は水曜日に税金を引き下げることを決定しました。首相は記者会見で説明した。", "ja"},
      {"政府星期三宣布明年将降低税收，并增加教育支出，总理在记者会上作了说明。", "zh"},
      {"أعلنت الحكومة يوم الأربعاء أنها ستخفض الضرائب في العام المقبل وتزيد الإنفاق.", "ar"}};
  for (const LanguageCase& row : kCases) {
    EXPECT_EQ(detect_language(row.given).code, row.expected) << row.given;
  }
}

TEST(Language, ShortOrDamagedBodiesTellNothing) {
  EXPECT_EQ(detect_language("").code, "");
  EXPECT_EQ(detect_language("Japan tariff talks").code, "");
  EXPECT_EQ(detect_language(std::string(200, '1')).code, "");
  EXPECT_EQ(detect_language(std::string(200, '\xFF')).code, "");
}

TEST(Language, ALongBodyIsJudgedByItsBeginning) {
  std::string body;
  while (body.size() < 1'000'000)
    body += "Die Regierung hat am Mittwoch beschlossen, die Zölle zu ändern. ";
  EXPECT_EQ(detect_language(body).code, "de");
}

}  // namespace
}  // namespace broadsheet
