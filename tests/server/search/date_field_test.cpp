// Windows over the three times of an article, day-only dates in other zones, and the order of first
// sight.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/search/histogram.h"
#include "tests/support/newsroom.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using tests::article_named;
using tests::Newsroom;

std::vector<std::string> ids(const SearchResponse& response) {
  std::vector<std::string> all;
  for (const Hit& hit : response.hits)
    all.push_back(hit.article.article.id);
  return all;
}

std::int64_t at(const char* text) {
  return parse_timestamp(text)->seconds;
}

SearchRequest within(DateField field, const char* from, const char* to) {
  return {.window = {at(from), at(to)}, .dates = {field, std::nullopt}};
}

class Dates : public testing::Test {
 protected:
  Dates() {
    Article updated = article_named("updated", "2025-04-01T10:00:00Z");
    updated.updated = parse_timestamp("2025-05-01T10:00:00Z");
    newsroom_.add({updated, article_named("plain", "2025-04-02T10:00:00Z")},
                  at("2025-06-01T00:00:00Z"));
    newsroom_.add({article_named("late", "2020-01-01"), article_named("undated", "")},
                  at("2025-07-01T00:00:00Z"));
  }

  Newsroom newsroom_;
};

TEST_F(Dates, windows_go_by_the_field_asked_for) {
  EXPECT_THAT(ids(newsroom_.search(
                  within(DateField::published, "2025-04-02T00:00:00Z", "2025-06-02T00:00:00Z"))),
              ElementsAre("plain"));
  EXPECT_THAT(ids(newsroom_.search(
                  within(DateField::updated, "2025-04-01T00:00:00Z", "2025-06-02T00:00:00Z"))),
              ElementsAre("updated"));
  EXPECT_THAT(ids(newsroom_.search(
                  within(DateField::ingested, "2025-07-01T00:00:00Z", "2025-07-01T00:00:01Z"))),
              UnorderedElementsAre("late", "undated"));
  EXPECT_THAT(ids(newsroom_.search(
                  within(DateField::ingested, "2025-06-02T00:00:00Z", "2025-06-30T00:00:00Z"))),
              IsEmpty());
}

TEST_F(Dates, totals_and_ranked_lists_keep_to_the_window_too) {
  SearchRequest request =
      within(DateField::ingested, "2025-07-01T00:00:00Z", "2025-07-02T00:00:00Z");
  request.query = "body";
  const auto found = newsroom_.search(request);
  EXPECT_THAT(ids(found), UnorderedElementsAre("late", "undated"));
  EXPECT_EQ(found.total.value, 2U);
}

TEST_F(Dates, histograms_go_by_the_field_too) {
  SearchRequest request{.dates = {DateField::ingested, std::nullopt}, .histogram = Interval::month};
  const auto found = newsroom_.search(request);
  ASSERT_EQ(found.histogram->buckets.size(), 2U);
  EXPECT_EQ(found.histogram->buckets[0].start, "2025-06-01");
  EXPECT_EQ(found.histogram->buckets[1].count, 2U);
}

TEST(DayOnlyDates, are_in_the_window_of_their_own_day_in_every_zone) {
  Newsroom newsroom;
  newsroom.add({article_named("before", "2025-04-17"),
                article_named("day", "2025-04-18"),
                article_named("after", "2025-04-19"),
                article_named("midnight", "2025-04-18T00:00:00Z")},
               at("2025-06-01T00:00:00Z"));
  for (const char* name : {"America/Los_Angeles", "UTC", "Pacific/Auckland", "+05:30"}) {
    const TimeZone zone = *TimeZone::find(name);
    SearchRequest request;
    request.window = {zone.start_of_day({2025, 4, 18}), zone.start_of_day({2025, 4, 19})};
    request.dates.days = TimeWindow{first_day_from(*request.window.from, zone),
                                    first_day_from(*request.window.to, zone)};
    const auto found = ids(newsroom.search(request));
    EXPECT_THAT(found, testing::Contains("day")) << name;
    EXPECT_THAT(found, testing::Not(testing::Contains("before"))) << name;
    EXPECT_THAT(found, testing::Not(testing::Contains("after"))) << name;
    const bool is_west = std::string(name) == "America/Los_Angeles";
    EXPECT_EQ(found.size(), is_west ? 1U : 2U) << name;
  }
}

class FirstSight : public testing::Test {
 protected:
  FirstSight() {
    for (int i = 0; i < 7; ++i) {
      newsroom_.add({article_named("a" + std::to_string(i),
                                   "2025-04-1" + std::to_string(9 - i) + "T10:00:00Z")},
                    kSeen + i / 2);
    }
  }

  static SearchRequest feed(const std::string& query = "") {
    return {.query = query,
            .match = MatchMode::all,
            .sort = Sort::newest,
            .by_first_seen = true,
            .limit = 3};
  }

  std::vector<std::string> all_pages(SearchRequest request) {
    std::vector<std::string> all;
    do {
      const auto page = newsroom_.search(request);
      EXPECT_EQ(page.position, all.size());
      for (const std::string& id : ids(page))
        all.push_back(id);
      request.cursor = page.next_cursor;
    } while (!request.cursor.empty());
    return all;
  }

  static constexpr std::int64_t kSeen = 1'750'000'000;
  Newsroom newsroom_;
};

TEST_F(FirstSight, last_seen_comes_first_equal_ones_by_publication) {
  EXPECT_THAT(all_pages(feed()), ElementsAre("a6", "a4", "a5", "a2", "a3", "a0", "a1"));
}

TEST_F(FirstSight, an_update_moves_nothing) {
  Article changed = article_named("a1", "2025-04-18T10:00:00Z");
  changed.body = "Another body.";
  newsroom_.add({changed}, kSeen + 100);
  EXPECT_THAT(all_pages(feed()), ElementsAre("a6", "a4", "a5", "a2", "a3", "a0", "a1"));
}

TEST_F(FirstSight, phrases_are_judged_as_far_as_the_page_needs) {
  EXPECT_THAT(all_pages(feed("\"body of a3\"")), ElementsAre("a3"));
  EXPECT_THAT(all_pages(feed("\"body of\"")),
              ElementsAre("a6", "a4", "a5", "a2", "a3", "a0", "a1"));
}

TEST_F(FirstSight, a_later_copy_is_no_new_item) {
  Article first = article_named("first", "2025-04-01");
  first.body =
      "The council said on Monday that the library opens in May and that readers had "
      "asked for longer hours at the desk near the old harbour for many years.";
  Article copy = first;
  copy.id = "copy";
  newsroom_.add({first}, kSeen + 50);
  newsroom_.add({copy}, kSeen + 60);
  SearchRequest request = feed("library");
  EXPECT_THAT(ids(newsroom_.search(request)), ElementsAre("first"));
  request.collapse = Collapse::none;
  EXPECT_THAT(ids(newsroom_.search(request)), ElementsAre("copy", "first"));
}

}  // namespace
}  // namespace broadsheet::server
