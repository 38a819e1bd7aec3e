// The finished list over a stub: its shape, what is passed on, what is refused. Which articles are
// in it is proved in tests/server/search/read_next_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

Request get_list(std::vector<NameValue> params = {}) {
  return get_one("/v1/articles/x/read_next", "x", std::move(params));
}

TEST(ReadNextReply, has_the_shape_that_pages_show) {
  Stub stub;
  const Response response = read_next(stub.backend(), get_list());
  ASSERT_EQ(response.status, 200);
  const Json list = json_of(response);
  EXPECT_EQ(list["article"]["id"], "20250418-japan-talks");
  EXPECT_EQ(list["items"].dump(),
            R"([{"time":null,"kicker":"Trade","summary":"A sentence.","id":"older","url":null,)"
            R"("title":"Older","published":"2025-04-01","source":null,"relation":"same_story",)"
            R"("slot":"background","why":"the same talks","pinned":false}])");
  EXPECT_EQ(list["short"], "nothing else");
  EXPECT_EQ(list["index"]["seq"], 9);
}

TEST(ReadNextReply, asks_for_the_article_by_its_own_id) {
  Stub stub;
  (void)read_next(stub.backend(), get_list({{"limit", "3"}, {"exclude", "a,b"}}));
  EXPECT_THAT(stub.asked, testing::ElementsAre("x", "20250418-japan-talks"));
  ASSERT_EQ(stub.read_next_requests.size(), 1U);
  EXPECT_EQ(stub.read_next_requests[0].limit, 3);
  EXPECT_THAT(stub.read_next_requests[0].exclude, testing::ElementsAre("a", "b"));
  EXPECT_EQ(stub.read_next_requests[0].clock, kNow);
}

TEST(ReadNextReply, names_what_is_wrong) {
  for (const NameValue& param : std::vector<NameValue>{
           {"limit", "0"}, {"limit", "21"}, {"limit", "many"}, {"relation", "update"}}) {
    Stub stub;
    const Response response = read_next(stub.backend(), get_list({param}));
    EXPECT_EQ(response.status, 400) << param.name << "=" << param.value;
    EXPECT_EQ(json_of(response)["param"], param.name);
    EXPECT_TRUE(stub.read_next_requests.empty());
  }
}

TEST(ReadNextReply, is_known_to_a_client_that_has_it) {
  Stub stub;
  const Response first = read_next(stub.backend(), get_list());
  Request again = get_list();
  for (const NameValue& header : first.headers) {
    if (header.name == "ETag") again.headers = {{"if-none-match", header.value}};
  }
  ASSERT_FALSE(again.headers.empty());
  stub.index = stub.list->index;
  EXPECT_EQ(read_next(stub.backend(), again).status, 304);
}

}  // namespace
}  // namespace broadsheet::server
