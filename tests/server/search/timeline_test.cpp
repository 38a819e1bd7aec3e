// What a timeline tells of articles given in order.
#include "server/search/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/time.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

StoredArticle report(const std::string& id, const std::string& title, const std::string& body) {
  StoredArticle stored;
  stored.article.id = id;
  stored.article.title = title;
  stored.article.body = body;
  stored.article.language = "en";
  stored.article.published = parse_timestamp("2025-04-18T10:00:00Z");
  return stored;
}

std::vector<TimelineEntry> told(std::vector<StoredArticle> articles,
                                std::optional<std::int64_t> since = std::nullopt) {
  TextAnalyzer analyzer;
  return timeline_of(analyzer, std::move(articles), since);
}

Additions additions_of(const std::string& body, const std::string& language = "en") {
  StoredArticle stored = report("a", "", body);
  stored.article.language = language;
  return told({stored}).at(0).adds;
}

TEST(Timeline, tells_what_was_not_said_before) {
  const auto entries = told(
      {report("a", "Talks begin", "Ryosei Akazawa met Scott Bessent over the 25 percent duty."),
       report("b", "Talks go on", "Scott Bessent spoke of 25 percent, and of 10 percent."),
       report("c", "Talks end", "Shigeru Ishiba: “We have not agreed on anything yet.”")});
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_THAT(entries[0].adds.names, ElementsAre("Ryosei Akazawa", "Scott Bessent"));
  EXPECT_THAT(entries[0].adds.numbers, ElementsAre("25 percent"));
  EXPECT_THAT(entries[1].adds.names, IsEmpty());
  EXPECT_THAT(entries[1].adds.numbers, ElementsAre("10 percent"));
  EXPECT_THAT(entries[2].adds.names, ElementsAre("Shigeru Ishiba"));
  EXPECT_THAT(entries[2].adds.quotes, ElementsAre("We have not agreed on anything yet."));
}

TEST(Timeline, folds_near_duplicates_into_the_first) {
  std::vector<StoredArticle> reports = {
      report("a", "", "The 25 percent duty."), report("b", "", "x"), report("c", "", "y")};
  reports[0].duplicate_group = 7;
  reports[2].duplicate_group = 7;
  const auto entries = told(reports);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_THAT(entries[0].repeats, ElementsAre("c"));
  EXPECT_EQ(entries[1].article.article.id, "b");
}

TEST(Timeline, since_leaves_out_but_does_not_forget) {
  std::vector<StoredArticle> reports = {report("a", "", "It was 40 ships."),
                                        report("b", "", "It was 40 ships and 90 crew."),
                                        report("undated", "", "Later.")};
  reports[0].article.published = parse_timestamp("2025-04-17T10:00:00Z");
  reports[2].article.published.reset();
  const auto entries = told(reports, parse_timestamp("2025-04-18T00:00:00Z")->seconds);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].article.article.id, "b");
  EXPECT_THAT(entries[0].adds.numbers, ElementsAre("90 crew"));
}

TEST(Additions, numbers_have_their_sign_or_what_they_count) {
  EXPECT_THAT(
      additions_of("It cost $3.5 billion, or 12% of it; €40 and 7 of 19 towns in 2019.").numbers,
      ElementsAre("$3.5 billion", "12%", "€40", "19 towns"));
}

TEST(Additions, names_are_rows_of_capitals_but_no_headings) {
  EXPECT_THAT(
      additions_of(
          "The Bank of Corran and Jean-Luc Moreau met in Corran. They, the U.S. Treasury and Élise "
          "Noël. The rest left.")
          .names,
      ElementsAre("Jean-Luc Moreau", "U.S. Treasury", "Élise Noël"));
  EXPECT_THAT(told({report("a", "Town Closes Its Harbour Bridge for a Year", "It is unsafe.")})[0]
                  .adds.names,
              IsEmpty());
  EXPECT_THAT(additions_of("ALL THAT WAS SAID IN THE TOWN HALL LAST NIGHT").names, IsEmpty());
}

TEST(Additions, quotes_are_whole_and_long_enough) {
  const auto quotes =
      additions_of("He said \"no\". \"We will see each other again,\" she said, and left. “Never")
          .quotes;
  EXPECT_THAT(quotes, ElementsAre("We will see each other again"));
  EXPECT_THAT(additions_of("首相は「包括的な関税合意には達していない」と述べた。", "ja").quotes,
              ElementsAre("包括的な関税合意には達していない"));
}

TEST(Additions, are_five_of_a_kind_at_most) {
  std::string body;
  for (int i = 11; i < 30; ++i)
    body += std::to_string(i) + " ships. ";
  EXPECT_EQ(additions_of(body).numbers.size(), kMostAdditions);
  // Those that were left out were said all the same.
  const auto entries = told({report("a", "", body), report("b", "", "29 ships.")});
  EXPECT_THAT(entries[1].adds.numbers, IsEmpty());
}

TEST(Additions, survive_any_bytes) {
  const std::string bytes =
      "\xff\xfe 12\xff 5 \"\xf0\x9f four more words \" « » “” A\xc3 B\xc3\x89";
  (void)additions_of(bytes);
  (void)additions_of("");
  std::string open_marks;
  for (int i = 0; i < 1'000'000; ++i)
    open_marks += "“";
  EXPECT_THAT(additions_of(open_marks).quotes, IsEmpty());
  (void)additions_of("$", "xx");
}

}  // namespace
}  // namespace broadsheet::server
