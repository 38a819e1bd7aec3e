// What readers type and what becomes of it: the readable form tells the tree, the warnings tell the
// repairs. Pathological input must come out as quickly as any other.
#include "server/search/query.h"

#include <algorithm>
#include <chrono>
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
      {"Japan NEAR/5 China", "japan NEAR/5 china"},
      {"a NEAR b ADJ c", "a NEAR/10 b ADJ/10 c"},
      {"x a NEAR/3 \"b c\" AND d", "x AND a NEAR/3 \"b c\" AND d"},
      {"-a NEAR/3 b c", "c AND NOT a NEAR/3 b"},
      {"(a OR b) ADJ/2 c", "(a OR b) ADJ/2 c"},
      {"(a NEAR/2 b) NEAR/3 (c ADJ/1 d)", "a NEAR/2 b NEAR/3 c ADJ/1 d"},
      {"title:(a NEAR/2 b)", "title:a NEAR/2 title:b"},
      {"near/5 a", "near AND 5 AND a"},
      {"Japan* tariff", "japan* AND tariff"},
      {"title:Caf\u00E9**", "title:caf\u00E9*"},
      {"-japan* (tar/tariff*)", "tar AND tariff* AND NOT japan*"},
      {"jap* NEAR/3 tariff", "jap* NEAR/3 tariff"},
      {"\"the * star\" *", "\"the star\""},
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
      {"l'Iran d\u2019Iran c'est-\u00E0-dire", "iran AND iran AND est-\u00E0-dire"},
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
      {"Caf\u00C9", "caf\u00E9"},
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
      {"+japan WHO", "japan AND (japan OR who)"},
      {"source:cnn WHO duty", "source:cnn AND (who OR duty)"},
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
      {"ja* pan", "ja AND pan", "2 * needs a word of three letters or more"},
      {"\u65E5\u672C* x", "\u65E5\u672C AND x", "6 * needs a word of three letters or more"},
      {"covid-19* x", "covid-19 AND x", "8 * needs a word of three letters or more"},
      {"\"trade wars*\"", "\"trade wars\"", "0 * does nothing in quotation marks"},
      {"NEAR/5 china", "china", "0 NEAR or ADJ without a word before it"},
      {"japan NEAR/5", "japan", "6 operator without a word after it"},
      {"japan NEAR/0 china", "japan NEAR/1 china", "6 NEAR and ADJ reach from 1 to 100 words"},
      {"a ADJ/99999999999 b", "a ADJ/100 b", "2 NEAR and ADJ reach from 1 to 100 words"},
      {"japan NEAR -china", "japan AND NOT china", "6 NEAR and ADJ stand between words"},
      {"(a b) NEAR c", "a AND b AND c", "6 NEAR and ADJ stand between words"},
      {"a NEAR source:cnn", "a AND source:cnn", "2 NEAR and ADJ stand between words"},
      {"a NEAR NEAR/3 b", "a NEAR/10 b", "7 NEAR or ADJ without a word before it"},
      {"after:soon", "soon", "0 what stands behind after: is no date"},
      {"when: japan", "when AND japan", "0 when: has no value"},
      {"has:image,video japan",
       "has:image AND japan",
       "4 has: knows correction, image and summary"},
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

}  // namespace
}  // namespace broadsheet::server
