// Editors at work on the real programs: pins and blocks reach every list, outlive rebuilds, never
// bring back what was withdrawn, and nothing that was acknowledged is lost.
#include <csignal>
#include <thread>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> ids_in(const Json& answer, const char* list) {
  std::vector<std::string> ids;
  for (const Json& each : answer[list])
    ids.push_back(each["id"]);
  return ids;
}

std::vector<std::string> links(Server& server, const std::string& id = "a4") {
  const Answer answer = server.client().get("/v1/articles/" + id + "/related?limit=20");
  EXPECT_EQ(answer.status, 200) << answer.body;
  return ids_in(answer.json(), "links");
}

std::vector<std::string> list(Server& server, const std::string& id = "a4") {
  const Answer answer = server.client().get("/v1/articles/" + id + "/read_next?limit=20");
  EXPECT_EQ(answer.status, 200) << answer.body;
  return ids_in(answer.json(), "items");
}

Answer put(Server& server, const std::string& target, const std::string& body = "{}") {
  return server.client().send_json("PUT", "/v1/articles/a4/related/" + target, body);
}

TEST(Desk, DecisionsReachTheListsAndOutliveARebuild) {
  Archive archive;
  archive.add(made_articles(0, 12));
  Server server(archive.path());
  ASSERT_THAT(links(server), Contains("a5"));
  EXPECT_EQ(put(server, "pins/a11", R"({"position":1,"reason":"Ours.","by":"J. Roe"})").status,
            201);
  EXPECT_EQ(put(server, "blocks/a5", R"({"both_ways":true})").status, 201);
  const auto expect_decided = [](Server& running) {
    EXPECT_EQ(links(running).front(), "a11");
    EXPECT_EQ(list(running).front(), "a11");
    EXPECT_THAT(links(running), Not(Contains("a5")));
    EXPECT_THAT(list(running), Not(Contains("a5")));
    EXPECT_THAT(links(running, "a5"), Not(Contains("a4"))) << "both ways";
    const Json hits = running.search("q=" + unique_word(4) + "&related=5");
    EXPECT_EQ(hits["hits"][0]["related"][0]["id"], "a11");
    EXPECT_EQ(hits["hits"][0]["related"][0]["pinned"], true);
  };
  expect_decided(server);
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  expect_decided(server);
  EXPECT_EQ(server.stop().status, 0);
  Server again(archive.path());
  expect_decided(again);
  EXPECT_EQ(again.client().request("DELETE", "/v1/articles/a4/related/blocks/a5").status, 200);
  EXPECT_THAT(links(again), Contains("a5"));
  EXPECT_EQ(again.client().request("DELETE", "/v1/articles/a4/related/blocks/a5").status, 404);
  EXPECT_EQ(put(again, "pins/nobody").status, 404);
  expect_no_findings(again.stop().err);
}

TEST(Desk, AWithdrawnArticleIsNotShownByItsPin) {
  Archive archive;
  archive.add(made_articles(0, 8));
  Server server(archive.path());
  ASSERT_EQ(put(server, "pins/a7").status, 201);
  ASSERT_EQ(links(server).front(), "a7");
  ASSERT_EQ(archive.index({"withdraw", "a7", "--reason", "No."}).status, 0);
  EXPECT_THAT(links(server), Not(Contains("a7")));
  EXPECT_THAT(list(server), Not(Contains("a7")));
  ASSERT_EQ(archive.index({"restore-article", "a7"}).status, 0);
  EXPECT_EQ(links(server).front(), "a7") << "the pin has waited";
}

TEST(Desk, PinsInACircleAreEachShown) {
  Archive archive;
  archive.add(made_articles(0, 6));
  Server server(archive.path());
  for (const auto& [from, to] : {std::pair{"a1", "a2"}, {"a2", "a3"}, {"a3", "a1"}, {"a2", "a1"}}) {
    const std::string target =
        "/v1/articles/" + std::string(from) + "/related/pins/" + std::string(to);
    EXPECT_EQ(server.client().send_json("PUT", target, R"({"both_ways":true})").status, 201);
  }
  const auto first = links(server, "a1");
  EXPECT_THAT(std::vector(first.begin(), first.begin() + 2), ElementsAre("a2", "a3"));
  EXPECT_THAT(first, Not(Contains("a1")));
}

