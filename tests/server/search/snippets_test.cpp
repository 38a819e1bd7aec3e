// Snippets as a reader sees them: which passage is shown, what is marked in it, and that nothing in
// an article can break out of the HTML.
#include "server/search/snippets.h"

#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/text.h"
#include "server/search/query.h"
#include "server/search/snippets_sentences.h"

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// The parser, the analyser and a maker for one query.
class Reader {
 public:
  explicit Reader(std::string_view query, std::string language = "en")
      : language_(std::move(language)) {
    const auto plan = parse_query(query, {MatchMode::any, {language_}, false}, analyzer_);
    maker_.look_for(marked_terms(plan->root));
  }

  Snippet snippet(std::string_view body,
                  int chars = 240,
                  Highlight highlight = Highlight::html,
                  std::string_view title = "The title") {
    return maker_.make(title, body, {language_, chars, highlight});
  }

  std::string html(std::string_view body, int chars = 240) { return snippet(body, chars).html; }

  std::string title(std::string_view title) { return maker_.mark_title(title, language_); }

 private:
  std::string language_;
  TextAnalyzer analyzer_;
  SnippetMaker maker_{analyzer_};
};

// What `matches` cut out of `text`, by code points.
std::vector<std::string> cut_out(const Snippet& snippet) {
  std::vector<std::string> words;
  for (const auto& [start, length] : snippet.matches) {
    const std::size_t begin = forward(snippet.text, 0, start);
    words.push_back(snippet.text.substr(begin, forward(snippet.text, begin, length) - begin));
  }
  return words;
}

// The HTML without its marks and escapes.
std::string plain(std::string html) {
  const std::pair<std::string_view, std::string_view> pairs[] = {{"<mark>", ""},
                                                                 {"</mark>", ""},
                                                                 {"&lt;", "<"},
                                                                 {"&gt;", ">"},
                                                                 {"&quot;", "\""},
                                                                 {"&#39;", "'"},
                                                                 {"&amp;", "&"}};
  for (const auto& [from, to] : pairs) {
    for (std::size_t at = 0; (at = html.find(from, at)) != std::string::npos; at += to.size()) {
      html.replace(at, from.size(), to);
    }
  }
  return html;
}

constexpr std::string_view kBody =
    "Markets were calm on Monday. Nothing much happened in Europe, analysts said.\n\n"
    "Japan's trade minister said on Tuesday that new tariffs would hurt both sides. "
    "He met Mr. Smith of the U.S. Treasury in Washington.\n\n"
    "Elsewhere, the weather was fine. Farmers in the north were pleased with the harvest, which "
    "was "
    "the best for many years according to the ministry.\n\n"
    "A tariff is a tax on imports. The end.";

TEST(snippets, show_the_sentence_that_holds_the_words) {
  EXPECT_EQ(Reader("japan tariff").html(kBody, 100),
            "<mark>Japan&#39;s</mark> trade minister said on Tuesday that new <mark>tariffs</mark> "
            "would hurt both sides.");
}

