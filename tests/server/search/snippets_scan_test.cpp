// The scan passes over most words unread. Proved here: it never passes over one that the analyser
// would match, whatever the language, and it finds exactly what reading every word finds.
#include "server/search/snippets_scan.h"

#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include "schema/text.h"

namespace broadsheet::server {
namespace {

struct Sample {
  const char* language;
  const char* text;
};

constexpr Sample kSamples[] = {
    {"en",
     "Using the U.S. re-election of O'Neill's dying friend, AT&T tried to try 1,000 C++ skies, "
     "lying, tying; \u201CCaf\u00E9 na\u00EFve\u201D co\u00ADoperate don\u2019t e-mail 3.5 #MeToo "
     "Yahoo! a I "
     "\uFF34\uFF52\uFF41\uFF44\uFF45 owing aging iced \uFB01scal early ugly"},
    {"de",
     "Die \u00DCber\u00ADpr\u00FCfung der Stra\u00DFe: M\u00FCllers H\u00E4user, \u00C4rzte und "
     "\u00E4rztliche Gr\u00F6\u00DFe"},
    {"fr",
     "L\u2019\u00C9tat d'Isra\u00EBl, aujourd\u2019hui qu'il pay\u00E9s \u0153uvre "
     "\u00C9lys\u00E9e yeux"},
    {"es", "El ni\u00F1o a\u00F1o \u00E1rbol ping\u00FCino las naciones unidas"},
    {"nl", "De aap eet een maan, vuur en uur; haar zoon loopt 's avonds"},
    {"fi", "Maa ja \u00E4\u00E4ni, y\u00F6 taloissa Helsingin uusia maita \u00E5land"},
    {"tr", "\u0130stanbul'da \u0131\u015F\u0131k g\u00FCzel evler \u015Fehir"},
    {"ru",
     "\u041F\u0443\u0442\u0438\u043D \u0432 \u041C\u043E\u0441\u043A\u0432\u0435, "
     "\u0401\u043B\u043A\u0430 \u0438 \u0451\u0436 \u0419\u043E\u0434 "
     "\u0432\u043E\u0439\u043D\u044B"},
    {"el",
     "\u0397 \u0391\u03B8\u03AE\u03BD\u03B1 \u03AE\u03C4\u03B1\u03BD "
     "\u038C\u03BC\u03BF\u03C1\u03C6\u03B7 \u1F08\u03B8\u1FC6\u03BD\u03B1\u03B9"},
    {"ar",
     "\u0627\u0644\u0631\u0626\u064A\u0633 \u0648\u0627\u0644\u062D\u0643\u0648\u0645\u0629 "
     "\u0641\u064A \u0627\u0644\u0642\u0627\u0647\u0631\u0629"},
    {"id", "Memperbaiki perekonomian dan bermain di pekerjaan"},
    {"he", "\u05D4\u05DE\u05DE\u05E9\u05DC\u05D4 \u05D1\u05D9\u05E8\u05D5\u05E9\u05DC\u05D9\u05DD"},
    {"hi", "\u092D\u093E\u0930\u0924 \u0914\u0930 \u091A\u0940\u0928"},
    {"ja",
     "\u65E5\u672C\u306E\u95A2\u7A0E\u3001iPhone\u767A\u58F2\u3002\uFF76\uFF9E\uFF97\uFF7D\u3000"
     "\u30D1\u30EA"},
    {"zh", "\u4E2D\u56FD\u7ECF\u6D4EGDP\u589E\u957F5%\uFF0C\u201C\u65B0\u534E\u793E\u201D"},
    {"ko", "\uD55C\uAD6D \uACBD\uC81C\uB294 \uC88B\uB2E4"},
    {"th",
     "\u0E1B\u0E23\u0E30\u0E40\u0E17\u0E28\u0E44\u0E17\u0E22\u0E41\u0E25\u0E30\u0E08\u0E35\u0E19"},
};

// A token with its own strings.
struct Word {
  std::string term;
  std::string stem;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

std::vector<Word> words_of(TextAnalyzer& analyzer,
                           std::string_view text,
                           std::string_view language) {
  std::vector<Word> words;
  const auto keep = [&](const Token& token) {
    words.push_back({std::string(token.term), std::string(token.stem), token.begin, token.end});
  };
  analyzer.analyze(text, language, keep, Singles::add);
  return words;
}

MarkedTerm marked_word(const std::string& term) {
  MarkedTerm marked;
  marked.terms = {term};
  return marked;
}

std::set<std::pair<std::uint32_t, std::uint32_t>> scanned(TermScanner& scanner,
                                                          std::string_view text,
                                                          std::string_view language) {
  std::vector<Mark> marks;
  scanner.scan(text, language, {0, static_cast<std::uint32_t>(text.size()), 0, 0}, marks);
  std::set<std::pair<std::uint32_t, std::uint32_t>> places;
  for (const Mark& mark : marks)
    places.emplace(mark.begin, mark.end);
  return places;
}

// Scans for every word of a text, by stem and by exact form, and compares with reading all of it.
void expect_scan_equals_reading(std::string_view text, std::string_view language) {
  TextAnalyzer analyzer;
  TermScanner scanner(analyzer);
  const std::vector<Word> words = words_of(analyzer, text, language);
  std::set<std::string> terms;
  for (const Word& word : words)
    terms.insert({word.term, word.stem});
  for (const std::string& term : terms) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (const Word& word : words) {
      if (word.term == term || word.stem == term) expected.emplace(word.begin, word.end);
    }
    scanner.look_for({marked_word(term)});
    EXPECT_EQ(scanned(scanner, text, language), expected) << language << ' ' << term;
  }
}

TEST(snippets_scan, finds_what_reading_every_word_finds) {
  for (const Sample& sample : kSamples)
    expect_scan_equals_reading(sample.text, sample.language);
}

TEST(snippets_scan, finds_words_at_every_place_around_the_edges_of_blocks) {
  TextAnalyzer analyzer;
  TermScanner scanner(analyzer);
  scanner.look_for({marked_word("tariff"), marked_word("\u65E5\u672C")});
  for (std::size_t shift = 0; shift < 140; ++shift) {
    const auto at = static_cast<std::uint32_t>(shift);
    const std::string padding = shift == 0 ? "" : std::string(shift - 1, 'x') + ' ';
    EXPECT_THAT(scanned(scanner, padding + "Tariffs", "en"),
                ::testing::ElementsAre(std::pair(at, at + 7)));
    EXPECT_THAT(scanned(scanner, padding + "\u65E5\u672C", "en"),
                ::testing::ElementsAre(std::pair(at, at + 6)));
  }
}

TEST(snippets_scan, stops_when_it_has_seen_what_is_wanted_close_together) {
  TextAnalyzer analyzer;
  TermScanner scanner(analyzer);
  scanner.look_for({marked_word("japan"), marked_word("tariff")});
  const std::string text = "tariff " + std::string(300, '-') + " japan tariff and tariff japan";
  std::vector<Mark> marks;
  scanner.scan(text, "en", {0, static_cast<std::uint32_t>(text.size()), 3, 50}, marks);
  ASSERT_EQ(marks.size(), 3U);
  EXPECT_EQ(marks[1].begin, 308U);
  EXPECT_EQ(marks[2].end, 320U);
}

TEST(snippets_scan, finds_phrases_only_where_their_words_adjoin) {
  TextAnalyzer analyzer;
  TermScanner scanner(analyzer);
  MarkedTerm phrase;
  phrase.terms = {"trade", "war"};
  phrase.offsets = {0, 1};
  scanner.look_for({phrase});
  EXPECT_EQ(scanned(scanner, "trade war", "en").size(), 1U);
  EXPECT_EQ(scanned(scanner, "trade, war", "en").size(), 1U);
  EXPECT_EQ(scanned(scanner, "trade wars", "en").size(), 0U);
  EXPECT_EQ(scanned(scanner, "trade the war", "en").size(), 0U);
  EXPECT_EQ(scanned(scanner, "trade\n\nwar", "en").size(), 0U);
  EXPECT_EQ(scanned(scanner, "war trade", "en").size(), 0U);
}

// The test data by language; each word of it is looked for by its stem.
struct Set {
  const char* file;
  const char* language;
};

constexpr Set kSets[] = {
    {"allsides/articles-2016-2019.jsonl.gz", "en"},
    {"finnish/articles.jsonl.gz", "fi"},
    {"german/articles.jsonl.gz", "de"},
    {"french_day/articles.jsonl.gz", "fr"},
    {"arabic/articles.jsonl.gz", "ar"},
    {"wikinews_ja/articles.jsonl.gz", "ja"},
    {"chinese_titles/articles.jsonl.gz", "zh"},
};

std::string read_some(const std::string& path, std::size_t bytes) {
  std::string text;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return text;
  std::string lines(bytes, '\0');
  const int read = gzread(file, lines.data(), static_cast<unsigned>(lines.size()));
  gzclose(file);
  lines.resize(read > 0 ? static_cast<std::size_t>(read) : 0);
  for (std::size_t at = 0, end = 0; (end = lines.find('\n', at)) != std::string::npos;
       at = end + 1) {
    const auto article = nlohmann::json::parse(lines.substr(at, end - at), nullptr, false);
    if (!article.is_object()) continue;
    for (const char* member : {"title", "body"}) {
      if (article.contains(member) && article[member].is_string()) {
        text += article[member].get<std::string>() + "\n\n";
      }
    }
  }
  return text;
}

TEST(snippets_scan, passes_over_no_word_of_real_vocabularies) {
  const char* data = std::getenv("BROADSHEET_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "set BROADSHEET_TEST_DATA to the folder of test data";
  for (const Set& set : kSets) {
    const std::string text = read_some(std::string(data) + "/" + set.file, 4'000'000);
    TextAnalyzer analyzer;
    TermScanner scanner(analyzer);
    std::set<std::pair<std::string, std::string>> seen;
    std::size_t missed = 0;
    for (const Word& word : words_of(analyzer, text, set.language)) {
      const std::string spelling = text.substr(word.begin, word.end - word.begin);
      if (!seen.emplace(spelling, word.stem).second) continue;
      scanner.look_for({marked_word(word.stem)});
      if (!scanned(scanner, spelling, set.language).empty()) continue;
      if (++missed < 10) ADD_FAILURE() << set.file << ": " << spelling << " for " << word.stem;
    }
    EXPECT_EQ(missed, 0U) << set.file << " of " << seen.size();
  }
}

}  // namespace
}  // namespace broadsheet::server
