// Synonyms: what the lines of a file say, what becomes of a query, and that a changed file is
// followed.
#include "server/search/synonyms.h"

#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_index.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Synonyms synonyms_of(std::string_view text) {
  std::vector<SynonymFault> faults;
  Synonyms synonyms = Synonyms::read(text, faults);
  EXPECT_TRUE(faults.empty());
  return synonyms;
}

// The tree with synonyms in words, a synonym in braces; empty when nothing was widened.
std::string shown(const QueryNode& node) {
  std::string text;
  if (node.kind == NodeKind::group) {
    for (const QueryNode& child : node.children)
      text += (text.empty() ? "" : child.occur == Occur::optional ? " | " : " ") + shown(child);
    return '(' + text + ')';
  }
  for (const std::string& term : node.kind == NodeKind::word ? std::vector{node.exact} : node.terms)
    text += (text.empty() ? "" : " ") + term;
  return node.weight < 1 ? '{' + text + '}' : text;
}

std::string widened(const char* typed, std::string_view lines, MatchMode match = MatchMode::all) {
  TextAnalyzer analyzer;
  const QueryOptions options{match, {"en"}, false};
  const QueryPlan plan = parse_query(typed, options, analyzer).value();
  const auto wide = with_synonyms(plan.root, typed, synonyms_of(lines), options, analyzer);
  return wide ? shown(*wide) : "";
}

constexpr std::string_view kLines =
    "uk, United Kingdom, Britain\n# a comment\n"
    "eu => European Union   # one way\ncovid-19 => coronavirus\n";

TEST(Synonyms, stand_beside_what_was_typed) {
  EXPECT_EQ(widened("UK tariff", kLines), "((uk | {united kingdom} | {britain}) tariff)");
  EXPECT_EQ(widened("tariff united kingdom", kLines),
            "(tariff ((united kingdom) | {uk} | {britain}))");
  EXPECT_EQ(widened("EU", kLines), "((eu | {european union}))");
  EXPECT_EQ(widened("covid-19", kLines), "((covid 19 | {coronavirus}))");
  EXPECT_EQ(widened("tariff AND uk", kLines), "(tariff (uk | {united kingdom} | {britain}))");
  EXPECT_EQ(widened("tariff (uk OR japan)", kLines),
            "(tariff ((uk | {united kingdom} | {britain}) | japan))");
}

TEST(Synonyms, leave_alone_what_is_quoted_excluded_or_not_theirs) {
  for (const char* typed : {"\"uk\"",
                            "\"united kingdom\"",
                            "-uk japan",
                            "britain* x",
                            "source:uk",
                            "uk NEAR/3 japan",
                            "european union",
                            "united OR kingdom",
                            "united +kingdom",
                            "kingdom united",
                            ""})
    EXPECT_EQ(widened(typed, kLines), "") << typed;
  EXPECT_EQ(widened("uk", ""), "");
}

TEST(Synonyms, of_a_title_are_looked_for_in_titles) {
  TextAnalyzer analyzer;
  const QueryOptions options{MatchMode::all, {"en"}, false};
  const QueryPlan plan = parse_query("title:eu", options, analyzer).value();
  const auto wide =
      with_synonyms(plan.root, "title:eu", synonyms_of("eu => union"), options, analyzer);
  ASSERT_TRUE(wide);
  const QueryNode& other = wide->children.at(0).children.at(1);
  EXPECT_EQ(other.field, Field::title);
  EXPECT_THAT(other.terms, ElementsAre("Sunion"));
}

TEST(Synonyms, tell_which_lines_are_left_out) {
  std::vector<SynonymFault> faults;
  const Synonyms read =
      Synonyms::read("uk\n\na, ,b\nx => \n1 2 3 4 5 6 7 8 9, z\nuk, gb\n", faults);
  ASSERT_EQ(faults.size(), 4U);
  EXPECT_EQ(faults[0].line, 1U);
  EXPECT_THAT(faults[0].message, HasSubstr("one name alone"));
  EXPECT_EQ(faults[1].line, 3U);
  EXPECT_EQ(faults[2].line, 4U);
  EXPECT_EQ(faults[3].line, 5U);
  ASSERT_NE(read.rules_for("uk"), nullptr);
  EXPECT_THAT(read.rules_for("uk")->at(0).others, ElementsAre("gb"));
}

TEST(Synonyms, add_no_more_than_a_query_can_bear) {
  std::string lines;
  for (int i = 0; i < 40; ++i) {
    lines += "w" + std::to_string(i);
    for (int j = 0; j < 20; ++j)
      lines += ", one two three four five six seven s" + std::to_string(i * 20 + j);
    lines += '\n';
  }
  std::string typed;
  for (int i = 0; i < 40; ++i)
    typed += "w" + std::to_string(i) + ' ';
  const std::string wide = widened(typed.c_str(), lines);
  EXPECT_LE(std::count(wide.begin(), wide.end(), '{'), 4);
  EXPECT_THAT(wide, HasSubstr("{one two three four five six seven s0}"));
}

TEST(SynonymFile, is_read_again_when_it_changes) {
  const tests::TempDir folder;
  const auto path = folder.path() / "synonyms.txt";
  std::vector<std::string> complaints;
  SynonymFile file(path, [&](const std::string& message) { complaints.push_back(message); });
  EXPECT_TRUE(file.current()->is_empty());
  std::ofstream(path) << "uk, britain\nalone\n";
  EXPECT_NE(file.current()->rules_for("uk"), nullptr);
  EXPECT_THAT(complaints, ElementsAre(HasSubstr("line 2: one name alone; left out")));
  EXPECT_NE(file.current()->rules_for("uk"), nullptr);
  EXPECT_EQ(complaints.size(), 1U) << "told once";
  std::ofstream(path) << "eu, union\n";
  std::filesystem::last_write_time(
      path, std::filesystem::last_write_time(path) + std::chrono::seconds(2));
  EXPECT_EQ(file.current()->rules_for("uk"), nullptr);
  EXPECT_NE(file.current()->rules_for("eu"), nullptr);
  std::filesystem::remove(path);
  EXPECT_TRUE(file.current()->is_empty());
}

TEST(Synonyms, find_more_and_rank_below_what_was_typed) {
  const tests::TempDir folder;
  auto reader = tests::reader_of(
      folder, {"britain and tariff", "uk and tariff", "united kingdom tariff", "united states"});
  TextAnalyzer analyzer;
  const QueryOptions options{MatchMode::all, {"en"}, false};
  const QueryPlan plan = parse_query("uk", options, analyzer).value();
  const auto wide = with_synonyms(plan.root, "uk", synonyms_of(kLines), options, analyzer);
  ASSERT_TRUE(wide);
  for (const MatchMode match : {MatchMode::all, MatchMode::any}) {
    EXPECT_EQ(tests::found(*reader, *wide, match), (std::set<DocId>{0, 1, 2}));
    const std::vector<QueryNode> filters;
    auto ranked = reader->run({.root = *wide, .match = match, .filters = filters, .walk_up_to = 0});
    ASSERT_EQ(ranked->docs.size(), 3U);
    EXPECT_EQ(ranked->docs.front().doc, 101U) << "britain is as rare, but was not typed";
  }
}

}  // namespace
}  // namespace broadsheet::server
