// What readers type and what becomes of it: the readable form tells the tree, the warnings tell the
// repairs. Pathological input must come out as quickly as any other.
#include "server/search/query.h"

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/text.h"
#include "server/search/query_lexer.h"

namespace broadsheet::server {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

QueryPlan parse(std::string_view text,
                MatchMode match = MatchMode::all,
                std::vector<std::string> languages = {"en"}) {
  TextAnalyzer analyzer;
  const auto plan = parse_query(text, {match, std::move(languages), false}, analyzer);
  return plan.value();
}

const QueryNode& only_node(const QueryPlan& plan) {
  return plan.root.children.at(0);
}

std::vector<std::string> messages(const QueryPlan& plan) {
  std::vector<std::string> texts;
  for (const QueryWarning& warning : plan.warnings) {
    texts.push_back(std::to_string(warning.position) + ' ' + warning.message);
  }
  return texts;
}

int depth_of(const QueryNode& node) {
  int deepest = 0;
  for (const QueryNode& child : node.children)
    deepest = std::max(deepest, depth_of(child));
  return deepest + 1;
}

struct Case {
  const char* typed;
  const char* parsed;
};

TEST(query, reads_what_is_well_formed_without_a_warning) {
  const Case cases[] = {
      {"", ""},
      {" \t\n\u3000 ", ""},
      {"Japan tariff", "japan AND tariff"},
      {"Japan  and tariffs or", "japan AND and AND tariffs AND or"},
      {"\"Trade War\"", "\"trade war\""},
      {"\u201CTrade War\u201D now", "\"trade war\" AND now"},
      {"\u201EHandelskrieg\u201C", "\"handelskrieg\""},
      {"\u00ABguerre commerciale\u00BB", "\"guerre commerciale\""},
      {"\u00BBHandelskrieg\u00AB", "\"handelskrieg\""},
      {"japan AND tariff", "japan AND tariff"},
      {"japan OR china", "japan OR china"},
      {"japan OR china tariff", "(japan OR china) AND tariff"},
      {"a AND b OR c AND d", "(a AND b) OR (c AND d)"},
      {"a OR b AND NOT c", "a OR (b AND NOT c)"},
      {"NOT a AND b", "b AND NOT a"},
      {"a OR NOT b", "a OR (NOT b)"},
      {"NOT NOT a", "a"},
      {"NOT china", "NOT china"},
      {"-trump", "NOT trump"},
      {"-trump -biden", "NOT trump AND NOT biden"},
      {"tariff -china", "tariff AND NOT china"},
      {"tariff -\"trade war\"", "tariff AND NOT \"trade war\""},
      {"tariff -(china japan)", "tariff AND NOT (china AND japan)"},
      {"+japan tariff", "japan AND tariff"},
      {"(japan OR china) (tariff OR duty)", "(japan OR china) AND (tariff OR duty)"},
      {"((((japan))))", "japan"},
      {"(a b) c", "a AND b AND c"},
      {"(a AND (b AND c))", "a AND b AND c"},
      {"a OR (b OR c)", "a OR b OR c"},
      {"title:Japan", "title:japan"},
      {"TITLE:japan", "title:japan"},
      {"title:\"Trade War\"", "title:\"trade war\""},
      {"title:(japan tariff) duty", "title:japan AND title:tariff AND duty"},
      {"-title:china japan", "japan AND NOT title:china"},
      {"source:CNN tariff", "source:cnn AND tariff"},
      {"source:\"New York Times\"", "source:\"new york times\""},
      {"source:cnn,bbc", "source:cnn,bbc"},
      {"source:(cnn OR bbc) tariff", "(source:cnn OR source:bbc) AND tariff"},
      {"source:(cnn \"The Hill\") tariff", "(source:cnn OR source:\"the hill\") AND tariff"},
      {"tag:(war peace -sports)", "(tag:war OR tag:peace) AND NOT tag:sports"},
      {"l'Iran d\u2019Iran c'est-\u00E0-dire", "iran AND iran AND est-a-dire"},
      {"lang:EN tariff", "language:en AND tariff"},
      {"tariff -section:sports", "tariff AND NOT section:sports"},
      {"COVID-19 vaccine", "covid-19 AND vaccine"},
      {"U.S. tariffs", "u.s. AND tariffs"},
      {"foo:bar", "foo AND bar"},
      {"10:30", "10:30"},
      {"9/11 attacks", "9/11 AND attacks"},
      {"Trump, Biden", "trump AND biden"},
      {"Trump's \u2014 tariffs\u2026", "trump's AND tariffs"},
      {"--japan", "japan"},
      {"Caf\u00E9", "cafe"},
      {"\u65E5\u672C\u95A2\u7A0E", "\u65E5\u672C\u95A2\u7A0E"},
  };
  for (const Case& example : cases) {
    const QueryPlan plan = parse(example.typed);
    EXPECT_EQ(describe(plan.root, example.typed, Reading::all_exact), example.parsed)
        << example.typed;
    EXPECT_THAT(messages(plan), IsEmpty()) << example.typed;
  }
}

TEST(query, joins_loose_words_as_the_match_mode_says) {
  const Case cases[] = {
      {"japan tariff", "japan OR tariff"},
      {"+japan tariff duty", "+japan tariff duty"},
      {"japan tariff -china", "(japan OR tariff) AND NOT china"},
      {"source:cnn tariff", "+source:cnn tariff"},
      {"japan AND tariff", "japan AND tariff"},
  };
  for (const Case& example : cases) {
    const QueryPlan read = parse(example.typed, MatchMode::any);
    EXPECT_EQ(describe(read.root, example.typed, Reading::any), example.parsed) << example.typed;
  }
  const QueryPlan plan = parse("japan tariff", MatchMode::automatic);
  EXPECT_EQ(describe(plan.root, "japan tariff", Reading::all), "japan AND tariff");
  EXPECT_EQ(describe(plan.root, "japan tariff", Reading::any), "japan OR tariff");
}

TEST(query, repairs_what_is_broken_and_says_where) {
  struct Broken {
    const char* typed;
    const char* parsed;
    const char* warning;
  };

  const Broken cases[] = {
      {"\"trade war", "\"trade war\"", "0 quotation mark is never closed"},
      {"12\" pizza", "12 AND pizza", "2 quotation mark without a partner"},
      {"\"\" japan", "japan", "0 quotation marks around no word"},
      {"(japan tariff", "japan AND tariff", "0 parenthesis is never closed"},
      {"a (b (c", "a AND b AND c", "2 parenthesis is never closed"},
      {"japan) tariff", "japan AND tariff", "5 closing parenthesis without an opening one"},
      {"japan () tariff", "japan AND tariff", "6 parentheses around nothing"},
      {"AND japan", "japan", "0 AND or OR without a word before it"},
      {"japan AND", "japan", "6 operator without a word after it"},
      {"japan AND OR china", "japan AND china", "10 AND or OR without a word before it"},
      {"japan NOT", "japan", "6 operator without a word after it"},
      {"(japan OR) china", "japan AND china", "7 operator without a word after it"},
      {"japan - china", "japan AND china", "6 - stands before nothing"},
      {"japan +", "japan", "6 + stands before nothing"},
      {"title: japan", "title AND japan", "0 title: has no value"},
      {"tarif* japan", "tarif AND japan", "5 * at the end of a word is not understood yet"},
      {"japan NEAR/5 china", "japan AND china", "6 NEAR and ADJ are not understood yet"},
      {"after:2025-04-01", "2025-04-01", "0 after: is not understood yet"},
      {"has:image japan", "image AND japan", "0 has: is not understood yet"},
      {"body:japan", "japan", "0 body: cannot leave titles out"},
      {"!!!", "", "0 query holds no word"},
      {"--", "", "0 query holds no word"},
      {" +++ ", "", "0 query holds no word"},
  };
  for (const Broken& example : cases) {
    const QueryPlan plan = parse(example.typed);
    EXPECT_EQ(describe(plan.root, example.typed, Reading::all_exact), example.parsed)
        << example.typed;
    EXPECT_THAT(messages(plan), ElementsAre(HasSubstr(example.warning))) << example.typed;
  }
}

TEST(query, refuses_a_repair_when_strict) {
  TextAnalyzer analyzer;
  const auto plan = parse_query("japan (tariff", {MatchMode::all, {"en"}, true}, analyzer);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(plan.error().message, HasSubstr("parenthesis is never closed"));
  EXPECT_THAT(plan.error().message, HasSubstr("at byte 6"));
  EXPECT_THAT(plan.error().message, Not(HasSubstr("closed at the end"))) << "nothing is repaired";
  EXPECT_FALSE(parse_query("--", {MatchMode::all, {"en"}, true}, analyzer).has_value());
  EXPECT_TRUE(parse_query("japan (tariff)", {MatchMode::all, {"en"}, true}, analyzer).has_value());
}

TEST(query, gives_a_word_its_stem_in_every_language_asked_for) {
  EXPECT_THAT(only_node(parse("Tariffs")).terms, ElementsAre("tariff", "tariffs"));
  EXPECT_THAT(only_node(parse("running", MatchMode::all, {})).terms, ElementsAre("running"));
  EXPECT_THAT(only_node(parse("nations", MatchMode::all, {"en", "fr", "ja"})).terms,
              ElementsAre("nation", "nations"));
  EXPECT_THAT(only_node(parse("Trump\u2019s")).terms, ElementsAre("trump", "trump's"));
  EXPECT_THAT(only_node(parse("U.S.")).terms, ElementsAre("us"));
}

TEST(query, finds_a_word_with_and_without_its_accents) {
  const auto terms = [](std::string_view typed) {
    std::vector<std::string> sorted = only_node(parse(typed)).terms;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  };
  EXPECT_THAT(terms("fiance"), ElementsAre("fianc", "fiance"));
  EXPECT_EQ(terms("fianc\u00E9"), terms("fiance"));
}

TEST(query, keeps_the_exact_forms_and_distances_of_a_phrase) {
  const QueryNode node = only_node(parse("\"Tariffs on\nJapan\""));
  EXPECT_EQ(node.kind, NodeKind::phrase);
  EXPECT_EQ(node.occur, Occur::loose);
  EXPECT_THAT(node.terms, ElementsAre("tariffs", "on", "japan"));
  ASSERT_THAT(node.words, SizeIs(3U));
  EXPECT_THAT(node.words[0].terms, ElementsAre("tariff", "tariffs"));
  EXPECT_THAT(node.offsets, ElementsAre(0U, 1U, 2U));
  const QueryNode exact = only_node(parse("\"tariffs\""));
  EXPECT_EQ(exact.kind, NodeKind::phrase);
  EXPECT_THAT(exact.terms, ElementsAre("tariffs"));
}

TEST(query, makes_a_phrase_of_a_word_of_several_tokens) {
  const QueryNode covid = only_node(parse("COVID-19"));
  EXPECT_EQ(covid.kind, NodeKind::phrase);
  EXPECT_THAT(covid.terms, ElementsAre("covid", "19"));
  const QueryNode pairs = only_node(parse("\u65E5\u672C\u95A2\u7A0E", MatchMode::all, {"ja"}));
  EXPECT_EQ(pairs.kind, NodeKind::phrase);
  EXPECT_THAT(pairs.terms, ElementsAre("\u65E5\u672C", "\u672C\u95A2", "\u95A2\u7A0E"));
  EXPECT_THAT(pairs.offsets, ElementsAre(0U, 1U, 2U));
  EXPECT_EQ(only_node(parse("\u65E5\u672C")).kind, NodeKind::word);
  EXPECT_TRUE(pairs.is_run);
  EXPECT_FALSE(covid.is_run);
  EXPECT_FALSE(only_node(parse("\"\u65E5\u672C\u95A2\u7A0E\"")).is_run) << "asked for as a phrase";
}

TEST(query, weighs_a_phrase_by_its_stems_in_every_language) {
  const QueryNode node =
      only_node(parse("\"\u00E9lections municipales\"", MatchMode::all, {"en", "fr"}));
  ASSERT_THAT(node.words, SizeIs(2U));
  EXPECT_THAT(node.words[1].terms, Contains("municipal"));
  EXPECT_THAT(node.words[0].terms, Contains("elect"));
}

TEST(query, looks_for_title_words_under_the_prefix_of_titles) {
  const QueryNode word = only_node(parse("title:tariffs"));
  EXPECT_EQ(word.field, Field::title);
  EXPECT_THAT(word.terms, ElementsAre("Stariff", "Stariffs"));
  const QueryNode phrase = only_node(parse("title:\"trade wars\""));
  EXPECT_EQ(phrase.field, Field::title);
  EXPECT_THAT(phrase.terms, ElementsAre("trade", "wars"));
  ASSERT_THAT(phrase.words, SizeIs(2U));
  EXPECT_THAT(phrase.words[1].terms, ElementsAre("Swar", "Swars"));
}

TEST(query, requires_what_restricts) {
  const QueryNode source = only_node(parse("source:\"The Hill\"", MatchMode::any));
  EXPECT_EQ(source.kind, NodeKind::label);
  EXPECT_EQ(source.occur, Occur::required);
  EXPECT_THAT(source.terms, ElementsAre("XPthe hill"));
  EXPECT_THAT(only_node(parse("source:cnn,bbc")).terms, ElementsAre("XPcnn", "XPbbc"));
  const QueryNode either = only_node(parse("(source:cnn OR tag:war) japan", MatchMode::any));
  EXPECT_EQ(either.occur, Occur::required);
  EXPECT_EQ(only_node(parse("-source:cnn")).occur, Occur::excluded);
}

TEST(query, knows_stop_words_but_not_in_capitals_among_small_letters) {
  EXPECT_TRUE(only_node(parse("the")).is_stop_word);
  EXPECT_FALSE(only_node(parse("japan")).is_stop_word);
  EXPECT_FALSE(only_node(parse("WHO vaccine")).is_stop_word);
  EXPECT_TRUE(only_node(parse("who vaccine")).is_stop_word);
  EXPECT_TRUE(only_node(parse("WHO VACCINE")).is_stop_word);
}

TEST(query, takes_stop_words_from_the_language_most_articles_are_in) {
  const auto is_dropped = [](std::string_view typed, std::vector<std::string> languages) {
    return only_node(parse(typed, MatchMode::all, std::move(languages))).is_stop_word;
  };
  EXPECT_FALSE(is_dropped("war", {"en", "de"}));
  EXPECT_TRUE(is_dropped("the", {"en", "de"}));
  EXPECT_TRUE(is_dropped("war", {"de", "en"}));
  EXPECT_TRUE(is_dropped("the", {"", "ja", "en"})) << "the first that has a list";
}

TEST(query, tells_which_stop_words_were_left_out) {
  const char* typed = "the war (of the roses)";
  const QueryPlan plan = parse(typed);
  EXPECT_EQ(describe(plan.root, typed, Reading::all), "war AND roses");
  EXPECT_EQ(describe(plan.root, typed, Reading::any), "war OR roses");
  EXPECT_EQ(describe(plan.root, typed, Reading::all_exact), "the AND war AND of AND the AND roses");
}

TEST(query, cuts_at_sixty_four_words_and_four_kilobytes) {
  std::string many;
  for (int i = 0; i < 20'000; ++i)
    many += "word" + std::to_string(i) + ' ';
  const QueryPlan words = parse(many.substr(0, 1'000));
  EXPECT_THAT(words.root.children, SizeIs(kMaxQueryWords));
  EXPECT_THAT(messages(words), ElementsAre(HasSubstr("more than 64 words")));
  EXPECT_THAT(messages(parse(many)), ElementsAre(HasSubstr("4096 bytes"), HasSubstr("64 words")));

  std::string wide;
  for (int i = 0; i < 2'000; ++i)
    wide += "\u65E5";
  const QueryPlan cut = parse(wide);
  EXPECT_EQ(cut.warnings.at(0).position, 4095U);
  EXPECT_EQ(only_node(cut).terms.size(), kMaxQueryWords);
}

TEST(query, flattens_what_is_nested_too_deeply_with_one_warning) {
  std::string nested;
  for (int i = 0; i < 40; ++i)
    nested += "a" + std::to_string(i) + " OR (b AND (";
  const QueryPlan plan = parse(nested + "c");
  EXPECT_LE(depth_of(plan.root), kMaxQueryDepth);
  EXPECT_THAT(messages(plan), ElementsAre(HasSubstr("deeper than 8"), HasSubstr("64 words")));
  EXPECT_THAT(messages(parse("((((((((japan))))))))")), IsEmpty());
  EXPECT_THAT(messages(parse("((((a OR b) c) OR d) e) OR f")), IsEmpty());
}

TEST(query, takes_no_longer_for_pathological_input) {
  const auto repeat = [](std::string_view piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i)
      text += piece;
    return text;
  };
  const std::string inputs[] = {repeat("(", 10'000),
                                repeat(")", 10'000),
                                repeat("\"", 10'000),
                                repeat("a\"", 10'000),
                                repeat("-", 10'000),
                                repeat("+a -", 10'000),
                                repeat("a ", 20'000),
                                repeat("NOT ", 10'000),
                                repeat("a OR (", 10'000),
                                repeat("title:", 10'000),
                                repeat("\xFF\xC0", 10'000),
                                repeat("\u00AB\"", 10'000),
                                repeat("a,", 10'000),
                                std::string(10'000, '\0'),
                                std::string(1'000'000, 'x'),
                                repeat("source:(", 5'000)};
  TextAnalyzer analyzer;
  const QueryOptions options{MatchMode::all, {"en", "fr", "de", "ja"}, false};
  for (const std::string& input : inputs) {
    const auto start = std::chrono::steady_clock::now();
    const auto plan = parse_query(input, options, analyzer);
    const auto took = std::chrono::steady_clock::now() - start;
    ASSERT_TRUE(plan.has_value());
    EXPECT_LE(depth_of(plan->root), kMaxQueryDepth);
    EXPECT_LE(plan->warnings.size(), QueryWarnings::kMaxWarnings);
    // Generous for sanitizers; a release build needs well under a millisecond.
    EXPECT_LT(took, std::chrono::milliseconds(100)) << input.substr(0, 16);
  }
}

// Whatever the bytes, positions lie in the text; and the readable form settles at its first
// reading.
TEST(query, reads_its_own_readable_form_again) {
  constexpr std::string_view kAlphabet[] = {"a",
                                            "b",
                                            " ",
                                            " ",
                                            "(",
                                            ")",
                                            "\"",
                                            "-",
                                            "+",
                                            " AND ",
                                            " OR ",
                                            " NOT ",
                                            "title:",
                                            "source:x",
                                            "\u65E5\u672C",
                                            "\xFF",
                                            "-19",
                                            "the"};
  std::mt19937 random(2);
  TextAnalyzer analyzer;
  const QueryOptions options{MatchMode::all, {"en"}, false};
  for (int round = 0; round < 3'000; ++round) {
    std::string typed;
    for (int i = 0; i < 14; ++i)
      typed += kAlphabet[random() % std::size(kAlphabet)];
    const QueryPlan plan = parse_query(typed, options, analyzer).value();
    for (const QueryWarning& warning : plan.warnings)
      EXPECT_LE(warning.position, typed.size());
    const std::string shown = describe(plan.root, typed, Reading::all_exact);
    const QueryPlan again = parse_query(shown, options, analyzer).value();
    const std::string stable = describe(again.root, shown, Reading::all_exact);
    const QueryPlan third = parse_query(stable, options, analyzer).value();
    EXPECT_EQ(describe(third.root, stable, Reading::all_exact), stable) << typed;
    EXPECT_EQ(again.root.children.empty(), plan.root.children.empty()) << typed;
  }
}

}  // namespace
}  // namespace broadsheet::server
