// Completions and mended queries over a small archive made by the indexer's own road.
#include "server/search/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/search/searcher.h"
#include "tests/support/small_archive.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kStart = 1'745'000'000;

Article article(std::string id, std::string title, std::string body) {
  Article made;
  made.id = std::move(id);
  made.title = std::move(title);
  made.body = std::move(body);
  made.language = "en";
  return made;
}

std::vector<Article> newsroom() {
  std::vector<Article> all = {
      article("talks", "Japan opens tariff talks", "The government sent Akazawa to the talks."),
      article("deal", "Tariffs stay, Japan says", "The government was in no hurry, Akazawa said."),
      article("korea", "Korea watches tariff talks", "Seoul waits for the government of Japan."),
      article("taro", "Taro harvest is late", "Farmers wait for rain, and for the goverment."),
      article("same", "Japan opens tariff talks", "The same headline again.")};
  all[0].kicker = "Japan-U.S.";
  all[1].kicker = "Japan-U.S.";
  all[2].tags = {"South Korea"};
  all[3].authors = {"Jane Roe"};
  // Words that only become frequent: a slip needs something to be rare beside.
  for (int i = 0; i < 220; ++i)
    all.push_back(article("g" + std::to_string(i),
                          "Council notes of day " + std::to_string(i),
                          "The government met, and the minister spoke of sanctions."));
  std::int64_t time = kStart;
  for (Article& made : all)
    made.published = Timestamp{.seconds = time -= 60};
  return all;
}

class Completions : public testing::Test {
 protected:
  Completions() { add(newsroom()); }

  void add(const std::vector<Article>& articles) {
    tests::add_articles(folder_.path(), articles, kStart + 60);
  }

  std::vector<std::string> texts(const std::string& typed, Suggestion::Kind kind) {
    SuggestRequest request;
    request.text = typed;
    request.clock = kStart + 60;
    const auto found = searcher_.suggest(request);
    EXPECT_TRUE(found);
    std::vector<std::string> texts;
    for (const Suggestion& suggestion : found->suggestions)
      if (suggestion.kind == kind) texts.push_back(suggestion.text);
    return texts;
  }

  std::vector<std::string> headlines(const std::string& typed) {
    return texts(typed, Suggestion::Kind::headline);
  }

  SearchResponse search(const std::string& query) {
    SearchRequest request;
    request.query = query;
    request.now = request.clock = kStart + 60;
    auto found = searcher_.search(request);
    EXPECT_TRUE(found);
    return std::move(*found);
  }

  std::string mended(const std::string& query) { return search(query).did_you_mean; }

  tests::TempDir folder_;
  SessionPool pool_{folder_.path(), 1};
  Searcher searcher_{pool_};
};

TEST_F(Completions, are_headlines_with_every_word_the_last_one_unfinished) {
  EXPECT_THAT(headlines("japan tar"),
              ElementsAre("Japan opens tariff talks", "Tariffs stay, Japan says"));
  EXPECT_THAT(headlines("tariffs ja"),
              ElementsAre("Japan opens tariff talks", "Tariffs stay, Japan says"));
  // A blank ends the word.
  EXPECT_THAT(headlines("tar "), IsEmpty());
  EXPECT_THAT(headlines("taro "), ElementsAre("Taro harvest is late"));
  EXPECT_THAT(headlines(""), IsEmpty());
}

TEST_F(Completions, overlook_one_slip_where_nothing_else_is_found) {
  EXPECT_THAT(headlines("koera"), ElementsAre("Korea watches tariff talks"));
  EXPECT_THAT(headlines("harvst la"), ElementsAre("Taro harvest is late"));
  EXPECT_THAT(headlines("xyzzy"), IsEmpty());
}

TEST_F(Completions, have_kickers_and_names_as_they_are_written) {
  EXPECT_THAT(texts("japan-u", Suggestion::Kind::kicker), ElementsAre("Japan-U.S."));
  EXPECT_THAT(texts("KOR", Suggestion::Kind::name), ElementsAre("South Korea"));
  EXPECT_THAT(texts("jane r", Suggestion::Kind::name), ElementsAre("Jane Roe"));
}

TEST_F(Completions, know_nothing_of_what_the_server_asks_itself) {
  searcher_.warm_up();
  EXPECT_THAT(texts("a", Suggestion::Kind::query), IsEmpty());
  EXPECT_THAT(texts("a", Suggestion::Kind::name), IsEmpty());
  EXPECT_THAT(headlines("japan tar"), testing::SizeIs(2));
}

TEST(WarmUp, waits_for_nothing_where_there_is_no_index_yet) {
  const tests::TempDir folder;
  SessionPool pool(folder.path() / "later", 1);
  Searcher(pool).warm_up();
}

TEST_F(Completions, have_what_came_in_after_the_rest) {
  EXPECT_THAT(headlines("jap"), testing::Not(testing::Contains("Japanese rice is short")));
  Article fresh = article("rice", "Japanese rice is short", "Rice is dear.");
  fresh.kicker = "Rice";
  fresh.published = Timestamp{.seconds = kStart};
  add({fresh});
  EXPECT_THAT(headlines("japanese ri"), ElementsAre("Japanese rice is short"));
  EXPECT_THAT(texts("ric", Suggestion::Kind::kicker), ElementsAre("Rice"));
}

TEST_F(Completions, have_queries_that_are_asked_often_and_find_something) {
  for (int i = 0; i < 3; ++i) {
    search("Tariff talks");
    search("tariff xyzzy");
    search("tariff (talks");
  }
  search("tariff japan");
  EXPECT_THAT(texts("tari", Suggestion::Kind::query), ElementsAre("Tariff talks"));
}

TEST_F(Completions, of_withdrawn_articles_are_none) {
  auto catalog = indexer::CatalogWriter::open(folder_.path());
  Article late = newsroom()[3];
  late.status = Status::withheld;
  indexer::IncomingArticle incoming;
  incoming.article = late;
  incoming.content_hash = indexer::content_hash(late);
  ASSERT_TRUE(catalog->upsert(incoming, kStart + 60));
  ASSERT_TRUE(catalog->commit());
  // Not even before the index knows.
  EXPECT_THAT(headlines("taro"), IsEmpty());
  EXPECT_THAT(texts("jane", Suggestion::Kind::name), IsEmpty());
}

TEST_F(Completions, mend_words_that_no_article_holds) {
  EXPECT_EQ(mended("akazwa tariff"), "akazawa tariff");
  EXPECT_EQ(mended("Japan \"trade sanctoins\" -koera"), "Japan \"trade sanctions\" -koera");
  EXPECT_EQ(mended("(minsiter OR tarif) source:koera"), "(minister OR tariff) source:koera");
  // In quotes a word must stand so; that it is somebody's stem is not enough.
  EXPECT_EQ(mended("tariff talk"), "");
  EXPECT_EQ(mended("\"tariff talk\""), "\"tariff talks\"");
  // Two steps for long words, and what many hold for what hardly any does.
  EXPECT_EQ(mended("santcoins"), "sanctions");
  EXPECT_EQ(mended("goverment"), "government");
}

TEST_F(Completions, leave_good_queries_and_hopeless_ones_alone) {
  for (const char* query : {"japan tariff", "", "xyzzy plugh", "2o25", "akz", "日本 関税"})
    EXPECT_EQ(mended(query), "") << query;
}

}  // namespace
}  // namespace broadsheet::server