TEST(snippets, mark_what_the_index_would_find_and_nothing_else) {
  struct Case {
    const char* query;
    const char* body;
    const char* html;
  };

  const Case cases[] = {
      {"tariffs", "The tariff, the Tariffs.", "The <mark>tariff</mark>, the <mark>Tariffs</mark>."},
      {"\"tariffs\"", "The tariff, the Tariffs.", "The tariff, the <mark>Tariffs</mark>."},
      {"trump", "Trump\u2019s win", "<mark>Trump\u2019s</mark> win"},
      {"US trade", "the U.S. trade gap", "the <mark>U.S.</mark> <mark>trade</mark> gap"},
      {"using", "They use it", "They <mark>use</mark> it"},
      {"use", "By using it", "By <mark>using</mark> it"},
      {"dying", "He will die", "He will <mark>die</mark>"},
      {"tries", "I try", "I <mark>try</mark>"},
      {"re-election", "his re-election bid", "his <mark>re-election</mark> bid"},
      {"COVID-19",
       "COVID-19, COVID 19 and covid",
       "<mark>COVID-19</mark>, <mark>COVID 19</mark> and covid"},
      {"\"trade war\"", "war, trade war; trade.\n\nwar", "war, <mark>trade war</mark>; trade. war"},
      {"\"trade war\"", "Trade\u2014war", "<mark>Trade\u2014war</mark>"},
      {"\"new new york\"", "new new new york", "new <mark>new new york</mark>"},
      {"cafe",
       "the CAF\u00C9 and Cafe\u0301",
       "the <mark>CAF\u00C9</mark> and <mark>Cafe\u0301</mark>"},
      {"\u00E9tat", "l'\u00C9tat c'est moi", "l&#39;<mark>\u00C9tat</mark> c&#39;est moi"},
      {"tariff -japan", "Japan tariff", "Japan <mark>tariff</mark>"},
      {"the tariff", "the tariff", "the <mark>tariff</mark>"},
      {"the", "the tariff", "<mark>the</mark> tariff"},
      {"title:japan tariff", "Japan tariff", "Japan <mark>tariff</mark>"},
      {"tariff (japan OR china)", "China tariff", "<mark>China</mark> <mark>tariff</mark>"},
      {"source:cnn tariff", "cnn tariff", "cnn <mark>tariff</mark>"},
      {"putin",
       "\u041F\u0443\u0442\u0438\u043D putin",
       "\u041F\u0443\u0442\u0438\u043D <mark>putin</mark>"},
      {"\u043F\u0443\u0442\u0438\u043D",
       "putin \u041F\u0423\u0422\u0418\u041D",
       "putin <mark>\u041F\u0423\u0422\u0418\u041D</mark>"},
      {"\u03B1\u03B8\u03AE\u03BD\u03B1",
       "\u0391\u03B8\u03AE\u03BD\u03B1",
       "<mark>\u0391\u03B8\u03AE\u03BD\u03B1</mark>"},
  };
  for (const Case& example : cases) {
    EXPECT_EQ(Reader(example.query).html(example.body), example.html) << example.query;
  }
}

TEST(snippets, mark_runs_of_chinese_and_japanese) {
  constexpr std::string_view kJapanese =
      "\u7D4C\u6E08\u306E\u8A71\u3002\u65E5\u672C\u306E\u95A2\u7A0E\u3092\u5F15\u304D\u4E0A\u3052"
      "\u308B\u3002"
      "\u65E5\u672C\u95A2\u7A0E\u5354\u4F1A\u3002";
  EXPECT_THAT(Reader("\u65E5\u672C\u95A2\u7A0E", "ja").html(kJapanese),
              HasSubstr("<mark>\u65E5\u672C\u95A2\u7A0E</mark>\u5354\u4F1A"));
  EXPECT_THAT(Reader("\u95A2\u7A0E", "ja").html(kJapanese),
              HasSubstr("\u65E5\u672C\u306E<mark>\u95A2\u7A0E</mark>\u3092"));
  EXPECT_THAT(Reader("\u8A71", "ja").html(kJapanese), HasSubstr("\u306E<mark>\u8A71</mark>\u3002"));
  EXPECT_EQ(Reader("iPhone", "ja").html("\u65B0\u578BiPhone\u767A\u58F2"),
            "\u65B0\u578B<mark>iPhone</mark>\u767A\u58F2");
}

TEST(snippets, join_two_passages_when_no_one_holds_the_words) {
  std::string body = "The senator spoke of zebras at length.";
  for (int i = 0; i < 30; ++i)
    body += " Then there was nothing of interest to say about it.";
  body += " The minister preferred quaggas to them.";
  const Snippet snippet = Reader("zebras quaggas").snippet(body, 120);
  EXPECT_THAT(snippet.html, HasSubstr("<mark>zebras</mark>"));
  EXPECT_THAT(snippet.html, HasSubstr(" \u2026 "));
  EXPECT_THAT(snippet.html, HasSubstr("<mark>quaggas</mark>"));
  EXPECT_LE(count_chars(snippet.text), 120U);
}

TEST(snippets, open_the_article_when_nothing_matches) {
  const Snippet snippet = Reader("zebra").snippet(kBody, 80);
  EXPECT_EQ(snippet.text,
            "Markets were calm on Monday. Nothing much happened in Europe, analysts said.");
  EXPECT_EQ(snippet.html, snippet.text);
  EXPECT_THAT(snippet.matches, IsEmpty());
  EXPECT_EQ(Reader("").snippet(kBody, 80).text, snippet.text);
}

