// An article's life through both programs: in, found, changed, moved in time, taken down, exported.
#include <chrono>
#include <fstream>

#include <gmock/gmock.h>
#include <spdlog/fmt/chrono.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A time by the system's clock, as articles write it.
std::string utc_in(int seconds) {
  const auto then = std::chrono::system_clock::now() + std::chrono::seconds(seconds);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(then)));
}

TEST(Lifecycle, ArticleIsFoundWithSnippetAndWholeText) {
  Archive archive;
  archive.add(made_articles(0, 5));
  Server server(archive.path());

  const Json answer = server.search("q=" + unique_word(3));
  ASSERT_THAT(ids_of(answer), ElementsAre("a3"));
  EXPECT_EQ(answer["total"]["value"], 1);
  const Json& hit = answer["hits"][0];
  EXPECT_EQ(hit["source"]["name"], "North Post");
  EXPECT_EQ(hit["published"], "2025-04-01T00:03:00Z");
  const std::string html = hit["snippet"]["html"];
  EXPECT_NE(html.find("<mark>" + unique_word(3) + "</mark>"), std::string::npos) << html;

  const Answer whole = server.client().get("/v1/articles/a3");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.json()["body"], made_article(3)["body"]);
  const Answer by_url = server.client().get("/v1/articles?url=https://news.example/a/3");
  EXPECT_EQ(by_url.json()["id"], "a3");
}

TEST(Lifecycle, UpdateReplacesTheArticleInARunningServer) {
  Archive archive;
  archive.add(made_articles(0, 5));
  Server server(archive.path());
  ASSERT_THAT(server.found("q=" + unique_word(2)), ElementsAre("a2"));

  Json changed = made_article(2);
  changed["body"] = "Now it speaks of " + unique_word(900) + " alone.";
  const Ended ended = archive.index({"add", "-", "--json"}, changed.dump() + "\n");
  EXPECT_EQ(Json::parse(ended.out)["updated"], 1) << ended.out;

  EXPECT_THAT(server.found("q=" + unique_word(900)), ElementsAre("a2"));
  EXPECT_THAT(server.found("q=" + unique_word(2)), IsEmpty());
  EXPECT_EQ(server.search("q=number&match=all")["total"]["value"], 5);

  const Ended again = archive.index({"add", "-", "--json"}, changed.dump() + "\n");
  EXPECT_EQ(Json::parse(again.out)["unchanged"], 1) << again.out;
  archive.expect_clean(5);
}

TEST(Lifecycle, WithdrawnArticleIsGoneAtOnceAndSaysWhy) {
  Archive archive;
  archive.add(made_articles(0, 6));
  Server server(archive.path());
  ASSERT_EQ(server.search("q=harvest")["total"]["value"], 6);

  ASSERT_EQ(archive.index({"withdraw", "a1", "--reason", "The figures were wrong."}).status, 0);
  ASSERT_EQ(archive.index({"withdraw", "a2", "--reason", "Court order 7.", "--legal"}).status, 0);

  const Json answer = server.search("q=harvest&limit=50");
  EXPECT_EQ(answer["total"]["value"], 4);
  EXPECT_THAT(ids_of(answer), ::testing::UnorderedElementsAre("a0", "a3", "a4", "a5"));
  const Answer gone = server.client().get("/v1/articles/a1");
  EXPECT_EQ(gone.status, 410);
  EXPECT_EQ(gone.json()["detail"], "The figures were wrong.");
  EXPECT_EQ(server.client().get("/v1/articles?url=https://news.example/a/1").status, 410);
  const Answer legal = server.client().get("/v1/articles/a2");
  EXPECT_EQ(legal.status, 451);
  EXPECT_EQ(legal.json()["detail"], "Court order 7.");
  EXPECT_EQ(server.client().get("/v1/articles/never").status, 404);
  EXPECT_EQ(archive.index({"withdraw", "never", "--reason", "x"}).status, 1);
  archive.expect_clean(4);
}

TEST(Lifecycle, CorrectedDateMovesTheArticle) {
  Archive archive;
  archive.add(made_articles(0, 5));
  Server server(archive.path());
  ASSERT_THAT(server.found("q=harvest&sort=newest"), ElementsAre("a4", "a3", "a2", "a1", "a0"));

  Json moved = made_article(1);
  moved["published"] = "2025-05-20T12:00:00Z";
  archive.add(moved.dump() + "\n");
  EXPECT_THAT(server.found("q=harvest&sort=newest"), ElementsAre("a1", "a4", "a3", "a2", "a0"));
  EXPECT_THAT(server.found("q=harvest&from=2025-05-01&to=2025-05-31"), ElementsAre("a1"));
  EXPECT_EQ(server.search("q=harvest&to=2025-04-30")["total"]["value"], 4);

  moved["published"] = nullptr;
  archive.add(moved.dump() + "\n");
  EXPECT_THAT(server.found("q=harvest&sort=newest"), ElementsAre("a4", "a3", "a2", "a0", "a1"));
  EXPECT_EQ(archive.status()["undated"], 1);
  archive.expect_clean(5);
}

