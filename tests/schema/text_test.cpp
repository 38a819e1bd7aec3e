// What is one word and what is two, in European languages; where words stand; what they stem to.
#include "schema/text.h"

#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "schema/text_stop_words.h"
#include "tests/schema/text_tokens.h"

namespace broadsheet::test {
namespace {

struct TermCase {
  std::string_view name;
  std::string_view text;
  std::string_view terms;
};

constexpr TermCase kTermCases[] = {
    {"nothing gives nothing", "", ""},
    {"punctuation alone gives nothing", " ... -- '' & + # _ “” \t\n", ""},
    {"case is folded", "Japan TARIFF tAlKs", "japan tariff talks"},

    {"an apostrophe is part of a word", "don't", "don't"},
    {"the typographic apostrophe is the same", "don’t", "don't"},
    {"so are the modifier and the full-width one", "donʼt don＇t", "don't don't"},
    {"and those typed in their place", "don`t don´t don‘t", "don't don't don't"},
    {"quotation marks are not part of a word", "‘word’ 'word' “word’”", "word word word"},
    {"a possessive stays in the term", "Japan’s O'Brien's", "japan's o'brien's"},
    {"an apostrophe before letters is left off", "'tis ’90s", "tis 90s"},
    {"a French article is a word of its own",
     "l'homme L’Oréal d'Artagnan",
     "l homme l oreal d artagnan"},
    {"as are French pronouns", "qu'il jusqu’à c'est j'ai", "qu il jusqu a c est j ai"},
    {"and Italian ones", "dell'arte all’alba l'11", "dell arte all alba l 11"},
    {"before a consonant nothing is elided", "d'Souza m'kay", "d'souza m'kay"},
    {"an elision inside a longer word is not one", "aujourd'hui", "aujourd'hui"},
    {"a decomposed vowel is a vowel", "l'e\u0301cole", "l ecole"},
    {"English contractions are whole", "we'll I'd you're it’s", "we'll i'd you're it's"},

    {"dots between single letters are left out", "U.S. U.S U.N. e.g. a.m.", "us us un eg am"},
    {"an acronym before a hyphen", "U.S.-China", "us china"},
    {"an acronym in the genitive", "the U.S.’s U.N.'s", "the us's un's"},
    {"an acronym at the end of a quotation", "'in the U.S.' “the U.S.”", "in the us the us"},
    {"an acronym followed by a word without space", "U.S.Senate", "us senate"},
    {"a full stop without space after it ends the word", "said.The end", "said the end"},
    {"initials", "J.K. Rowling J. K. Rowling", "jk rowling j k rowling"},
    {"acronyms of other letters", "С.Ш.А.", "сша"},

    {"a single letter joins over a hyphen",
     "e-mail email x-ray T-shirt F-16",
     "email email xray tshirt f16"},
    {"also over the true hyphens", "e‐mail e‑mail", "email email"},
    {"other hyphens make two words", "COVID-19 well-known", "covid 19 well known"},
    {"a letter in the middle of a chain does not join", "vitamin-e-rich", "vitamin e rich"},
    {"dashes always separate", "A–Z A—Z", "a z a z"},
    {"a hyphen at the edge is nothing", "-a- e-", "a e"},

    {"a number keeps its point", "5.3 $5.3bn 5.3% 18.04.2025", "5.3 5.3bn 5.3 18.04.2025"},
    {"a number loses its thousands commas", "3,000 3000 1,234,567.8", "3000 3000 1234567.8"},
    {"a list of numbers stays a list",
     "1,2,3 2016,2017 1999,100 7,5",
     "1 2 3 2016 2017 1999 100 7 5"},
    {"four digits after a comma do not join", "1,0000", "1 0000"},
    {"a unit belongs to its number", "10km 4,500bn", "10km 4500bn"},
    {"times and fractions are several words", "10:30 1/2 9/11 2020-21", "10 30 1 2 9 11 2020 21"},
    {"a number at the end of a sentence", "in 2016. Then 3,000, then", "in 2016 then 3000 then"},

    {"an ampersand joins short names", "AT&T S&P R&D's", "at&t s&p r&d's"},
    {"but not long ones", "Barnes&Noble a=foo1&bar=2", "barnes noble a foo1 bar 2"},
    {"an ampersand alone is nothing", "Q & A &c", "q a c"},
    {"programming languages", "C++ C# F#, C++11 Notepad++", "c++ c# f# c++ 11 notepad++"},
    {"pluses and hashes elsewhere are nothing",
     "A+ a+b +1 #1 abc# C#m c+++",
     "a a b 1 1 abc c m c"},
    {"handles and tags give the bare word",
     "@BBCNews #Brexit foo@bar.com",
     "bbcnews brexit foo bar com"},
    {"an address is its words",
     "https://www.bbc.co.uk/news/uk-1?a=b_c",
     "https www bbc co uk news uk 1 a b c"},

    {"accents are folded",
     "café naïve Łódź Malmö São smørrebrød",
     "cafe naive lodz malmo sao smorrebrod"},
    {"ligatures and sharp s are spelt out", "Straße œuvre Æsop ﬁne", "strasse oeuvre aesop fine"},
    {"composed and decomposed are the same", "é e\u0301", "e e"},
    {"full-width forms are the plain ones", "ＣＡＦＥ ５.３", "cafe 5.3"},
    {"soft hyphens and zero widths are not there",
     "im\u00ADport im\u200Bport im\u200Cport im\u2060port\uFEFF",
     "import import import import"},
    {"no-break spaces separate", "a\u00A0b\u202Fc\u3000d", "a b c d"},
};

TEST(Text, CutsWords) {
  for (const TermCase& given : kTermCases) {
    EXPECT_EQ(terms_of(given.text), given.terms) << given.name;
  }
}

TEST(Text, CutsTheSameWordsInEveryLanguage) {
  for (const TermCase& given : kTermCases) {
    for (const std::string_view language : {"", "fr", "it", "xx", "not a language"}) {
      EXPECT_EQ(terms_of(given.text, language), given.terms) << given.name << ", " << language;
    }
  }
}

// Soft hyphens send every word down the road of the rules; the fast road must agree with it.
TEST(Text, CutsTheSameWordsWithSoftHyphensInThem) {
  for (const TermCase& given : kTermCases) {
    std::string hyphenated;
    for (const char c : given.text) {
      hyphenated += c;
      const bool is_ascii_word =
          (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (is_ascii_word) hyphenated += "\u00AD";
    }
    EXPECT_EQ(terms_of(hyphenated), given.terms) << given.name;
  }
}

TEST(Text, FindsInAQueryTheTermsOfTheText) {
  const std::string_view text =
      "The U.S.-China e-mail row: Japan’s $5.3bn tariff, don’t l’École AT&T 3,000 東京都知事";
  TextAnalyzer analyzer;
  for (const Token& token : tokens_of(analyzer, text)) {
    const std::string_view slice = text.substr(token.begin, token.end - token.begin);
    EXPECT_EQ(terms_of(slice), token.term);
    EXPECT_EQ(terms_of(token.term), token.term) << "a term is its own term";
  }
}

TEST(Text, PointsToTheBytesOfTheTextAsGiven) {
  EXPECT_EQ(slices_of("The U.S.-China café, don’t!"), "The|U.S.|China|café|don’t");
  EXPECT_EQ(slices_of("L’Oréal e\u0301te\u0301. ＣＡＦＥ"), "L|Oréal|e\u0301te\u0301|ＣＡＦＥ");
  EXPECT_EQ(slices_of("\u00ADim\u00ADport\u00AD, 3,000 ﬁne C++."), "im\u00ADport|3,000|ﬁne|C++");
  EXPECT_EQ(slices_of("in 'the U.S.' x"), "in|the|U.S.|x");
  EXPECT_EQ(slices_of("日本語 ｶﾞｽ"), "日本|本語|ｶﾞｽ");
}

TEST(Text, CountsPositionsFromOne) {
  EXPECT_EQ(positions_of("Japan tariff-free, l'Europe"), "1:japan 2:tariff 3:free 4:l 5:europe");
  EXPECT_EQ(positions_of("one\ntwo\r\nthree"), "1:one 2:two 3:three");
}

TEST(Text, LeavesAGapAtABlankLine) {
  EXPECT_EQ(positions_of("one\n\ntwo"), "1:one 22:two");
  EXPECT_EQ(positions_of("one\r\n \t\r\ntwo"), "1:one 22:two") << "white space is blank";
  EXPECT_EQ(positions_of("one\n\n\n\n\ntwo three"), "1:one 22:two 23:three")
      << "one gap, not several";
  EXPECT_EQ(positions_of("\n\none\u2029two\n\n"), "1:one 22:two") << "not at the edges";
}

TEST(Text, ReturnsTheLastPosition) {
  TextAnalyzer analyzer;
  const auto ignore = [](const Token&) {};
  EXPECT_EQ(analyzer.analyze("", "en", ignore), 0U);
  EXPECT_EQ(analyzer.analyze("...", "en", ignore), 0U);
  EXPECT_EQ(analyzer.analyze("one two\n\nthree\n\n", "en", ignore), 23U);
}

TEST(Text, NumbersTermsAndStemsWithoutGaps) {
  TextAnalyzer analyzer;
  const std::vector<Token> tokens = tokens_of(analyzer, "talks talk café cafe TALKS");
  ASSERT_EQ(tokens.size(), 5U);
  EXPECT_EQ(tokens[0].word, tokens[4].word);
  EXPECT_EQ(tokens[0].stem_word, tokens[1].word) << "a stem that is also a term has its number";
  EXPECT_EQ(tokens[1].word, tokens[1].stem_word);
  EXPECT_EQ(tokens[2].word, tokens[3].word) << "one term, however it is written";
  EXPECT_EQ(analyzer.word_count(), 3U) << "talks, talk, cafe";
  for (const Token& token : tokens)
    EXPECT_LT(token.word, analyzer.word_count());
}

struct StemCase {
  std::string_view name;
  std::string_view language;
  std::string_view text;
  std::string_view stems;
};

constexpr StemCase kStemCases[] = {
    {"English endings go", "en", "tariffs Tariff importing", "tariff tariff import"},
    {"the English possessive goes", "en", "Japan's Japan’s U.S.'s", "japan japan us"},
    {"contractions stay", "en", "don't we’ll", "don't we'll"},
    {"a possessive goes in every language", "", "Merkel's café's", "merkel cafe"},
    {"without a stemmer words stay as they are", "ja", "tariffs talks", "tariffs talks"},
    {"accents steer the stemmer, then go", "fr", "pêche péchés", "pech pech"},
    {"German", "de", "Zölle Straßen", "zoll strass"},
    {"Finnish", "fi", "taloissa", "talo"},
    {"Russian", "ru", "тарифы тарифов", "тариф тариф"},
    {"both forms of Norwegian", "nn", "avisene", "avis"},
    {"numbers and codes stay", "en", "5.3bn C++ at&t 1990s", "5.3bn c++ at&t 1990s"},
};

TEST(Text, StemsWordsInTheirLanguage) {
  for (const StemCase& given : kStemCases) {
    EXPECT_EQ(stems_of(given.text, given.language), given.stems) << given.name;
  }
}

TEST(Text, StemsOneWordInAnotherLanguage) {
  TextAnalyzer analyzer;
  EXPECT_EQ(analyzer.stem("Zölle", "de"), "zoll");
  EXPECT_EQ(analyzer.stem("talks", "en"), "talk");
  EXPECT_EQ(analyzer.stem("talks", "ja"), "talks");
  EXPECT_EQ(analyzer.stem("l'homme", "fr"), "l") << "the first word counts";
  EXPECT_EQ(analyzer.stem("...", "en"), "");
}

TEST(Text, KeepsTheStemsOfSeveralLanguagesApart) {
  TextAnalyzer analyzer;
  const std::string_view english = analyzer.stem("nationale", "en");
  const std::string_view french = analyzer.stem("nationale", "fr");
  EXPECT_EQ(english, "national");
  EXPECT_EQ(french, "national");
  EXPECT_EQ(analyzer.stem("parlament", "en"), "parlament");
  EXPECT_EQ(analyzer.stem("parlements", "fr"), "parl");
}

TEST(Text, KnowsWhichLanguagesHaveStemmers) {
  for (const std::string_view language : {"en",
                                          "de",
                                          "fr",
                                          "es",
                                          "it",
                                          "pt",
                                          "nl",
                                          "sv",
                                          "no",
                                          "nb",
                                          "da",
                                          "fi",
                                          "ru",
                                          "ar",
                                          "tr",
                                          "hu",
                                          "ro"}) {
    EXPECT_TRUE(has_stemmer(language)) << language;
  }
  for (const std::string_view language : {"", "ja", "zh", "english", "EN", "xx"}) {
    EXPECT_FALSE(has_stemmer(language)) << language;
  }
}

TEST(Text, ForgetsOnlyWhenThereIsTooMuch) {
  TextAnalyzer analyzer;
  const std::vector<Token> before = tokens_of(analyzer, "Japan talks");
  EXPECT_FALSE(analyzer.trim());
  EXPECT_EQ(before[0].term, "japan");
  std::string numbers;
  for (int number = 0; number <= 1'000'000; ++number)
    numbers += std::to_string(number) + ' ';
  tokens_of(analyzer, numbers);
  EXPECT_EQ(before[0].term, "japan") << "views live on until the memory is trimmed";
  EXPECT_TRUE(analyzer.trim());
  EXPECT_EQ(analyzer.word_count(), 0U);
  EXPECT_EQ(tokens_of(analyzer, "talks")[0].stem, "talk");
}

TEST(Text, CanBeMoved) {
  TextAnalyzer analyzer;
  const std::vector<Token> tokens = tokens_of(analyzer, "Japan talks");
  TextAnalyzer moved = std::move(analyzer);
  EXPECT_EQ(tokens[1].stem, "talk");
  EXPECT_EQ(tokens_of(moved, "talks")[0].word, tokens[1].word);
}

TEST(StopWords, AreLeftOutByLanguage) {
  for (const std::string_view word : {"the", "of", "it's", "don't"}) {
    EXPECT_TRUE(is_stop_word(word, "en")) << word;
  }
  EXPECT_TRUE(is_stop_word("der", "de"));
  EXPECT_FALSE(is_stop_word("der", "en"));
  EXPECT_TRUE(is_stop_word("fur", "de")) << "lists are in folded form";
  EXPECT_TRUE(is_stop_word("ikke", "nb"));
  EXPECT_FALSE(is_stop_word("us", "en")) << "U.S. must be found";
  EXPECT_FALSE(is_stop_word("the", "ja"));
  EXPECT_FALSE(is_stop_word("", "en"));
}

TEST(StopWords, AreKnownInElevenLanguages) {
  constexpr std::pair<std::string_view, std::string_view> kSamples[] = {{"en", "about"},
                                                                        {"de", "wahrend"},
                                                                        {"fr", "apres"},
                                                                        {"es", "tambien"},
                                                                        {"it", "perche"},
                                                                        {"pt", "nao"},
                                                                        {"nl", "wanneer"},
                                                                        {"sv", "fran"},
                                                                        {"no", "hvordan"},
                                                                        {"da", "gennem"},
                                                                        {"fi", "enemman"}};
  for (const auto& [language, word] : kSamples)
    EXPECT_TRUE(is_stop_word(word, language)) << word;
}

TEST(StopWords, AreKnownWhereverThereIsAStemmer) {
  TextAnalyzer analyzer;
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) {
      const std::string language = {a, b};
      EXPECT_EQ(has_stop_words(language), has_stemmer(language)) << language;
      std::istringstream words{std::string(stop_words(language))};
      for (std::string word; words >> word;) {
        const std::vector<Token> tokens = tokens_of(analyzer, word);
        ASSERT_EQ(tokens.size(), 1U) << language << ' ' << word;
        EXPECT_EQ(tokens[0].term, word) << "lists are in folded form: " << language;
      }
    }
  }
}

TEST(StopWords, OfOneLanguageMayMatterInAnother) {
  EXPECT_TRUE(is_stop_word("war", "de"));
  EXPECT_TRUE(is_content_word("war", "en"));
  EXPECT_FALSE(is_content_word("the", "en"));
  EXPECT_FALSE(is_content_word("war", "de"));
  EXPECT_FALSE(is_content_word("war", "xx"));
}

TEST(Fold, MakesFilterValuesComparable) {
  struct FoldCase {
    std::string_view name, value, folded;
  };

  constexpr FoldCase kCases[] = {
      {"empty stays empty", "", ""},
      {"white space alone is empty", " \t\u00A0\n", ""},
      {"case, trimmed, inner white space", "  The  New\tYork \n Times ", "the new york times"},
      {"accents and apostrophes", "L’Équipe", "l'equipe"},
      {"full width", "ＮＨＫ　ニュース", "nhk ニュース"},
      {"punctuation is kept", "Politics / U.S. & World", "politics / u.s. & world"},
      {"soft hyphens are not there", "poli\u00ADtics", "politics"},
      {"control characters separate", std::string_view("a\0b", 3), "a b"},
      {"an accent on its own", " ´x", "'x"},
      {"broken UTF-8 is marked", "caf\xE9", "caf\uFFFD"},
  };
  for (const FoldCase& given : kCases) {
    EXPECT_EQ(fold(given.value), given.folded) << given.name;
    EXPECT_EQ(fold(fold(given.value)), given.folded) << given.name << ", twice";
  }
}

}  // namespace
}  // namespace broadsheet::test
