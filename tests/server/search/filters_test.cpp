// Parameters beside the query: lists of labels, windows in a reader's own zone, recency.
#include "server/search/filters.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// 2025-06-18T09:30:00Z, a Wednesday.
constexpr std::int64_t kNow = 1'750'239'000;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kMidnight = kNow - 9 * kHour - kHour / 2;
constexpr std::int64_t kDay = 86'400;

TimeZone zone(const char* name) {
  return TimeZone::find(name).value();
}

TEST(filters, split_a_list_at_commas_but_not_at_escaped_ones) {
  const auto filters = parse_filter_values(Field::tag, {R"(war, a\,b ,,"x")"});
  ASSERT_THAT(filters, SizeIs(1));
  EXPECT_THAT(filters[0].values, ElementsAre("war", "a,b", "\"x\""));
  EXPECT_FALSE(filters[0].excluded);
}

TEST(filters, take_a_backslash_as_itself_unless_a_comma_follows) {
  EXPECT_THAT(split_list(R"(a\\,b,c\d,)"), ElementsAre(R"(a\,b)", R"(c\d)", ""));
}

TEST(filters, exclude_what_has_a_leading_hyphen) {
  const auto filters = parse_filter_values(Field::source, {R"(cnn,-bbc,\-odd)"});
  ASSERT_THAT(filters, SizeIs(2));
  EXPECT_THAT(filters[0].values, ElementsAre("cnn", "-odd"));
  EXPECT_THAT(filters[1].values, ElementsAre("bbc"));
  EXPECT_TRUE(filters[1].excluded);
}

TEST(filters, hold_all_when_a_parameter_is_repeated) {
  EXPECT_THAT(parse_filter_values(Field::tag, {"war", "trade,tariff"}), SizeIs(2));
  EXPECT_THAT(parse_filter_values(Field::tag, {"", " , -"}), IsEmpty());
}

TEST(filters, become_label_nodes_with_folded_terms) {
  const QueryNode node = filter_node({Field::source, {"The  Hill", "the hill", "CNN"}, false});
  EXPECT_EQ(node.kind, NodeKind::label);
  EXPECT_EQ(node.occur, Occur::required);
  EXPECT_THAT(node.terms, ElementsAre("XPthe hill", "XPcnn"));
  EXPECT_EQ(filter_node({Field::tag, {"war"}, true}).occur, Occur::excluded);
}

TEST(filters, name_every_label_field_once) {
  for (const FieldRow& field : kFields) {
    const auto rows = std::count_if(kFilters.begin(), kFilters.end(), [&](const FilterRow& row) {
      return row.field == field.field;
    });
    const bool is_of_queries_alone = field.field == Field::id || field.field == Field::has;
    EXPECT_EQ(rows, field.kind == FieldKind::label && !is_of_queries_alone ? 1 : 0) << field.name;
  }
}

TEST(window, reads_every_form_it_names) {
  struct Bound {
    const char* text;
    std::int64_t from;
    std::int64_t to;
  };

  const Bound bounds[] = {
      {"2025-06-01", kMidnight - 17 * kDay, kMidnight - 16 * kDay},
      {"2025-06-18T09:00:00Z", kNow - 1800, kNow - 1799},
      {"2025-06-18T18:00:00+09:00", kNow - 1800, kNow - 1799},
      {"2025-06-18T18:00:00 09:00", kNow - 1800, kNow - 1799},
      {"2025-06-18T09:00", kNow - 1800, kNow - 1799},
      {"7d", kNow - 7 * kDay, kNow - 7 * kDay},
      {"24h", kNow - kDay, kNow - kDay},
      {"2w", kNow - 14 * kDay, kNow - 14 * kDay},
      {"today", kMidnight, kMidnight + kDay},
      {" yesterday ", kMidnight - kDay, kMidnight},
  };
  for (const Bound& bound : bounds) {
    EXPECT_EQ(parse_window(bound.text, "", kNow, zone("UTC"))->from, bound.from) << bound.text;
    EXPECT_EQ(parse_window("", bound.text, kNow, zone("UTC"))->to, bound.to) << bound.text;
  }
  EXPECT_TRUE(parse_window("", "", kNow, zone("UTC"))->is_open());
}

TEST(window, takes_days_and_bare_times_in_the_readers_zone) {
  const TimeZone tokyo = zone("Asia/Tokyo");
  const auto day = parse_window("2025-06-18", "2025-06-18", kNow, tokyo);
  EXPECT_EQ(day->from, kMidnight - 9 * kHour);
  EXPECT_EQ(day->to, kMidnight + 15 * kHour);
  EXPECT_EQ(parse_window("2025-06-18T18:00:00", "", kNow, tokyo)->from, kNow - 1800);
  // The last Sunday of March 2025 has 23 hours in Berlin.
  const auto spring = parse_window("2025-03-30", "2025-03-30", kNow, zone("Europe/Berlin"));
  EXPECT_EQ(*spring->to - *spring->from, 23 * kHour);
}

TEST(window, refuses_what_is_no_time_and_says_what_is) {
  for (const char* text : {"soon", "2025-02-30", "7", "d", "-7d", "0d", "99999999999d", "7dd"}) {
    const auto window = parse_window(text, "", kNow, zone("UTC"));
    ASSERT_FALSE(window.has_value()) << text;
    EXPECT_EQ(window.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(window.error().message, HasSubstr("from"));
    EXPECT_THAT(window.error().hint, HasSubstr("yesterday"));
  }
  const auto reversed = parse_window("2025-06-02", "2025-06-01", kNow, zone("UTC"));
  ASSERT_FALSE(reversed.has_value());
  EXPECT_THAT(reversed.error().message, HasSubstr("after to"));
}

TEST(recency, knows_presets_and_half_lives) {
  EXPECT_EQ(parse_recency("", "", kNow)->half_life_days, 0);
  EXPECT_EQ(parse_recency("off", "", kNow)->half_life_days, 0);
  EXPECT_EQ(parse_recency("archive", "", kNow)->half_life_days, 365);
  EXPECT_EQ(parse_recency("news", "", kNow)->half_life_days, 7);
  EXPECT_EQ(parse_recency("breaking", "", kNow)->half_life_days, 0.5);
  EXPECT_EQ(parse_recency("news", "36h", kNow)->half_life_days, 1.5);
  EXPECT_EQ(parse_recency("news", "", kNow)->now, kNow);
  EXPECT_EQ(parse_recency("news", "", kNow)->floor, 0.5);
  EXPECT_THAT(parse_recency("fresh", "", kNow).error().hint, HasSubstr("breaking"));
  EXPECT_THAT(parse_recency("", "soon", kNow).error().message, HasSubstr("half_life"));
}

}  // namespace
}  // namespace broadsheet::server
