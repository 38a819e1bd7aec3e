// Names of places beside what was typed: which words get them, which do not, and that they raise
// what matches without matching anything.
#include "server/search/place_names.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/search/query.h"
#include "tests/support/small_index.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

// The leaves with their kin behind a colon.
void show(const QueryNode& node, std::vector<std::string>& leaves) {
  for (const QueryNode& child : node.children)
    show(child, leaves);
  for (const QueryNode& operand : node.operands)
    show(operand, leaves);
  if (node.kind == NodeKind::group || node.kind == NodeKind::near) return;
  std::string leaf = node.exact;
  for (const QueryNode& kin : node.kin)
    leaf += ':' + kin.exact;
  leaves.push_back(std::move(leaf));
}

std::vector<std::string> shown(const char* typed,
                               const std::vector<std::string>& languages = {"en"}) {
  TextAnalyzer analyzer;
  std::vector<std::string> leaves;
  show(parse_query(typed, {MatchMode::all, languages}, analyzer)->root, leaves);
  return leaves;
}

TEST(PlaceNames, stand_by_the_other_names_of_a_place) {
  EXPECT_THAT(shown("Japan tariff"), ElementsAre("japan:japanese", "tariff"));
  EXPECT_THAT(shown("+BRITISH OR (steel AND peru)"),
              ElementsAre("british:uk:britain:briton", "steel", "peru:peruvian"));
  EXPECT_THAT(shown("T\u00FCrkiye"), ElementsAre("turkiye:turkey:turkish:turk"));
  EXPECT_THAT(shown("swedes"), ElementsAre("swedes:sweden:swedish"));
}

TEST(PlaceNames, are_of_several_words_where_these_stand_in_a_row) {
  EXPECT_THAT(shown("united states"), ElementsAre("united", "states:america:american:usa"));
  EXPECT_THAT(shown("united arab emirates"), ElementsAre("united", "arab", "emirates:uae:emirati"));
  EXPECT_THAT(shown("viet nam"), ElementsAre("viet", "nam:vietnam:vietnamese"));
  EXPECT_THAT(shown("states united"), ElementsAre("states", "united"));
  EXPECT_THAT(shown("united +states"), ElementsAre("united", "states"));
}

TEST(PlaceNames, do_not_add_what_has_the_stem_of_the_word_typed) {
  EXPECT_THAT(shown("argentine"), ElementsAre("argentine:argentina:argentinian"));
  EXPECT_THAT(shown("philippines"), ElementsAre("philippines:filipino"));
  EXPECT_THAT(shown("philippines", {}), ElementsAre("philippines:filipino:philippine"));
}

TEST(PlaceNames, leave_alone_what_was_meant_to_the_letter) {
  for (const char* typed : {"\"japan\"",
                            "\"japan trade\"",
                            "-japan trade",
                            "-(japan) trade",
                            "title:japan",
                            "japan* x",
                            "japan NEAR/3 trade",
                            "japan-trade",
                            "source:japan",
                            "japanned",
                            ""}) {
    for (const std::string& leaf : shown(typed))
      EXPECT_EQ(leaf.find(':'), std::string::npos) << typed;
  }
}

TEST(PlaceNames, have_the_terms_of_a_word_that_was_typed) {
  TextAnalyzer analyzer;
  const QueryOptions options{MatchMode::all, {"en", "de"}};
  const auto place = parse_query("china", options, analyzer);
  const auto typed = parse_query("chinese", options, analyzer);
  EXPECT_THAT(place->root.children.front().kin.front().terms,
              UnorderedElementsAreArray(typed->root.children.front().terms));
}

// The articles in the order of their ranks.
std::vector<DocId> ranked(IndexReader& reader, const char* typed, MatchMode match) {
  TextAnalyzer analyzer;
  const QueryPlan plan = parse_query(typed, {match, {"en"}}, analyzer).value();
  const std::vector<QueryNode> filters;
  const auto result =
      reader.run({.root = plan.root, .match = match, .filters = filters, .limit = 10});
  std::vector<DocId> docs;
  for (const FoundDoc& found : result->docs)
    docs.push_back(found.doc - 100);
  EXPECT_EQ(result->count.lower, docs.size());
  return docs;
}

TEST(PlaceNames, raise_what_matches_and_match_nothing) {
  const tests::TempDir folder;
  const auto reader = tests::reader_of(folder,
                                       {"japan and its tariff on old cars",
                                        "a japan of japanese cars under tariff",
                                        "japanese cars under tariff",
                                        "japanese cars and other things",
                                        "of steel",
                                        "of cars",
                                        "of other things",
                                        "of nothing"});
  EXPECT_THAT(ranked(*reader, "japan", MatchMode::all), ElementsAre(1, 0));
  EXPECT_THAT(ranked(*reader, "japan tariff", MatchMode::all), ElementsAre(1, 0));
  EXPECT_THAT(ranked(*reader, "japan tariff", MatchMode::any), ElementsAre(1, 0, 2));
  EXPECT_THAT(ranked(*reader, "japan (tariff OR steel)", MatchMode::all), ElementsAre(1, 0));
  EXPECT_THAT(ranked(*reader, "\"japan\" tariff", MatchMode::all), ElementsAre(0, 1));
  EXPECT_THAT(ranked(*reader, "peru", MatchMode::any), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::server
