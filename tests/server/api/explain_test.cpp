// Explaining over a stub: the shape, what is passed on, what is refused. That the numbers are those
// of the ranking is proved in tests/server/search/.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

constexpr const char* kExplained =
    R"({"match":true,"score":6.375,"text_score":8.5,"recency":0.75,"source_weight":1.0,"age_days":7.0,)"
    R"("words":[{"word":"tariff","score":8.5,"title_score":2.25,"occurrences":3,"articles":12}],)"
    R"("missing":["steel"],"failed":[],"sentence":"Has tariff; lacks steel."})";

Request ask(std::vector<NameValue> params = {{"q", "tariff steel"}}) {
  return get_one("/v1/articles/x/explain", "x", std::move(params));
}

TEST(ExplainReply, has_the_numbers_and_how_the_query_was_read) {
  Stub stub;
  const Response response = explain(stub.backend(), ask());
  ASSERT_EQ(response.status, 200);
  const Json answer = json_of(response);
  EXPECT_EQ(answer["query"]["parsed"], "japan AND tariff");
  EXPECT_EQ(answer["article"]["id"], "20250418-japan-talks");
  EXPECT_EQ(answer["rank"], 3);
  EXPECT_EQ(answer["explain"], Json::parse(kExplained));
  EXPECT_EQ(answer["index"]["generation"], 3);
  EXPECT_EQ(answer["partial"], false);
}

TEST(ExplainReply, of_an_article_that_is_not_indexed_yet_says_null) {
  Stub stub;
  stub.explained->explanation.reset();
  stub.explained->rank.reset();
  const Json answer = json_of(explain(stub.backend(), ask()));
  EXPECT_TRUE(answer["explain"].is_null());
  EXPECT_TRUE(answer["rank"].is_null());
}

TEST(ExplainReply, asks_as_a_search_would) {
  Stub stub;
  (void)explain(
      stub.backend(),
      ask({{"q", "steel"}, {"match", "all"}, {"half_life", "3d"}, {"section", "-sport"}}));
  EXPECT_THAT(stub.asked, testing::ElementsAre("x", "20250418-japan-talks"));
  ASSERT_EQ(stub.searches.size(), 1U);
  EXPECT_EQ(stub.searches[0].query, "steel");
  EXPECT_EQ(stub.searches[0].match, MatchMode::all);
  EXPECT_EQ(stub.searches[0].recency.half_life_days, 3);
  ASSERT_EQ(stub.searches[0].filters.size(), 1U);
  EXPECT_TRUE(stub.searches[0].filters[0].excluded);
}

TEST(ExplainReply, names_what_is_wrong) {
  const std::vector<std::vector<NameValue>> wrong = {
      {}, {{"q", ""}}, {{"q", "a"}, {"from", "soon"}}, {{"q", "a"}, {"limit", "3"}}};
  const std::vector<std::string> named = {"q", "q", "from", "limit"};
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    Stub stub;
    const Response response = explain(stub.backend(), ask(wrong[i]));
    EXPECT_EQ(response.status, 400) << named[i];
    EXPECT_EQ(json_of(response)["param"], named[i]);
    EXPECT_TRUE(stub.searches.empty());
  }
}

TEST(ExplainReply, is_refused_for_what_may_not_be_seen) {
  Stub stub;
  stub.stored->article.status = broadsheet::Status::killed;
  EXPECT_EQ(explain(stub.backend(), ask()).status, 410);
  stub.stored = fail(ErrorCode::not_found, "none");
  EXPECT_EQ(explain(stub.backend(), ask()).status, 404);
  EXPECT_TRUE(stub.searches.empty());
}

TEST(ExplainReply, stands_beside_hits_that_were_asked_to_explain) {
  Stub stub;
  const Json plain = json_of(search(stub.backend(), get("/v1/search", {{"q", "a"}})));
  EXPECT_FALSE(stub.searches[0].explain);
  EXPECT_FALSE(plain["hits"][0].contains("explain"));
  stub.found->hits[0].explanation = sample_explanation();
  const Json told =
      json_of(search(stub.backend(), get("/v1/search", {{"q", "a"}, {"explain", "true"}})));
  EXPECT_TRUE(stub.searches[1].explain);
  EXPECT_EQ(told["hits"][0]["explain"], Json::parse(kExplained));
}

}  // namespace
}  // namespace broadsheet::server
