// Taken down, put back, erased: what readers see at once, and what is left on the disk.
#include <algorithm>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The files below a folder that hold these bytes.
std::vector<std::string> files_with(const fs::path& folder, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content(std::istreambuf_iterator<char>(file), {});
    if (content.find(bytes) != std::string::npos)
      found.push_back(entry.path().lexically_relative(folder).string());
  }
  return found;
}

void expect_gone(Server& server, const std::string& id, const std::string& body) {
  EXPECT_THAT(server.found("q=" + body), IsEmpty());
  for (const char* other : {"a1", "a4"}) {
    const Answer related =
        server.client().get(std::string("/v1/articles/") + other + "/related?limit=100");
    EXPECT_EQ(related.body.find("\"" + id + "\""), std::string::npos) << related.body;
  }
  const Answer search = server.client().get("/v1/search?q=harvest&limit=100&related=5");
  EXPECT_EQ(search.body.find(body), std::string::npos) << search.body;
  EXPECT_EQ(search.body.find("\"" + id + "\""), std::string::npos) << search.body;
}

TEST(Takedown, KilledArticleIsOutOfSnippetsAndRelatedListsWithinASecond) {
  Archive archive;
  archive.add(made_articles(0, 8));
  Server server(archive.path());
  ASSERT_THAT(server.found("q=" + unique_word(3)), ElementsAre("a3"));
  ASSERT_THAT(server.client().get("/v1/articles/a4/related?limit=100").body, HasSubstr("\"a3\""));

  Process withdraw(
      archive.indexer_line({"withdraw", "a3", "--reason", "No.", "--status", "killed"}));
  ASSERT_TRUE(withdraw.error_line("withdrew 1 articles"));
  EXPECT_TRUE(eventually([&] { return server.found("q=" + unique_word(3)).empty(); },
                         std::chrono::seconds(1)));
  expect_gone(server, "a3", unique_word(3));
  EXPECT_EQ(withdraw.wait().status, 0);
  expect_gone(server, "a3", unique_word(3));
}

TEST(Takedown, RestoredArticleIsFoundAgain) {
  Archive archive;
  archive.add(made_articles(0, 5));
  Server server(archive.path());
  ASSERT_EQ(archive.index({"withdraw", "a2", "--reason", "No.", "--legal"}).status, 0);
  ASSERT_EQ(server.client().get("/v1/articles/a2").status, 451);

  const Ended ended = archive.index({"restore-article", "a2"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.err, HasSubstr("restored a2"));
  EXPECT_THAT(server.found("q=" + unique_word(2)), ElementsAre("a2"));
  EXPECT_EQ(server.client().get("/v1/articles/a2").status, 200);
  archive.expect_clean(5);
}

TEST(Takedown, RestoreSaysWhatItCannotDo) {
  Archive archive;
  Json held = made_article(9);
  held["status"] = "withheld";
  archive.add(made_articles(0, 3) + held.dump() + "\n");
  ASSERT_EQ(archive.index({"withdraw", "a9", "--reason", "No."}).status, 0);
  ASSERT_EQ(archive.index({"erase", "a1"}).status, 0);
  const Ended ended = archive.index({"restore-article", "never", "a0", "a1", "a9"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("no article has the id never"));
  EXPECT_THAT(ended.err, HasSubstr("a0 was not taken down"));
  EXPECT_THAT(ended.err, HasSubstr("a1 was erased"));
  EXPECT_THAT(ended.err, HasSubstr("restored a9: its source holds it back"));
  archive.expect_clean(2);
}

// Rare words in every place where an article has text, in two revisions of it.
Json traceable(const std::string& mark, int revision) {
  Json article = made_article(3);
  article["url"] = "https://news.example/" + mark + "url";
  article["title"] = "The " + mark + "title of it";
  article["body"] = article["body"].get<std::string>() + " Also " + mark + "body " +
                    std::string(static_cast<std::size_t>(revision), '!');
  article["author"] = mark + "author";
  article["tags"] = {mark + "tag"};
  return article;
}

TEST(Takedown, ErasedArticleLeavesNoByteOnTheDisk) {
  const std::string mark = "qzvexw";
  Archive archive;
  archive.add(made_articles(0, 40));
  archive.add(traceable(mark, 1).dump() + "\n");
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  archive.add(traceable(mark, 2).dump() + "\n");
  archive.add(made_articles(40, 5));
  Server server(archive.path());
  ASSERT_THAT(server.found("q=" + mark + "body"), ElementsAre("a3"));
  ASSERT_GE(files_with(archive.path(), mark).size(), 3U) << "catalog and both generations";

  const Ended ended = archive.index({"erase", "a3", "never"});
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("no article has the id never"));
  EXPECT_THAT(ended.err, HasSubstr("erased 1 articles"));
  EXPECT_THAT(files_with(archive.path(), mark), IsEmpty());
  EXPECT_THAT(server.found("q=" + mark + "body"), IsEmpty());
  EXPECT_EQ(server.client().get("/v1/articles/a3").status, 410);
  EXPECT_EQ(server.client().get("/v1/articles?url=https://news.example/" + mark + "url").status,
            410);
  EXPECT_EQ(server.search("q=harvest")["total"]["value"], 44);
  archive.expect_clean(44);

  // The same article again, by id or by its URL alone, stays erased.
  Json without_id = traceable(mark, 3);
  without_id.erase("id");
  const Ended again = archive.index({"add", "-", "--json"},
                                    traceable(mark, 3).dump() + "\n" + without_id.dump() + "\n");
  EXPECT_EQ(Json::parse(again.out)["unchanged"], 2) << again.out;
  EXPECT_THAT(files_with(archive.path(), mark), IsEmpty());
  EXPECT_EQ(archive.index({"withdraw", "a3", "--reason", "No."}).status, 0);
  EXPECT_EQ(server.client().get("/v1/articles/a3").status, 410);
  EXPECT_EQ(archive.index({"erase", "a3"}).status, 0) << "again";
}

TEST(Compact, JoinsAllPartsWhileAddsAndSearchesGoOn) {
  Archive archive;
  archive.add(made_articles(0, 600));
  archive.add(made_articles(600, 30));
  ASSERT_EQ(archive.index({"withdraw", "a7", "--reason", "No."}).status, 0);
  Server server(archive.path());
  Process compact(archive.indexer_line({"compact", "--json"}));
  int added = 0;
  do {
    archive.add(made_articles(1000 + added, 1));
    ++added;
    EXPECT_EQ(server.search("q=harvest+counted")["total"]["value"], 629 + added);
  } while (!compact.ends_within(std::chrono::milliseconds(0)));
  const Ended ended = compact.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_GE(Json::parse(ended.out)["parts"], 2) << ended.out;
  archive.expect_clean(629 + added);
  EXPECT_EQ(archive.index({"compact"}).status, 0);
  std::ifstream stub(archive.path() / "index" / "live");
  EXPECT_EQ(std::count(std::istreambuf_iterator<char>(stub), {}, '\n'), 1);
  EXPECT_EQ(server.search("q=harvest+counted")["total"]["value"], 629 + added);
  EXPECT_THAT(archive.index({"compact"}).err, HasSubstr("compact already"));
  archive.expect_clean(629 + added);
}

}  // namespace
}  // namespace broadsheet::tests
