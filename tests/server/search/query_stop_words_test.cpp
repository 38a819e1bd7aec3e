// Which words of a query are left out, by the languages it may be read in.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "schema/text.h"
#include "server/search/query.h"

namespace broadsheet::server {
namespace {

QueryPlan parse(std::string_view text,
                MatchMode match = MatchMode::all,
                std::vector<std::string> languages = {"en"}) {
  TextAnalyzer analyzer;
  return parse_query(text, {match, std::move(languages), false}, analyzer).value();
}

const QueryNode& only_node(const QueryPlan& plan) {
  return plan.root.children.at(0);
}

TEST(query_stop_words, knows_stop_words_but_not_in_capitals_among_small_letters) {
  EXPECT_TRUE(only_node(parse("the")).is_stop_word);
  EXPECT_FALSE(only_node(parse("japan")).is_stop_word);
  EXPECT_FALSE(only_node(parse("WHO vaccine")).is_stop_word);
  EXPECT_TRUE(only_node(parse("who vaccine")).is_stop_word);
  EXPECT_TRUE(only_node(parse("WHO VACCINE")).is_stop_word);
}

TEST(query_stop_words, takes_stop_words_from_the_language_most_articles_are_in) {
  const auto is_dropped = [](std::string_view typed, std::vector<std::string> languages) {
    return only_node(parse(typed, MatchMode::all, std::move(languages))).is_stop_word;
  };
  EXPECT_FALSE(is_dropped("war", {"en", "de"}));
  EXPECT_TRUE(is_dropped("the", {"en", "de"}));
  EXPECT_TRUE(is_dropped("war", {"de"}));
  EXPECT_TRUE(is_dropped("und", {"de", "en"}));
  EXPECT_TRUE(is_dropped("the", {"", "ja", "en"})) << "the first that has a list";
}

TEST(query_stop_words, keeps_a_stop_word_that_matters_in_another_language_of_the_archive) {
  const auto kept = [](const char* typed, std::vector<std::string> languages) {
    const QueryPlan plan = parse(typed, MatchMode::automatic, std::move(languages));
    return describe(plan.root, typed, Reading::all);
  };
  EXPECT_EQ(kept("war Krieg", {"de"}), "krieg");
  EXPECT_EQ(kept("war in Ukraine", {"de", "en"}), "war AND ukraine");
  EXPECT_EQ(kept("the war in Ukraine", {"de", "en"}), "war AND ukraine");
  EXPECT_EQ(kept("der Krieg war lang", {"de", "en"}), "krieg AND lang") << "this is German";
  EXPECT_EQ(kept("der Krieg war lang", {"en", "de"}), "krieg AND lang");
  EXPECT_EQ(kept("war", {"de"}), "war") << "a query of stop words alone asks for them";
  EXPECT_EQ(kept("\u0432 \u0438", {"ru"}), "\u0432 AND \u0438");
}

TEST(query_stop_words, tells_which_stop_words_were_left_out) {
  const char* typed = "the war (of the roses)";
  const QueryPlan plan = parse(typed);
  EXPECT_EQ(describe(plan.root, typed, Reading::all), "war AND roses");
  EXPECT_EQ(describe(plan.root, typed, Reading::any), "war OR roses");
  EXPECT_EQ(describe(plan.root, typed, Reading::all_exact), "the AND war AND of AND the AND roses");
}

}  // namespace
}  // namespace broadsheet::server
