// Dates and labels in a query: dates narrow the whole query wherever they stand, labels take lists.
#include "server/search/query_dates.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/text.h"
#include "schema/time.h"
#include "server/search/filters.h"
#include "server/search/query.h"

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// 2025-06-18T09:30:00Z, a Wednesday.
constexpr std::int64_t kNow = 1'750'239'000;

QueryPlan parse(std::string_view text, std::string zone = "UTC") {
  TextAnalyzer analyzer;
  QueryOptions options{MatchMode::all, {"en"}, false, kNow, std::move(zone)};
  return parse_query(text, options, analyzer).value();
}

std::string told(const std::optional<std::int64_t>& time) {
  return time ? format_utc(*time) : "open";
}

std::string told(const TimeWindow& window) {
  return told(window.from) + " " + told(window.to);
}

std::string printed(std::string_view text) {
  return describe(parse(text), text, Reading::all_exact);
}

TEST(query_dates, narrow_the_window_of_the_whole_query) {
  struct Dated {
    const char* typed;
    const char* window;
  };

  const Dated cases[] = {
      {"japan", "open open"},
      {"after:2025-04-01", "2025-04-01T00:00:00Z open"},
      {"before:2025-04-01", "open 2025-04-01T00:00:00Z"},
      {"after:2025-04 before:2026", "2025-04-01T00:00:00Z 2026-01-01T00:00:00Z"},
      {"date:2025-04-01..2025-04-18", "2025-04-01T00:00:00Z 2025-04-19T00:00:00Z"},
      {"date:2025-04-18..2025-04-01", "2025-04-01T00:00:00Z 2025-04-19T00:00:00Z"},
      {"date:2025-04-01..", "2025-04-01T00:00:00Z open"},
      {"date:..2025-04-01", "open 2025-04-02T00:00:00Z"},
      {"date:2025-04-01", "2025-04-01T00:00:00Z 2025-04-02T00:00:00Z"},
      {"date:2024-12", "2024-12-01T00:00:00Z 2025-01-01T00:00:00Z"},
      {"date:2024", "2024-01-01T00:00:00Z 2025-01-01T00:00:00Z"},
      {"date:2023..2024-02", "2023-01-01T00:00:00Z 2024-03-01T00:00:00Z"},
      {"when:7d", "2025-06-11T09:30:00Z open"},
      {"WHEN:24H", "2025-06-17T09:30:00Z open"},
      {"when:today", "2025-06-18T00:00:00Z 2025-06-19T00:00:00Z"},
      {"when:yesterday", "2025-06-17T00:00:00Z 2025-06-18T00:00:00Z"},
      {"date:14d..7d", "2025-06-04T09:30:00Z 2025-06-11T09:30:00Z"},
      {"before:7d", "open 2025-06-11T09:30:00Z"},
      {"after:\"2025-04-01 10:00\"", "2025-04-01T10:00:00Z open"},
      {"after:2025-04-01 japan before:2025-05-01", "2025-04-01T00:00:00Z 2025-05-01T00:00:00Z"},
      {"after:2025 before:2024", "2025-01-01T00:00:00Z 2025-01-01T00:00:00Z"},
      {"(japan after:2025) tariff", "2025-01-01T00:00:00Z open"},
  };
  for (const Dated& example : cases) {
    const QueryPlan plan = parse(example.typed);
    EXPECT_EQ(told(plan.window), example.window) << example.typed;
    EXPECT_THAT(plan.warnings, IsEmpty()) << example.typed;
  }
  EXPECT_EQ(told(parse("after:2025-04-01", "Asia/Tokyo").window), "2025-03-31T15:00:00Z open");
}

TEST(query_dates, are_no_words_and_are_printed_last) {
  EXPECT_EQ(printed("after:2025-04-01 Japan"), "japan after:2025-04-01");
  EXPECT_EQ(printed("japan AND after:2025-04-01 AND tariff"), "japan AND tariff after:2025-04-01");
  EXPECT_EQ(printed("after:2025-04-01 AND japan"), "japan after:2025-04-01");
  EXPECT_EQ(printed("When:Today"), "when:today");
  EXPECT_EQ(printed("(after:2025) japan"), "japan after:2025");
}

TEST(query_dates, warn_where_they_would_be_an_alternative_or_excluded) {
  struct Repaired {
    const char* typed;
    const char* parsed;
    const char* warning;
  };

  const Repaired cases[] = {
      {"japan OR after:2025", "japan after:2025", "dates cannot be an alternative"},
      {"after:2025 OR japan", "japan after:2025", "dates cannot be an alternative"},
      {"japan OR (china after:2025)", "japan OR china after:2025", "cannot be an alternative"},
      {"japan OR china AND after:2025", "japan OR china after:2025", "cannot be an alternative"},
      {"japan -after:2025", "japan", "dates cannot be excluded"},
      {"japan NOT (china (tariff after:2025))",
       "japan AND NOT (china AND tariff)",
       "dates cannot be excluded"},
      {"japan -(after:2025)", "japan", "dates cannot be excluded"},
  };
  for (const Repaired& example : cases) {
    const QueryPlan plan = parse(example.typed);
    EXPECT_EQ(describe(plan, example.typed, Reading::all_exact), example.parsed) << example.typed;
    ASSERT_EQ(plan.warnings.size(), 1U) << example.typed;
    EXPECT_THAT(plan.warnings[0].message, HasSubstr(example.warning)) << example.typed;
  }
}

TEST(query_labels, take_lists_quotes_and_every_name_of_the_grammar) {
  const auto terms = [](std::string_view text) { return parse(text).root.children.at(0).terms; };
  EXPECT_THAT(terms("source:cnn,\"The Hill\",bbc"), ElementsAre("XPcnn", "XPthe hill", "XPbbc"));
  EXPECT_THAT(terms("author:\"Roe, Jane\""), ElementsAre("Aroe, jane"));
  EXPECT_THAT(terms("kicker:Japan-U.S."), ElementsAre("XKjapan-u.s."));
  EXPECT_THAT(terms("genre:Opinion"), ElementsAre("XGopinion"));
  EXPECT_THAT(terms("site:www.cnn.com"), ElementsAre("Hcnn.com"));
  EXPECT_THAT(terms("site:https://www.cnn.com/politics"), ElementsAre("Hcnn.com"));
  EXPECT_THAT(terms("story:st_1"), ElementsAre("XCst_1"));
  EXPECT_THAT(terms("id:20250418-japan"), ElementsAre("XI20250418-japan"));
  EXPECT_THAT(terms("has:image,correction"), ElementsAre("XHimage", "XHcorrection"));
  EXPECT_EQ(parse("-source:cnn").root.children.at(0).occur, Occur::excluded);
  EXPECT_THAT(filter_node({Field::site, {"www.bbc.co.uk"}, false}).terms,
              ElementsAre("Hbbc.co.uk"));
}

TEST(query_labels, are_printed_as_lists_that_read_the_same) {
  EXPECT_EQ(printed("source:\"The Hill\",CNN,cnn"), "source:\"the hill\",cnn");
  EXPECT_EQ(printed("author:\u00ABThe \"Doc\"\u00BB"), "author:\u00ABthe \"doc\"\u00BB");
  EXPECT_EQ(printed("author:\"Roe, Jane\""), "author:\"roe, jane\"");
  EXPECT_EQ(printed("source:\"cnn\""), "source:cnn");
}

}  // namespace
}  // namespace broadsheet::server
