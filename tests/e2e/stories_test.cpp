// Near-duplicates and stories as readers see them, with the true programs: taken in, shown, folded,
// withdrawn, taken in again, and healed after a kill.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/hash.h"
#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

Json article(const std::string& id, const std::string& title, const std::string& body, int day) {
  return {{"id", id},
          {"title", title},
          {"body", body},
          {"published", "2025-04-" + std::to_string(day) + "T08:00:00Z"},
          {"language", "en"}};
}

const std::string kBridge =
    "The harbour bridge of Ostrava was closed on Monday after inspectors found deep cracks in two "
    "of its piers. Traffic is led over the northern ring until the end of June, Mayor Jana Novak "
    "said. Engineers blame salt water that seeped into the concrete over forty winters.";
const std::string kMoney =
    "Mayor Jana Novak of Ostrava has asked for money from Prague to mend the harbour bridge. The "
    "piers, in which inspectors found cracks, must be cast anew. The bridge stays closed and the "
    "northern ring carries its traffic, engineers say, perhaps for two winters.";
const std::string kFerry =
    "A ferry with sixty passengers ran aground off Gotland in thick fog early on Sunday. Coast "
    "guards from Visby took everybody aboard to land. The captain had been warned by radio of "
    "shallow ground, says Erik Lund, who leads the inquiry.";

std::string bridge_articles() {
  return article("first", "Bridge of Ostrava closed", kBridge, 10).dump() + "\n" +
         article("copy", "Harbour bridge closed", "Ostrava. " + kBridge, 11).dump() + "\n" +
         article("money", "Mayor asks for money for the bridge", kMoney, 14).dump() + "\n" +
         article("ferry", "Ferry runs aground", kFerry, 12).dump() + "\n";
}

TEST(Stories, ShowWithTheirArticlesAndCopiesFold) {
  Archive archive;
  archive.add(bridge_articles());
  Server server(archive.path());
  const Json answer = server.search("q=&sort=newest");
  EXPECT_THAT(ids_of(answer), ElementsAre("money", "ferry", "copy")) << "first is copy's copy";
  const Json story = answer["hits"][0]["story"];
  EXPECT_EQ(story["articles"], 3);
  EXPECT_TRUE(answer["hits"][1]["story"].is_null()) << "one article is no story";
  EXPECT_EQ(answer["hits"][2]["duplicates"], 1);
  const std::string id = story["id"];
  EXPECT_THAT(server.found("q=&collapse=none&story=" + id),
              UnorderedElementsAre("first", "copy", "money"));
  EXPECT_THAT(server.found("q=story:" + id + "&collapse=none"),
              UnorderedElementsAre("first", "copy", "money"));
  const Json folded = server.search("q=&sort=newest&collapse=story");
  EXPECT_THAT(ids_of(folded), ElementsAre("money", "ferry"));
  EXPECT_EQ(folded["hits"][0]["folded"], 2);
  EXPECT_EQ(server.client().get("/v1/articles/money").json()["story"]["id"], id);
}

TEST(Stories, HoldTheirFounderThoughItsDocumentStaysAsItWas) {
  Archive archive;
  archive.add(article("first", "Bridge of Ostrava closed", kBridge, 10).dump() + "\n");
  Server server(archive.path());
  const std::string id = "st_" + sha256_hex("first").substr(0, 12);
  const auto lone = [&] { return server.client().get("/v1/stories/" + id).status; };
  EXPECT_EQ(lone(), 404);
  EXPECT_EQ(server.client().get("/v1/stories/" + id + "/timeline").status, 404);
  EXPECT_EQ(server.search("q=&facets=story")["facets"]["story"], Json::array());
  archive.add(article("money", "Mayor asks for money for the bridge", kMoney, 14).dump() + "\n");
  EXPECT_EQ(lone(), 200);
  EXPECT_THAT(server.found("q=&story=" + id), UnorderedElementsAre("first", "money"));
  const Json answer = server.search("q=&collapse=story&facets=story");
  EXPECT_THAT(ids_of(answer), ElementsAre("money"));
  EXPECT_EQ(answer["facets"]["story"][0]["count"], 2);
}

TEST(Stories, HaveAPageAndATimeline) {
  Archive archive;
  archive.add(bridge_articles());
  Server server(archive.path());
  const std::string id = server.search("q=money")["hits"][0]["story"]["id"];
  const Json first = server.client().get("/v1/stories/" + id + "?limit=2").json();
  EXPECT_EQ(first["story"]["articles"], 3);
  EXPECT_EQ(first["story"]["first"], "2025-04-10T08:00:00Z");
  EXPECT_EQ(first["articles"][0]["id"], "money");
  EXPECT_EQ(first["articles"][1]["id"], "copy");
  const std::string cursor = first["next_cursor"];
  const Json last = server.client().get("/v1/stories/" + id + "?limit=2&cursor=" + cursor).json();
  EXPECT_EQ(last["articles"][0]["id"], "first");
  EXPECT_TRUE(last["next_cursor"].is_null());

  const Json told = server.client().get("/v1/stories/" + id + "/timeline").json();
  ASSERT_EQ(told["entries"].size(), 2U);
  EXPECT_EQ(told["entries"][0]["id"], "first");
  EXPECT_EQ(told["entries"][0]["repeats"], Json::array({"copy"}));
  EXPECT_THAT(told["entries"][0]["adds"]["names"], testing::Contains("Mayor Jana Novak"));
  EXPECT_EQ(told["entries"][1]["id"], "money");
  EXPECT_EQ(told["cut"], false);
  const std::string since = "/timeline?since=2025-04-13";
  const Json later = server.client().get("/v1/stories/" + id + since).json();
  ASSERT_EQ(later["entries"].size(), 1U);
  EXPECT_EQ(later["entries"][0]["adds"], told["entries"][1]["adds"]);

  EXPECT_EQ(server.client().get("/v1/stories/st_000000000000").status, 404);
  for (const char* article : {"first", "copy", "money"})
    ASSERT_EQ(archive.index({"withdraw", article, "--reason", "a mistake"}).status, 0);
  EXPECT_EQ(server.client().get("/v1/stories/" + id).status, 404);
  EXPECT_EQ(server.client().get("/v1/stories/" + id + "?cursor=" + cursor).status, 404);
  EXPECT_EQ(server.client().get("/v1/stories/" + id + "/timeline").status, 404);
  EXPECT_EQ(server.client().get("/v1/stories/" + id + since).status, 404);
}

