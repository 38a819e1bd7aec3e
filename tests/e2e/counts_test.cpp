// Counts and feeds through the two real programs: how they follow what is added and taken down, and
// that a feed's items outlive a rebuild.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using ::testing::Not;
using ::testing::StartsWith;

Json counts(Server& server, const std::string& facet, const std::string& parameters) {
  Json counts = Json::object();
  const Json answer = server.search(parameters);
  for (const Json& value : answer["facets"][facet])
    counts[value["value"].get<std::string>()] = value["count"];
  return counts;
}

Json feed(Server& server, const std::string& parameters) {
  const Answer answer = server.client().get("/v1/feed.json?" + parameters);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.headers.at("content-type"), StartsWith("application/feed+json"));
  return answer.json();
}

TEST(Counts, FollowWhatIsAddedAndTakenDown) {
  Archive archive;
  archive.add(made_articles(0, 30));
  Server server(archive.path());
  const std::string all = "limit=0&facets=section,source&histogram=day";
  EXPECT_EQ(counts(server, "section", all), (Json{{"world", 15}, {"sports", 15}}));
  EXPECT_EQ(counts(server, "source", all), (Json{{"north-post", 10}, {"south-post", 20}}));
  archive.add(made_articles(30, 3));
  EXPECT_EQ(counts(server, "section", all), (Json{{"world", 17}, {"sports", 16}}));
  EXPECT_EQ(archive.index({"withdraw", "a0", "--reason", "test"}).status, 0);
  EXPECT_EQ(counts(server, "section", all), (Json{{"world", 16}, {"sports", 16}}));
  const Json answer = server.search("q=harvest&section=world&" + all);
  EXPECT_EQ(answer["total"]["value"], 16);
  EXPECT_EQ(answer["facets"]["section"].size(), 2U);
  EXPECT_EQ(answer["facets"]["source"][0]["name"], "South Post");
  EXPECT_EQ(answer["histogram"]["buckets"],
            Json::parse(R"([{"start":"2025-04-01","count":16,"share":0.5}])"));
  EXPECT_EQ(answer["sampled"], Json::array());
}

TEST(Counts, FeedsKeepIdsAndOrderAcrossARebuild) {
  Archive archive;
  archive.add(made_articles(0, 12));
  Server server(archive.path());
  const Json before = feed(server, "limit=5");
  ASSERT_EQ(before["items"].size(), 5U);
  EXPECT_EQ(before["_opensearch"]["total_results"], 12);
  EXPECT_EQ(archive.index({"rebuild"}).status, 0);
  const Json after = feed(server, "limit=5");
  EXPECT_EQ(after["items"], before["items"]);
  const std::string next = after["next_url"];
  const Json second = feed(server, next.substr(next.find('?') + 1));
  EXPECT_EQ(second["_opensearch"]["start_index"], 6);
  EXPECT_NE(second["items"][0]["id"], after["items"][4]["id"]);
  const Json empty = feed(server, "q=nosuchword");
  EXPECT_EQ(empty["items"], Json::array());
  EXPECT_THAT(empty["_opensearch"]["updated"].get<std::string>(), Not(StartsWith("1970")));
  for (const char* format : {"rss", "atom"}) {
    const Answer answer = server.client().get(std::string("/v1/feed.") + format);
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, StartsWith("<?xml"));
    EXPECT_TRUE(answer.headers.contains("etag"));
  }
}

}  // namespace
}  // namespace broadsheet::tests
