// Following next_cursor through a real server: nothing twice, nothing skipped, and an end.
#include <set>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;

// Follows a list to its end; `between` is called after the first page.
std::vector<std::string> all_pages(Server& server,
                                   const std::string& parameters,
                                   const std::function<void()>& between) {
  std::vector<std::string> ids;
  std::string cursor;
  while (true) {
    std::string target = parameters;
    if (!cursor.empty()) target.append("&cursor=").append(cursor);
    const Json page = server.search(target);
    for (const std::string& id : ids_of(page))
      ids.push_back(id);
    if (page["next_cursor"].is_null()) return ids;
    if (cursor.empty()) between();
    cursor = page["next_cursor"];
  }
}

TEST(Cursor, NewestPagesGoOnAcrossARebuild) {
  Archive archive;
  // Several articles of one minute, so that pages end between equal times.
  std::string lines;
  for (int i = 0; i < 200; ++i) {
    Json article = made_article(i);
    article["published"] = made_article(i / 5)["published"];
    lines += article.dump() + "\n";
  }
  archive.add(lines);
  Server server(archive.path());
  for (const char* sort : {"newest", "oldest"}) {
    const std::string parameters = std::string("q=harvest&limit=7&sort=") + sort;
    const auto ids = all_pages(server, parameters, [&] {
      ASSERT_EQ(archive.index({"rebuild"}).status, 0);
      // Newer than all: behind the first page of one order, before the end of the other.
      Json fresh = made_article(900);
      fresh["id"] = std::string("fresh-") + sort;
      fresh["published"] = std::string(sort) == "newest" ? "2025-06-01" : "2024-06-01";
      archive.add(fresh.dump() + "\n");
    });
    const std::set<std::string> once(ids.begin(), ids.end());
    EXPECT_EQ(once.size(), ids.size()) << "twice in " << sort;
    for (int i = 0; i < 200; ++i)
      EXPECT_TRUE(once.contains("a" + std::to_string(i))) << sort << " skipped a" << i;
  }
}

TEST(Cursor, RelevanceEndsAfterAThousand) {
  Archive archive;
  archive.add(made_articles(0, 1100));
  Server server(archive.path());
  const auto ids = all_pages(server, "q=harvest&limit=100", [] {});
  EXPECT_EQ(ids.size(), 1000U);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 1000U);
}

TEST(Cursor, BelongsToItsSearch) {
  Archive archive;
  archive.add(made_articles(0, 30));
  Server server(archive.path());
  const Json first = server.search("q=harvest&limit=5");
  const std::string cursor = first["next_cursor"];
  for (const std::string& changed : {std::string("q=harvest&section=world"),
                                     std::string("q=other"),
                                     std::string("q=harvest&sort=newest"),
                                     std::string("q=harvest&from=2025-04-01")}) {
    std::string target = "/v1/search?limit=5&";
    target.append(changed).append("&cursor=").append(cursor);
    const Answer answer = server.client().get(target);
    EXPECT_EQ(answer.status, 400) << changed;
    EXPECT_EQ(answer.json()["param"], "cursor") << answer.body;
  }
  EXPECT_EQ(server.client().get("/v1/search?q=harvest&cursor=nonsense").status, 400);
  EXPECT_EQ(server.client().get("/v1/search?q=harvest&limit=5&cursor=" + cursor).status, 200);
}

TEST(Cursor, AutomaticMatchStaysAsTheFirstPageReadIt) {
  Archive archive;
  // 40 articles with one word or the other, 5 with both: too few to ask for both.
  std::string lines;
  for (int i = 0; i < 45; ++i) {
    Json article = made_article(i);
    const char* words = i < 20 ? "walrus" : i < 40 ? "trombone" : "walrus trombone";
    article["body"] =
        std::string("It speaks of ") + words + " and no more, number " + std::to_string(i) + ".";
    lines += article.dump() + "\n";
  }
  archive.add(lines);
  Server server(archive.path());
  const std::string parameters = "q=walrus+trombone&sort=newest&match=auto&limit=4";
  EXPECT_EQ(server.search(parameters)["query"]["relaxed"], true);
  EXPECT_EQ(all_pages(server, parameters, [] {}).size(), 45U);
  // Enough hold both once five more do, also where a page shows fewer than it takes to know.
  for (int i = 45; i < 51; ++i) {
    Json article = made_article(i);
    article["body"] = "A walrus met a trombone, number " + std::to_string(i) + ".";
    archive.add(article.dump() + "\n");
  }
  EXPECT_EQ(server.search(parameters)["query"]["relaxed"], false);
  EXPECT_EQ(all_pages(server, parameters, [] {}).size(), 11U);
}

TEST(Cursor, OfAnotherServerShowsItsOwnSearch) {
  Archive archive;
  archive.add(made_articles(0, 60));
  std::string cursor;
  {
    Server first(archive.path());
    const Json page = first.search("q=harvest&limit=5");
    const std::string second = page["next_cursor"];
    cursor = first.search("q=harvest&limit=5&cursor=" + second)["next_cursor"];
  }
  Server server(archive.path());
  const std::string other =
      server.search("q=number&limit=5&sort=relevance&match=any")["next_cursor"];
  (void)server.search("q=number&limit=5&sort=relevance&match=any&cursor=" + other);
  const Json page = server.search("q=harvest&limit=5&cursor=" + cursor);
  const Json all = server.search("q=harvest&limit=15");
  EXPECT_EQ(ids_of(page),
            (std::vector<std::string>{all["hits"][10]["id"],
                                      all["hits"][11]["id"],
                                      all["hits"][12]["id"],
                                      all["hits"][13]["id"],
                                      all["hits"][14]["id"]}));
}

}  // namespace
}  // namespace broadsheet::tests
