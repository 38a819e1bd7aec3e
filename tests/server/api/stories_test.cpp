// Stories over a stub: shapes, where a merged one is, what is refused. What a timeline tells is
// proved in tests/server/search/, the whole road in tests/e2e/stories_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;

Request ask(const std::string& what = "", std::vector<NameValue> params = {}) {
  return get_one("/v1/stories/st_1" + what, "st_1", std::move(params));
}

Request ask_by_route(std::string_view pattern, std::string query) {
  Request request = ask();
  request.pattern = pattern;
  request.query = std::move(query);
  return request;
}

std::string location_of(const Response& response) {
  for (const NameValue& header : response.headers) {
    if (header.name == "Location") return header.value;
  }
  return "";
}

TEST(StoryReply, is_the_story_and_a_page_of_its_articles) {
  Stub stub;
  const Response response = story(stub.backend(), ask("", {{"limit", "5"}}));
  ASSERT_EQ(response.status, 200);
  const Json answer = json_of(response);
  EXPECT_EQ(answer["story"].dump(),
            R"({"id":"st_1","title":"Talks","kicker":"Japan-U.S.","first":"2025-06-17T09:30:00Z",)"
            R"("last":"2025-06-18T09:30:00Z","articles":2})");
  EXPECT_EQ(answer["articles"][0]["id"], "20250418-japan-talks");
  EXPECT_FALSE(answer["articles"][0].contains("snippet"));
  EXPECT_EQ(answer["next_cursor"], "c1");
  ASSERT_EQ(stub.searches.size(), 1U);
  const SearchRequest& asked = stub.searches[0];
  EXPECT_EQ(asked.sort, Sort::newest);
  EXPECT_EQ(asked.limit, 5);
  EXPECT_EQ(asked.clock, kNow);
  ASSERT_EQ(asked.filters.size(), 1U);
  EXPECT_THAT(asked.filters[0].values, ElementsAre("st_1"));
}

TEST(StoryReply, of_a_merged_story_names_the_heir) {
  Stub stub;
  stub.story->merged_into = "st_2";
  stub.timeline->story.merged_into = "st_2";
  const Response page = story(stub.backend(), ask_by_route("/v1/stories/{id}", ""));
  EXPECT_EQ(page.status, 301);
  EXPECT_EQ(page.body, "");
  EXPECT_EQ(location_of(page), "/v1/stories/st_2");
  const Response told =
      timeline(stub.backend(), ask_by_route("/v1/stories/{id}/timeline", "since=1d&x=%26"));
  EXPECT_EQ(told.status, 301);
  EXPECT_EQ(location_of(told), "/v1/stories/st_2/timeline?since=1d&x=%26");
  EXPECT_TRUE(stub.searches.empty());
}

TEST(StoryReply, is_404_without_a_story_or_an_article_to_show) {
  Stub stub;
  // Nothing new is an answer.
  stub.timeline->entries.clear();
  EXPECT_EQ(timeline(stub.backend(), ask("/timeline", {{"since", "1d"}})).status, 200);
  stub.found->hits.clear();
  stub.timeline = fail(ErrorCode::not_found, "none");
  for (const char* cursor : {"", "c"})
    EXPECT_EQ(story(stub.backend(), ask("", {{"cursor", cursor}})).status, 404) << cursor;
  for (const char* since : {"", "1d"})
    EXPECT_EQ(timeline(stub.backend(), ask("/timeline", {{"since", since}})).status, 404) << since;
  stub.story = fail(ErrorCode::not_found, "none");
  const Response none = story(stub.backend(), ask());
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(json_of(none)["detail"], "There is no story with the id st_1.");
}

TEST(StoryReply, names_what_is_wrong) {
  Stub stub;
  EXPECT_EQ(json_of(story(stub.backend(), ask("", {{"limit", "0"}})))["param"], "limit");
  const Response since = timeline(stub.backend(), ask("/timeline", {{"since", "soon"}}));
  EXPECT_EQ(since.status, 400);
  EXPECT_EQ(json_of(since)["param"], "since");
  EXPECT_TRUE(stub.asked.empty());
}

TEST(StoryReply, tells_the_timeline) {
  Stub stub;
  const Response response =
      timeline(stub.backend(), ask("/timeline", {{"since", "2025-06-18T00:00:00Z"}}));
  ASSERT_EQ(response.status, 200);
  const Json answer = json_of(response);
  const Json& entry = answer["entries"][0];
  EXPECT_EQ(entry["id"], "20250418-japan-talks");
  EXPECT_EQ(entry["repeats"].dump(), R"(["copy"])");
  EXPECT_EQ(entry["adds"].dump(),
            R"({"numbers":["25 %"],"names":["Ryosei Akazawa"],)"
            R"("quotes":["no deal has been reached"]})");
  EXPECT_EQ(answer["until"], "2025-06-18T09:30:00Z");
  EXPECT_EQ(answer["cut"], false);
  ASSERT_EQ(stub.timeline_requests.size(), 1U);
  EXPECT_EQ(stub.timeline_requests[0].since, kNow - 34'200);
}

}  // namespace
}  // namespace broadsheet::server