// The facet, too: with its headline, which must not outlive the article it is of.
TEST(Stories, AreCounted) {
  Archive archive;
  archive.add(bridge_articles());
  Server server(archive.path());
  const auto counted = [&server] {
    return server.search("q=&limit=0&facets=story")["facets"]["story"];
  };
  const Json story = server.search("q=money")["hits"][0]["story"];
  EXPECT_EQ(counted(),
            Json::array({{{"value", story["id"]}, {"name", story["title"]}, {"count", 3}}}));
  ASSERT_EQ(story["title"], "Bridge of Ostrava closed");
  ASSERT_EQ(archive.index({"withdraw", "first", "--reason", "a mistake"}).status, 0);
  ASSERT_EQ(counted().size(), 1U);
  EXPECT_EQ(counted()[0]["count"], 2);
  EXPECT_NE(counted()[0]["name"], story["title"]);
  ASSERT_EQ(archive.index({"withdraw", "money", "--reason", "a mistake"}).status, 0);
  EXPECT_EQ(counted(), Json::array()) << "one article is no story";
}

TEST(Stories, ChangeWithWhatIsTakenDownAndTakenInAgain) {
  Archive archive;
  archive.add(bridge_articles());
  Server server(archive.path());
  const std::string id = server.search("q=money")["hits"][0]["story"]["id"];
  ASSERT_EQ(archive.index({"withdraw", "copy", "--reason", "a mistake"}).status, 0);
  const Json after = server.search("q=&sort=newest");
  EXPECT_THAT(ids_of(after), ElementsAre("money", "ferry", "first"));
  EXPECT_EQ(after["hits"][2]["duplicates"], 0);
  EXPECT_EQ(after["hits"][0]["story"]["articles"], 2);
  const auto seq = archive.status()["seq"];
  const Ended again = archive.index({"add", "-", "--json"}, bridge_articles());
  EXPECT_EQ(Json::parse(again.out)["unchanged"], 4) << again.err;
  EXPECT_EQ(archive.status()["seq"], seq) << "nothing was linked anew";
  ASSERT_EQ(archive.index({"restore-article", "copy"}).status, 0);
  EXPECT_THAT(server.found("q=&collapse=none&story=" + id),
              UnorderedElementsAre("first", "copy", "money"));
  ASSERT_EQ(archive.index({"erase", "copy"}).status, 0);
  EXPECT_EQ(server.search("q=money")["hits"][0]["story"]["articles"], 2);
  archive.expect_clean(3);
}

TEST(Stories, AreTheSameAfterARebuildAndInALoadAtOnce) {
  Archive at_once;
  at_once.add(bridge_articles());
  Archive one_by_one;
  for (const char* id : {"first", "copy", "ferry", "money"}) {
    for (const Json& line : at_once.exported()) {
      if (line["id"] == id) one_by_one.add(line.dump() + "\n");
    }
  }
  Server first(at_once.path());
  Server second(one_by_one.path());
  const Json story = first.search("q=money")["hits"][0]["story"];
  EXPECT_EQ(second.search("q=money")["hits"][0]["story"], story);
  ASSERT_EQ(one_by_one.index({"rebuild"}).status, 0);
  EXPECT_EQ(second.search("q=money")["hits"][0]["story"], story);
  one_by_one.expect_clean(4);
}

// The catalog's commit holds the links, the index follows by the next run.
TEST(Stories, AreWholeAfterAKillBetweenCatalogAndIndex) {
  Archive archive;
  archive.add(article("first", "Bridge of Ostrava closed", kBridge, 10).dump() + "\n");
  Process process(archive.indexer_line({"add", "-", "--progress", "json"}), Process::Input::pipe);
  ASSERT_TRUE(process.write(article("copy", "Harbour bridge closed", kBridge, 11).dump() + "\n" +
                            article("money", "Mayor asks for money", kMoney, 14).dump() + "\n"));
  const Ended ended = process.kill_after(std::chrono::milliseconds(550));
  EXPECT_EQ(ended.signal, SIGKILL);
  ASSERT_EQ(archive.index({"index"}).status, 0);
  archive.add(article("copy", "Harbour bridge closed", kBridge, 11).dump() + "\n" +
              article("money", "Mayor asks for money", kMoney, 14).dump() + "\n");
  archive.expect_clean(3);
  Server server(archive.path());
  const Json answer = server.search("q=&sort=newest");
  EXPECT_THAT(ids_of(answer), ElementsAre("money", "copy"));
  EXPECT_EQ(answer["hits"][0]["story"]["articles"], 3);
  EXPECT_EQ(answer["hits"][1]["duplicates"], 1);
}

}  // namespace
}  // namespace broadsheet::tests