TEST(snippets, take_the_title_when_there_is_no_body) {
  const Snippet snippet = Reader("title:japan").snippet(" \n", 240, Highlight::html, "Japan talks");
  EXPECT_EQ(snippet.html, "<mark>Japan</mark> talks");
  EXPECT_EQ(snippet.field, Field::title);
  EXPECT_EQ(Reader("japan").snippet("", 240, Highlight::html, "").text, "");
}

TEST(snippets, cut_long_sentences_between_words) {
  std::string body;
  for (int i = 0; i < 100; ++i)
    body += "word" + std::to_string(i) + " and ";
  for (int chars = 50; chars < 70; ++chars) {
    const Snippet snippet = Reader("word50").snippet(body, chars);
    EXPECT_THAT(snippet.text, StartsWith("\u2026 "));
    EXPECT_THAT(snippet.text, EndsWith(" \u2026"));
    EXPECT_THAT(cut_out(snippet), ElementsAre("word50"));
    EXPECT_LE(count_chars(snippet.text), static_cast<std::size_t>(chars));
    const std::string inner = snippet.text.substr(4, snippet.text.size() - 8);
    EXPECT_THAT(body, HasSubstr(' ' + inner + ' '));
  }
}

TEST(snippets, escape_what_an_article_says) {
  const Snippet snippet = Reader("script").snippet("<script>alert(\"x\") & 'y'</script>");
  EXPECT_EQ(snippet.html,
            "&lt;<mark>script</mark>&gt;alert(&quot;x&quot;) &amp; "
            "&#39;y&#39;&lt;/<mark>script</mark>&gt;");
  EXPECT_EQ(Reader("b").title("a <b>"), "a &lt;<mark>b</mark>&gt;");
}

TEST(snippets, give_matches_in_code_points_without_html_for_offsets) {
  const Snippet snippet =
      Reader("tariff japan")
          .snippet("\u00C4\u65E5\U0001F600  \n\nJapan:\ttariffs.", 240, Highlight::offsets);
  EXPECT_EQ(snippet.text, "\u00C4\u65E5\U0001F600 Japan: tariffs.");
  EXPECT_THAT(snippet.html, IsEmpty());
  EXPECT_THAT(cut_out(snippet), ElementsAre("Japan", "tariffs"));
}

TEST(snippets, mark_the_whole_title_and_phrases_in_one_piece) {
  EXPECT_EQ(Reader("\"trade war\" title:japan").title("Japan in a Trade War"),
            "<mark>Japan</mark> in a <mark>Trade War</mark>");
  EXPECT_EQ(Reader("").title("Japan & Co"), "Japan &amp; Co");
  EXPECT_EQ(Reader("x").title(""), "");
}

TEST(snippets, prefer_the_window_with_more_of_the_query) {
  const std::string body = "Tariff news. Tariff talks. Tariff rules. " + std::string(400, '-') +
                           " Japan sets a tariff on steel. " + std::string(400, '-') +
                           " Tariff again.";
  EXPECT_THAT(Reader("japan steel tariff").html(body, 80), HasSubstr("<mark>Japan</mark> sets a"));
}

// Whatever the bytes of an article and whatever the query, a snippet keeps its promises.
TEST(snippets, hold_their_promises_for_random_text) {
  constexpr std::string_view kPieces[] = {"tariff",
                                          "Tariffs",
                                          "japan",
                                          "Japan\u2019s",
                                          " ",
                                          " ",
                                          " ",
                                          ". ",
                                          "\n\n",
                                          "\u65E5\u672C",
                                          "\u95A2\u7A0E",
                                          "\u3002",
                                          "U.S.",
                                          "\xFF",
                                          "\xE6\x97",
                                          "<b>",
                                          "&",
                                          "\"",
                                          "\u00E9",
                                          "\U0001F600",
                                          "trade war",
                                          "-",
                                          "a",
                                          "\u0301",
                                          "\x01",
                                          "\u2026"};
  const char* const queries[] = {
      "tariff japan", "\"trade war\"", "\u65E5\u672C\u95A2\u7A0E", "-a", "U.S. tariffs"};
  std::mt19937 random(5);
  for (const char* query : queries) {
    Reader reader(query);
    for (int round = 0; round < 400; ++round) {
      std::string body;
      const std::size_t pieces = random() % 150;
      for (std::size_t i = 0; i < pieces; ++i)
        body += kPieces[random() % std::size(kPieces)];
      const int chars = 40 + static_cast<int>(random() % 100);
      const Snippet snippet = reader.snippet(body, chars);
      ASSERT_LE(count_chars(snippet.text), static_cast<std::size_t>(chars)) << body;
      ASSERT_EQ(plain(snippet.html), snippet.text) << body;
      std::uint32_t end = 0;
      for (const auto& [start, length] : snippet.matches) {
        ASSERT_GE(start, end);
        ASSERT_GT(length, 0U);
        end = start + length;
      }
      ASSERT_LE(end, count_chars(snippet.text));
      ASSERT_THAT(snippet.text, Not(HasSubstr("  ")));
    }
  }
}

