// Completions over a stub: both forms, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

Response ask(Stub& stub, std::vector<NameValue> params) {
  return suggest(stub.backend(), get("/v1/suggest", std::move(params)));
}

TEST(Suggest, tells_texts_kinds_and_the_articles_of_headlines) {
  Stub stub;
  const Response response = ask(stub, {{"q", "jap"}, {"limit", "4"}});
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(json_of(response).dump(),
            R"({"suggestions":[{"text":"Japan-U.S.","kind":"kicker","id":null},)"
            R"({"text":"Talks \"open\"","kind":"headline","id":"a1"}]})");
  ASSERT_EQ(stub.suggest_requests.size(), 1U);
  EXPECT_EQ(stub.suggest_requests[0].text, "jap");
  EXPECT_EQ(stub.suggest_requests[0].limit, 4);
  EXPECT_EQ(stub.suggest_requests[0].clock, kNow);
}

TEST(Suggest, speaks_opensearch) {
  Stub stub;
  const Response response = ask(stub, {{"q", "jap"}, {"format", "opensearch"}});
  EXPECT_EQ(response.content_type, "application/x-suggestions+json");
  EXPECT_EQ(json_of(response).dump(),
            R"(["jap",["Japan-U.S.","Talks \"open\""],["kicker","headline"]])");
}

TEST(Suggest, refuses_what_it_does_not_know) {
  Stub stub;
  EXPECT_EQ(ask(stub, {{"limit", "21"}}).status, 400);
  EXPECT_EQ(ask(stub, {{"format", "xml"}}).status, 400);
  EXPECT_EQ(ask(stub, {{"query", "jap"}}).status, 400);
  EXPECT_TRUE(stub.suggest_requests.empty());
}

}  // namespace
}  // namespace broadsheet::server
