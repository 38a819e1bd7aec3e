// What was: versions of an article, and a mirror that follows the archive by its changes alone.
#include <map>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using ::testing::ElementsAre;

// Articles by id, kept as a mirror would: pages of three, from the last one on.
class Mirror {
 public:
  void follow(Server& server) {
    for (bool is_complete = false; !is_complete;) {
      const Answer answer =
          server.client().get("/v1/changes?limit=3&since=" + std::to_string(since_));
      ASSERT_EQ(answer.status, 200) << answer.body;
      const Json page = Json::parse(answer.body);
      for (const Json& change : page["changes"])
        apply(change);
      is_complete = page["complete"];
      ASSERT_TRUE(is_complete || page["next_since"] > since_) << answer.body;
      since_ = page["next_since"];
    }
  }

  [[nodiscard]] std::map<std::string, std::string> bodies() const { return bodies_; }

 private:
  void apply(const Json& change) {
    EXPECT_GT(change["seq"], last_seq_) << "in order";
    last_seq_ = change["seq"];
    if (change["kind"] == "upsert") {
      bodies_[change["id"]] = change["article"]["body"];
    } else {
      bodies_.erase(change["id"]);
    }
  }

  std::int64_t since_ = 0;
  std::int64_t last_seq_ = 0;
  std::map<std::string, std::string> bodies_;
};

std::map<std::string, std::string> exported_bodies(const Archive& archive) {
  std::map<std::string, std::string> bodies;
  for (const Json& article : archive.exported())
    bodies[article["id"]] = article["body"];
  return bodies;
}

TEST(History, AMirrorFollowsByChangesAlone) {
  Archive archive;
  archive.add(made_articles(0, 10));
  Server server(archive.path());
  Mirror mirror;
  mirror.follow(server);
  EXPECT_EQ(mirror.bodies(), exported_bodies(archive));
  EXPECT_EQ(mirror.bodies().size(), 10U);

  Json corrected = made_article(2);
  corrected["body"] = "Corrected.";
  Json secret = made_article(20);
  secret["embargoed_until"] = "2099-01-01T00:00:00Z";
  archive.add(corrected.dump() + "\n" + secret.dump() + "\n" + made_articles(11, 2));
  ASSERT_EQ(archive.index({"withdraw", "a3", "--reason", "No."}).status, 0);
  ASSERT_EQ(archive.index({"erase", "a4"}).status, 0);
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  mirror.follow(server);
  EXPECT_EQ(mirror.bodies(), exported_bodies(archive));
  EXPECT_EQ(mirror.bodies().size(), 10U);
  EXPECT_EQ(server.client().get("/v1/changes").body.find("\"a20\""), std::string::npos)
      << "what nobody may see yet";
  ASSERT_EQ(archive.index({"restore-article", "a3"}).status, 0);
  mirror.follow(server);
  EXPECT_EQ(mirror.bodies(), exported_bodies(archive));
}

std::vector<std::string> bodies_of(const Json& page) {
  std::vector<std::string> bodies;
  for (const Json& revision : page["revisions"])
    bodies.push_back(revision["body"].get<std::string>().substr(0, 5));
  return bodies;
}

TEST(History, EveryVersionOfAnArticleIsThere) {
  Archive archive;
  Json article = made_article(1);
  for (const char* body : {"One", "Two", "Three"}) {
    article["body"] = body;
    archive.add(article.dump() + "\n");
  }
  archive.add(article.dump() + "\n");  // unchanged, so no version of its own
  Server server(archive.path());
  Json page = Json::parse(server.client().get("/v1/articles/a1/revisions").body);
  EXPECT_EQ(page["revision"], 3);
  EXPECT_THAT(bodies_of(page), ElementsAre("Three", "Two", "One"));
  EXPECT_EQ(page["revisions"][0]["until"], nullptr);
  EXPECT_EQ(page["revisions"][1]["until"], page["revisions"][0]["since"]);
  EXPECT_EQ(page["revisions"][2]["until"], page["revisions"][1]["since"]);
  EXPECT_EQ(page["next_before"], nullptr);

  page = Json::parse(server.client().get("/v1/articles/a1/revisions?limit=2").body);
  EXPECT_EQ(page["next_before"], 2);
  page = Json::parse(server.client().get("/v1/articles/a1/revisions?before=2").body);
  EXPECT_THAT(bodies_of(page), ElementsAre("One"));

  ASSERT_EQ(archive.index({"withdraw", "a1", "--reason", "No."}).status, 0);
  EXPECT_EQ(server.client().get("/v1/articles/a1/revisions").status, 410);
}

TEST(History, APageHoldsABoundedAmountOfText) {
  Archive archive;
  Json article = made_article(1);
  for (const char letter : {'A', 'B', 'C'}) {
    article["body"] = std::string(5, letter) + " " + std::string(3'500'000, 'x');
    archive.add(article.dump() + "\n");
  }
  Server server(archive.path());
  Json page = Json::parse(server.client().get("/v1/articles/a1/revisions").body);
  EXPECT_THAT(bodies_of(page), ElementsAre("CCCCC", "BBBBB"));
  EXPECT_EQ(page["next_before"], 2);
  page = Json::parse(server.client().get("/v1/articles/a1/revisions?before=2").body);
  EXPECT_THAT(bodies_of(page), ElementsAre("AAAAA"));
}

}  // namespace
}  // namespace broadsheet::tests
