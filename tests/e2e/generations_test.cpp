// From one generation of the index to another and back: nothing is lost, and what was taken down
// meanwhile does not come back.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Generations, RollbackBringsThePreviousOneUpToDate) {
  Archive archive;
  archive.add(made_articles(0, 20));
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  Server server(archive.path());
  ASSERT_THAT(server.found("q=" + unique_word(3)), ElementsAre("a3"));
  ASSERT_EQ(archive.index({"withdraw", "a3", "--reason", "No."}).status, 0);
  archive.add(made_articles(20, 5));

  const Ended back = archive.index({"rollback"});
  ASSERT_EQ(back.status, 0) << back.err;
  EXPECT_THAT(
      back.err,
      HasSubstr(
          "generation 1 holds 24 articles, 24 of them compared with the catalog, and is live"));
  EXPECT_EQ(server.search("q=harvest")["index"]["generation"], 1);
  EXPECT_THAT(server.found("q=" + unique_word(3)), IsEmpty());
  EXPECT_THAT(server.found("q=" + unique_word(24)), ElementsAre("a24"));
  archive.expect_clean(24);

  const Ended none = archive.index({"rollback"});
  EXPECT_EQ(none.status, 2) << none.err;
  EXPECT_THAT(none.err, HasSubstr("hint: "));
  archive.add(made_articles(25, 1));
  ASSERT_EQ(archive.index({"promote", "2"}).status, 0);
  archive.expect_clean(25);
  ASSERT_EQ(archive.index({"rollback"}).status, 0);
  // A number is never used again, and the generation before is still there.
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  EXPECT_EQ(archive.status()["generation"], 3);
  ASSERT_EQ(archive.index({"rollback"}).status, 0);
  EXPECT_EQ(archive.status()["generation"], 1);
  archive.expect_clean(25);
}

TEST(Generations, WhatWasBuiltWithoutSwapIsPromotedLater) {
  Archive archive;
  archive.add(made_articles(0, 20));
  EXPECT_EQ(archive.index({"promote"}).status, 2);
  ASSERT_EQ(archive.index({"rebuild", "--no-swap"}).status, 0);
  archive.add(made_articles(20, 5));
  ASSERT_EQ(archive.index({"withdraw", "a1", "--reason", "No."}).status, 0);
  const Ended ended = archive.index({"promote", "--json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(nlohmann::json::parse(ended.out)["articles"], 24);
  EXPECT_EQ(archive.status()["generation"], 2);
  archive.expect_clean(24);
  EXPECT_THAT(archive.index({"promote", "2"}).err, HasSubstr("live already"));
  EXPECT_EQ(archive.index({"promote", "77"}).status, 2);
}

TEST(Generations, OneThatLostArticlesIsNotPromoted) {
  Archive archive;
  archive.add(made_articles(0, 20));
  archive.add(made_articles(20, 5));
  ASSERT_EQ(archive.index({"rebuild"}).status, 0);
  const std::filesystem::path old = archive.path() / "index" / "gen-000001";
  // Its newer part is gone, and its list says nothing of it.
  {
    std::ifstream list(old / "parts");
    std::string newest, oldest;
    std::getline(list, newest);
    std::getline(list, oldest);
    std::ofstream(old / "parts") << newest << "\n";
  }
  const Ended ended = archive.index({"rollback"});
  EXPECT_EQ(ended.status, 5) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("the live index is unchanged"));
  EXPECT_EQ(archive.status()["generation"], 2);
  archive.expect_clean(25);
}

}  // namespace
}  // namespace broadsheet::tests