TEST(Lifecycle, StatusTellsWhatIsThere) {
  Archive archive;
  const Json empty = archive.status();
  EXPECT_EQ(empty["articles"], 0);
  archive.add(made_articles(0, 7));
  archive.index({"withdraw", "a0", "--reason", "no"});
  const Json status = archive.status();
  EXPECT_EQ(status["articles"], 7);
  EXPECT_EQ(status["visible"], 6);
  EXPECT_EQ(status["pending"], 0);
  EXPECT_EQ(status["undated"], 0);
  EXPECT_EQ(status["generation"], 1);
  EXPECT_EQ(status["seq"], status["applied_seq"]);
  EXPECT_GT(status["bytes"]["catalog"], 0);
  EXPECT_GT(status["bytes"]["index"], 0);
  EXPECT_TRUE(status["stamps"].contains("xapian"));
  EXPECT_EQ(status["last_run"]["added"], 7);
}

TEST(Lifecycle, ExportReadsBackAsTheSameArticles) {
  Archive archive;
  Json rich = made_article(50);
  rich["author"] = {"Ann Lee", "Bo Tran"};
  rich["tags"] = {"economy", "a, b"};
  rich["kicker"] = "Trade";
  rich["summary"] = "One sentence.";
  rich["image"] = {{"url", "https://news.example/i.jpg"}, {"alt", "A ship"}, {"width", 640}};
  rich["correction"] = "The date was corrected.";
  rich["prompt"] = "What do you think?";
  rich["published"] = "2025-04-18T10:00:00+09:00";
  rich["extra"] = {{"desk", 4}};
  rich["odd_member"] = {1, "two"};
  Json daily = made_article(51);
  daily["published"] = "2025-04-18";
  daily["id"] = "id with blanks/and more";
  archive.add(made_articles(0, 20) + rich.dump() + "\n" + daily.dump() + "\n");
  const Ended first = archive.index({"export"});
  ASSERT_EQ(first.status, 0);

  Archive copy;
  copy.add(first.out);
  EXPECT_EQ(copy.index({"export"}).out, first.out);
  const Ended back = archive.index({"add", "-", "--json"}, first.out);
  EXPECT_EQ(Json::parse(back.out)["unchanged"], 22) << back.out << back.err;
  copy.expect_clean(22);
}

TEST(Lifecycle, ExpiredArticleGivesItsPlaceToItsCopy) {
  Archive archive;
  Json kept = made_article(1);
  Json expiring = made_article(2);
  expiring["body"] = kept["body"];
  expiring["expires"] = utc_in(2);
  archive.add(kept.dump() + "\n" + expiring.dump() + "\n");
  Server server(archive.path());
  const std::string parameters = "q=" + unique_word(1);
  // No indexer runs meanwhile, so the index holds both to the end.
  ASSERT_TRUE(eventually([&] { return server.search(parameters)["total"]["value"] == 1; }));
  const Json answer = server.search(parameters);
  EXPECT_THAT(ids_of(answer), ElementsAre("a1"));
  EXPECT_EQ(answer["hits"][0]["duplicates"], 0);
}

TEST(Lifecycle, OriginalIdSurvivesExportAndImport) {
  Archive archive;
  Json article = made_article(1);
  article["id"] = "wire/2025/1";
  archive.add(article.dump() + "\n");
  Archive copy;
  for (const Json& line : archive.exported())
    copy.add(line.dump() + "\n");
  Server server(copy.path());
  EXPECT_EQ(server.client().get("/v1/articles/wire%2F2025%2F1").status, 200);
  EXPECT_EQ(copy.exported(), archive.exported());
}

TEST(Lifecycle, CopiesAreLinkedWhenAskedFor) {
  Archive archive;
  Json copy = made_article(1);
  copy["id"] = "copy";
  copy["url"] = "https://elsewhere.example/1";
  archive.add(made_articles(0, 12) + copy.dump() + "\n");
  Server server(archive.path());
  const Json links =
      server.client().get("/v1/articles/a1/related?relation=duplicate").json()["links"];
  ASSERT_FALSE(links.empty());
  EXPECT_EQ(links[0]["id"], "copy");
  EXPECT_EQ(links[0]["relation"], "duplicate");
}

TEST(Lifecycle, AnArticleIsFoundByEveryUrlItEverHad) {
  Archive archive;
  Json article = made_article(1);
  article["url"] = "https://m.news.example/story?utm_source=x";
  archive.add(article.dump() + "\n");
  article["url"] = "https://news.example/moved";
  archive.add(article.dump() + "\n");
  Server server(archive.path());
  for (const char* url : {"https://news.example/moved",
                          "https://www.news.example/moved/amp",
                          "https://news.example/moved%3Fgclid%3D1%26outputType%3Damp",
                          "http://m.news.example/story",
                          "https://www.news.example/story"}) {
    EXPECT_EQ(server.client().get(std::string("/v1/articles?url=") + url).status, 200) << url;
  }
  EXPECT_EQ(server.client().get("/v1/articles?url=https://news.example/other").status, 404);
}

}  // namespace
}  // namespace broadsheet::tests
