// Links, the finished list and drafts from the real programs, with what a client may send of
// drafts.
#include <map>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kStory =
    R"({"id":"talks","title":"Japan and U.S. open tariff talks","published":"2025-04-18T10:00:00+09:00","section":"world","body":"Envoys of Japan and the United States met in Washington for tariff talks on cars. Minister Akazawa said the tariff on vehicles hurt both sides. A second round of tariff talks is planned for May."})"
    "\n"
    R"({"id":"round-two","title":"Second round of tariff talks ends without deal","published":"2025-05-02T13:26:00+09:00","body":"Akazawa left Washington after a second round of tariff talks without a deal on cars. Japan wants the tariff on vehicles lifted, and envoys will meet again before the leaders do."})"
    "\n"
    R"({"id":"day","title":"Tokyo prepares for tariff talks on cars","published":"2025-04-16","body":"Japan sends Akazawa to Washington for tariff talks. Makers of vehicles fear the tariff on cars will cost them dearly this year."})"
    "\n";

TEST(Related, TheFinishedListIsReadyToBeShown) {
  Archive archive;
  archive.add(kStory + made_articles(0, 10));
  Server server(archive.path());
  const Answer answer = server.client().get("/v1/articles/talks/read_next");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const Json read = answer.json();
  EXPECT_EQ(read["article"]["id"], "talks");
  std::map<std::string, Json> items;
  for (const Json& item : read["items"])
    items[item["id"]] = item;
  ASSERT_TRUE(items.contains("round-two")) << answer.body;
  EXPECT_EQ(items["round-two"]["time"], "13:26") << "in its own zone";
  EXPECT_THAT(items["round-two"]["why"].get<std::string>(), HasSubstr("weeks later"));
  ASSERT_TRUE(items.contains("day")) << answer.body;
  EXPECT_EQ(items["day"]["time"], nullptr);
  EXPECT_EQ(items["day"]["published"], "2025-04-16");
  for (const auto& [id, item] : items) {
    EXPECT_TRUE(item["summary"].is_string()) << id;
    EXPECT_NE(item["summary"], item["title"]);
    EXPECT_TRUE(item["kicker"].is_string()) << id << " has one: " << item.dump();
  }
  EXPECT_EQ(server.client().get("/v1/articles/nobody/read_next").status, 404);
  EXPECT_EQ(server.client().get("/v1/articles/talks/read_next?limit=0").status, 400);
  ASSERT_EQ(archive.index({"withdraw", "talks", "--reason", "No."}).status, 0);
  EXPECT_EQ(server.client().get("/v1/articles/talks/read_next").status, 410);
}

TEST(Related, ADraftMayBeAnything) {
  Archive archive;
  archive.add(kStory + made_articles(0, 10));
  Server server(archive.path());
  const auto ask = [&](const Json& body) {
    return server.client().post("/v1/related", body.dump());
  };

  EXPECT_EQ(ask({{"text", "Akazawa"}}).json()["links"].size(), 3U);
  EXPECT_EQ(ask({{"text", "\u0410\u043a\u0430\u0434\u0437\u0430\u0432\u0430"}}).status, 200);
  std::string four_megabytes;
  while (four_megabytes.size() < 4'000'000)
    four_megabytes += "Tariff talks on cars, said Akazawa. ";
  const Answer large = ask({{"text", four_megabytes}});
  ASSERT_EQ(large.status, 200) << large.body;
  EXPECT_THAT(large.body, HasSubstr("only the first 64 kB of the text were read"));
  EXPECT_EQ(ask({{"text", std::string(9'000'000, 'x')}}).status, 413);
  EXPECT_EQ(ask({{"text", "  "}}).status, 400);
  EXPECT_EQ(server.client().get("/v1/search?q=harvest").status, 200) << "all is well";
  expect_no_findings(server.stop().err);
}

TEST(Related, ADraftInHtmlGetsSpansOfWhatWasSent) {
  Archive archive;
  archive.add(kStory + made_articles(0, 10));
  Server server(archive.path());
  const std::string text =
      "<p>Caf\u00e9 &amp; more: the <b>tariff talks</b> went on in Washington.</p>";
  const Json answer =
      server.client().post("/v1/related", Json{{"text", text}, {"anchors", true}}.dump()).json();
  ASSERT_EQ(answer["anchors"].size(), 1U) << answer.dump();
  const Json& anchor = answer["anchors"][0];
  EXPECT_EQ(anchor["text"], "tariff talks");
  EXPECT_EQ(anchor["span"], Json({27, 12}));
  EXPECT_EQ(anchor["span_utf16"], Json({27, 12}));
}

TEST(Related, ADraftThatIsThereAlreadyIsMarked) {
  Archive archive;
  archive.add(kStory + made_articles(0, 10));
  Server server(archive.path());
  const std::string body =
      Json::parse(std::string(kStory).substr(0, std::string(kStory).find('\n')))["body"];
  const Json answer = server.client().post("/v1/related", Json{{"text", body}}.dump()).json();
  const Json& first = answer["links"][0];
  EXPECT_EQ(first["id"], "talks");
  EXPECT_EQ(first["relation"], "duplicate");
  EXPECT_EQ(first["covered"]["share"], 1);
  EXPECT_EQ(first["covered"]["passages"][0]["draft"], first["covered"]["passages"][0]["article"]);
}

}  // namespace
}  // namespace broadsheet::tests