TEST(Desk, TwoEditorsAtOnceAreBothAnsweredRightly) {
  Archive archive;
  archive.add(made_articles(0, 6));
  Server server(archive.path());
  constexpr int kRounds = 20;
  std::vector<std::thread> editors;
  for (int editor = 0; editor < 2; ++editor) {
    editors.emplace_back([&server, editor] {
      HttpClient client(server.port());
      for (int i = 0; i < kRounds; ++i) {
        const std::string body = "{\"position\":" + std::to_string(editor * kRounds + i + 1) + "}";
        const Answer answer = client.send_json("PUT", "/v1/articles/a4/related/pins/a5", body);
        EXPECT_TRUE(answer.status == 200 || answer.status == 201) << answer.body;
        EXPECT_EQ(answer.json()["position"], editor * kRounds + i + 1);
        EXPECT_EQ(answer.headers.at("etag"), "\"" + answer.json()["revision"].dump() + "\"");
      }
    });
  }
  for (std::thread& editor : editors)
    editor.join();
  const Json pins = server.client().get("/v1/articles/a4/related/pins").json();
  ASSERT_EQ(pins["decisions"].size(), 1U);
  EXPECT_EQ(pins["decisions"][0]["revision"], 2 * kRounds);
  const Answer late =
      server.client().send_json("PUT", "/v1/articles/a4/related/pins/a5", "{}", "If-Match: \"1\"");
  EXPECT_EQ(late.status, 412) << late.body;
}

TEST(Desk, WhatWasAcknowledgedIsThereAfterAKill) {
  Archive archive;
  archive.add(made_articles(0, 30));
  std::vector<std::string> acknowledged;
  {
    Server server(archive.path());
    for (int i = 10; i < 20; ++i) {
      const std::string other = "a" + std::to_string(i);
      const Answer answer = put(server, "pins/" + other);
      if (answer.status == 201) acknowledged.push_back(other);
    }
    EXPECT_EQ(server.kill().signal, SIGKILL);
  }
  ASSERT_EQ(acknowledged.size(), 10U);
  Server again(archive.path());
  std::vector<std::string> kept;
  const Json pins = again.client().get("/v1/articles/a4/related/pins").json();
  for (const Json& each : pins["decisions"])
    kept.push_back(each["other"]);
  EXPECT_EQ(kept, acknowledged);
}

TEST(Desk, IsClosedWhereOthersCanReachTheServer) {
  Archive archive;
  archive.add(made_articles(0, 6));
  Server server(archive.path(), {"--listen", "0.0.0.0:0"});
  EXPECT_EQ(put(server, "pins/a5").status, 403);
  EXPECT_EQ(server.client().get("/v1/articles/a4/related/pins").status, 403);
  EXPECT_EQ(server.client().get("/v1/feedback").status, 403);
  EXPECT_EQ(server.client()
                .post("/v1/feedback", R"({"article":"a4","id":"a5","verdict":"accept"})")
                .status,
            403);
  EXPECT_THAT(links(server), Not(IsEmpty()));
  EXPECT_FALSE(std::filesystem::exists(archive.path() / "desk.db"));
}

TEST(Desk, FeedbackIsReadAsJudgments) {
  Archive archive;
  archive.add(made_articles(0, 6));
  Server server(archive.path());
  for (const char* body : {R"({"article":"a4","id":"a5","verdict":"accept"})",
                           R"({"article":"a4","id":"a3","verdict":"reject"})",
                           R"({"q":"harvest","id":"a2","verdict":"click"})"}) {
    EXPECT_EQ(server.client().post("/v1/feedback", body).status, 200);
  }
  const Json query =
      Json::parse(server.client().get("/v1/feedback?format=queries").body, nullptr, false);
  EXPECT_EQ(query["text"], "harvest");
  EXPECT_EQ(server.client().get("/v1/feedback?format=qrels").body,
            "a4 0 a3 0\na4 0 a5 1\n" + query["id"].get<std::string>() + " 0 a2 1\n");
}

}  // namespace
}  // namespace broadsheet::tests
