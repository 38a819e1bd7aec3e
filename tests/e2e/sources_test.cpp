// What an operator says of a source, and what readers see of it.
#include <gmock/gmock.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string from(const std::string& source, int number) {
  Json article = made_article(number);
  article["source"] = source;
  return article.dump() + "\n";
}

Json only_source(const Archive& archive) {
  const Ended ended = archive.index({"sources", "list", "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  return Json::parse(ended.out);
}

TEST(Sources, AreListedWithWhatWasSaidOfThem) {
  Archive archive;
  archive.add(from("Harbour Post", 1) + from("Harbour Post", 2));
  EXPECT_EQ(only_source(archive),
            Json::parse(R"({"id":"harbour-post","name":"Harbour Post","home":null,"language":null,)"
                        R"("weight":1.0,"blocked":false,"articles":2})"));
  const Ended set = archive.index({"sources",
                                   "set",
                                   "harbour-post",
                                   "--name",
                                   "The Post",
                                   "--home",
                                   "https://post.example",
                                   "--language",
                                   "en-GB",
                                   "--weight",
                                   "2.5"});
  EXPECT_EQ(set.status, 0) << set.err;
  EXPECT_EQ(only_source(archive),
            Json::parse(R"({"id":"harbour-post","name":"The Post","home":"https://post.example",)"
                        R"("language":"en","weight":2.5,"blocked":false,"articles":2})"));
  Server server(archive.path());
  EXPECT_THAT(server.found("q=harvest&source=The+Post"), testing::SizeIs(2));
  archive.expect_clean(2);
}

TEST(Sources, BlockedOnesAreNotShownAndComeBack) {
  Archive archive;
  archive.add(from("Harbour Post", 1) + from("Inland Mail", 2));
  Server server(archive.path());
  ASSERT_EQ(archive.index({"sources", "set", "harbour-post", "--blocked", "yes"}).status, 0);
  EXPECT_THAT(server.found("q=harvest"), ElementsAre("a2"));
  EXPECT_EQ(server.client().get("/v1/articles/a1").status, 404);
  archive.add(from("Harbour Post", 3));
  EXPECT_THAT(server.found("q=harvest"), ElementsAre("a2")) << "kept, not shown";
  archive.expect_clean(1);
  ASSERT_EQ(archive.index({"sources", "set", "harbour-post", "--blocked", "no"}).status, 0);
  EXPECT_THAT(server.found("q=harvest&sort=oldest"), testing::SizeIs(3));
  archive.expect_clean(3);
}

TEST(Sources, GiveShortTextsTheirLanguage) {
  Archive archive;
  const std::string early = R"({"id":"early","title":"Sataa","source":"Lehti"})";
  const std::string late = R"({"id":"late","title":"Sataa taas","source":"Lehti"})";
  archive.add(early + "\n");
  ASSERT_EQ(archive.index({"sources", "set", "lehti", "--language", "fi"}).status, 0);
  archive.add(late + "\n");
  for (const Json& article : archive.exported()) {
    EXPECT_EQ(article["language"], "fi") << article;
    EXPECT_EQ(article["language_confidence"], 0.0) << article;
  }
}

TEST(Sources, SaysWhatIsWrong) {
  Archive archive;
  archive.add(from("Harbour Post", 1));
  Ended ended = archive.index({"sources", "set", "nobody", "--blocked", "yes"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("no source has the id nobody"));
  ended = archive.index({"sources", "set", "nobody", "--name", "No Body", "--blocked", "yes"});
  EXPECT_EQ(ended.status, 0) << "with a name it is made";
  EXPECT_EQ(archive.index({"sources", "set", "harbour-post", "--language", "klingonese"}).status,
            2);
  EXPECT_EQ(archive.index({"sources", "set", "harbour-post", "--home", "javascript:x"}).status, 2);
  EXPECT_EQ(archive.index({"sources", "set", "harbour-post", "--weight", "-1"}).status, 2);
}

}  // namespace
}  // namespace broadsheet::tests