// Small rooms above all, in which two passages have a few words each.
TEST(snippets, never_begin_or_end_inside_a_word) {
  const std::vector<std::string> vocabulary = {"Kavanaugh",
                                               "hearing",
                                               "Supreme",
                                               "Court",
                                               "phone",
                                               "call",
                                               "Trump",
                                               "judiciary",
                                               "caf\u00E9",
                                               "the",
                                               "of",
                                               "Senate",
                                               "a",
                                               "questions"};
  const std::set<std::string> words(vocabulary.begin(), vocabulary.end());
  std::mt19937 random(7);
  for (const char* query :
       {"Supreme Court Kavanaugh hearing", "caf\u00E9 phone", "\"Supreme Court\" call"}) {
    Reader reader(query);
    for (int round = 0; round < 1500; ++round) {
      std::string body;
      const std::size_t count = 5 + random() % 120;
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = random() % vocabulary.size();
        body += at < 4 && random() % 4 != 0 ? "filler "
                                            : vocabulary[at] + (random() % 9 == 0 ? ". " : " ");
      }
      const int chars = 40 + static_cast<int>(random() % 80);
      std::istringstream shown(reader.snippet(body, chars).text);
      for (std::string word; shown >> word;) {
        // A full stop may be what no longer fits.
        std::erase(word, '.');
        ASSERT_TRUE(words.contains(word) || word == "filler" || word == "\u2026")
            << word << " in a snippet of " << chars << " for " << query << ":\n"
            << body;
      }
    }
  }
}

TEST(snippets, cope_with_a_megabyte_without_a_blank) {
  const std::string word(1'000'000, 'a');
  EXPECT_LE(count_chars(Reader("a").snippet(word).text), 240U);
  std::string cjk;
  for (int i = 0; i < 300'000; ++i)
    cjk += "\u65E5";
  EXPECT_LE(count_chars(Reader("\u65E5\u65E5").snippet(cjk).text), 240U);
  EXPECT_EQ(Reader("b").title(std::string(100'000, 'b')).size(), 100'000U);
}

TEST(sentences, end_where_a_reader_would_say) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"One. Two! Three? Four", {"One.", "Two!", "Three?", "Four"}},
      {"He met Mr. Smith. They left.", {"He met Mr. Smith.", "They left."}},
      {"The U.S. Treasury. Done", {"The U.S. Treasury.", "Done"}},
      {"J. D. Vance spoke. Yes", {"J. D. Vance spoke.", "Yes"}},
      {"It rose 3.5 per cent. Then fell.", {"It rose 3.5 per cent.", "Then fell."}},
      {"\u201CNo.\u201D She left.", {"\u201CNo.\u201D", "She left."}},
      {"\u201CWhat?\u201D she said. Yes", {"\u201CWhat?\u201D she said.", "Yes"}},
      {"No. 5 is alive. Ok", {"No. 5 is alive.", "Ok"}},
      {"Head line\n\nBody text", {"Head line", "Body text"}},
      {"Visit example.com today. Bye", {"Visit example.com today.", "Bye"}},
      {"\u4ECA\u65E5\u3002\u660E\u65E5\uFF01\u6628\u65E5",
       {"\u4ECA\u65E5\u3002", "\u660E\u65E5\uFF01", "\u6628\u65E5"}},
  };
  for (const auto& [text, expected] : cases) {
    const std::string_view view = text;
    std::vector<std::string> sentences;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < view.size(); ++at) {
      const auto end = sentence_end_at(view, at);
      if (!end) continue;
      sentences.emplace_back(view.substr(begin, end->end - begin));
      begin = end->next;
      if (begin >= view.size()) break;
      at = begin - 1;
    }
    if (begin < view.size()) sentences.emplace_back(view.substr(begin));
    EXPECT_EQ(sentences, expected) << text;
  }
}

}  // namespace
}  // namespace broadsheet::server
