// Explanations as readers get them, over an archive made by the indexer's own road. That the
// numbers are those of the ranking is proved in random_queries_test.cpp.
#include "server/search/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/newsroom.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::article_named;
using tests::Newsroom;

constexpr std::int64_t kSeen = 1'745'000'000;  // 18 April 2025
constexpr std::int64_t kDay = 86'400;

// Three articles, a day apart, in English.
class Explain : public testing::Test {
 protected:
  Explain() {
    const std::vector<std::pair<std::string, std::string>> texts = {
        {"Tariff talks", "Japan and the U.S. speak of one tariff and another tariff."},
        {"Harvest", "The tariff is no matter to the orchard."},
        {"Steel", "Mills wait."}};
    std::vector<Article> articles;
    for (const auto& [title, body] : texts) {
      Article article = article_named("a" + std::to_string(articles.size()));
      article.title = title;
      article.body = body;
      article.language = "en";
      article.section = "world";
      article.published =
          Timestamp{.seconds = kSeen - kDay * static_cast<std::int64_t>(articles.size())};
      articles.push_back(article);
    }
    newsroom_.add(articles, kSeen);
  }

  ExplainResponse explained(const std::string& id, SearchRequest request) {
    request.now = kSeen + kDay;
    request.clock = Newsroom::kClock;
    auto response = newsroom_.searcher().explain(id, request);
    EXPECT_TRUE(response) << (response ? "" : response.error().message);
    return response ? *std::move(response) : ExplainResponse();
  }

  Newsroom newsroom_;
};

TEST_F(Explain, counts_words_and_tells_headlines_from_texts) {
  const auto response = explained("a0", {.query = "tariff Japan", .match = MatchMode::any});
  ASSERT_TRUE(response.explanation);
  const Explanation& explanation = *response.explanation;
  EXPECT_TRUE(explanation.is_match);
  ASSERT_EQ(explanation.words.size(), 2U);
  // Once against five times, but in half as many articles.
  const ExplainedWord& japan = explanation.words[0];
  EXPECT_EQ(japan.word, "japan");
  EXPECT_EQ(japan.articles, 1U);
  EXPECT_EQ(japan.occurrences, 2U);  // in the opening
  EXPECT_EQ(japan.title_score, 0);
  const ExplainedWord& tariff = explanation.words[1];
  EXPECT_EQ(tariff.word, "tariff");
  EXPECT_EQ(tariff.articles, 2U);
  EXPECT_EQ(tariff.occurrences, 5U);  // the headline's, and twice those of the opening
  EXPECT_GT(tariff.title_score, 0);
  EXPECT_EQ(explanation.sentence,
            "Has japan (counted twice) and tariff (in the headline, counted 5 times).");
  EXPECT_EQ(response.rank, 1U);
}

TEST_F(Explain, agrees_with_the_hit) {
  SearchRequest request{.query = "tariff talks", .explain = true};
  request.recency = {.half_life_days = 7, .now = kSeen + kDay};
  const auto found = newsroom_.search(request);
  ASSERT_EQ(found.hits.size(), 2U);
  for (std::size_t i = 0; i < found.hits.size(); ++i) {
    const Hit& hit = found.hits[i];
    ASSERT_TRUE(hit.explanation);
    EXPECT_NEAR(hit.explanation->score.value(), hit.score.value(), 1e-9);
    EXPECT_LT(hit.explanation->recency, 1);
    EXPECT_NEAR(hit.explanation->age_days.value(), 1 + static_cast<double>(i), 1e-9);
    EXPECT_EQ(explained(hit.article.article.id, request).rank, i + 1);
  }
  EXPECT_THAT(found.hits[1].explanation->missing, ElementsAre("talks"));
  EXPECT_EQ(found.hits[1].explanation->sentence,
            "Has tariff (counted twice); lacks talks; 2 days old: the score counts 91 %.");
}

// With twelve articles that hold the word "the" is not asked for, so those without it have a rank.
TEST_F(Explain, ranks_as_the_query_was_read) {
  std::vector<Article> more;
  for (int i = 0; i < 12; ++i) {
    Article article = article_named("more" + std::to_string(i));
    article.title = "Duty";
    article.body = "A tariff of " + std::to_string(i) + " parts in a hundred.";
    article.language = "en";
    more.push_back(article);
  }
  newsroom_.add(more, kSeen);
  const auto found = newsroom_.search({.query = "the tariff", .limit = 20});
  ASSERT_GT(found.hits.size(), 12U);
  for (std::size_t i = 0; i < found.hits.size(); ++i) {
    const std::string& id = found.hits[i].article.article.id;
    EXPECT_EQ(explained(id, {.query = "the tariff"}).rank, i + 1) << id;
  }
}

TEST_F(Explain, names_what_keeps_an_article_out) {
  const auto response = explained("a1", {.query = "tariff japan", .match = MatchMode::all});
  ASSERT_TRUE(response.explanation);
  EXPECT_FALSE(response.explanation->is_match);
  EXPECT_FALSE(response.explanation->score);
  EXPECT_FALSE(response.rank);
  EXPECT_THAT(response.explanation->missing, ElementsAre("japan"));
  EXPECT_THAT(response.explanation->failed, ElementsAre("japan"));
  EXPECT_EQ(response.explanation->sentence,
            "Has tariff (counted twice); lacks japan; no match, for it fails japan.");
}

TEST_F(Explain, names_filters_phrases_exclusions_and_dates) {
  const auto failed = [this](SearchRequest request) {
    request.match = MatchMode::all;
    return explained("a0", std::move(request)).explanation.value().failed;
  };
  EXPECT_THAT(failed({.query = "tariff", .filters = {{Field::section, {"sport", "arts"}, false}}}),
              ElementsAre("section:sport,arts"));
  EXPECT_THAT(failed({.query = "tariff", .filters = {{Field::section, {"World"}, true}}}),
              ElementsAre("-section:World"));
  EXPECT_THAT(failed({.query = "\"japan tariff\""}), ElementsAre("\"japan tariff\""));
  EXPECT_THAT(failed({.query = "tariff -japan"}), ElementsAre("NOT japan"));
  EXPECT_THAT(failed({.query = "tariff before:2024-01-01"}), ElementsAre("to"));
  EXPECT_THAT(failed({.query = "tariff after:2024-01-01 before:2024-02-01"}), ElementsAre("to"));
  EXPECT_THAT(failed({.query = "tariff after:2026-01-01 before:2026-02-01"}), ElementsAre("from"));
  EXPECT_THAT(failed({.query = "tariff section:world"}), IsEmpty());
}

TEST_F(Explain, tells_what_age_and_source_do) {
  Article column = article_named("column");
  column.title = "Column";
  column.body = "Of tariffs and of other taxes.";
  column.language = "en";
  column.genre = "Kommentar";
  column.source = {"gazette", "Gazette"};
  column.published = Timestamp{.seconds = kSeen - 27 * kDay};
  newsroom_.add({column}, kSeen);
  auto catalog = indexer::CatalogWriter::open(newsroom_.path());
  ASSERT_TRUE(catalog->set_source("gazette", {.weight = 2.5}));
  ASSERT_TRUE(catalog->commit());
  SearchRequest request{.query = "tariff"};
  request.recency = {.half_life_days = 7, .now = kSeen + kDay};
  const auto response = explained("column", request);
  const Explanation& explanation = response.explanation.value();
  EXPECT_EQ(explanation.source_weight, 2.5);
  EXPECT_NEAR(explanation.recency, 0.75, 1e-9) << "one half-life of an opinion";
  EXPECT_NEAR(explanation.score.value(), explanation.text_score * 0.75 * 2.5, 1e-9);
  EXPECT_THAT(explanation.sentence,
              HasSubstr("28 days old: the score counts 75 %; its source counts 2.5 times."));
  const auto found = newsroom_.search(request);
  EXPECT_EQ(found.hits[0].article.article.id, "column");
  EXPECT_NEAR(found.hits[0].score.value(), explanation.score.value(), 1e-9);
}

TEST_F(Explain, says_when_nothing_ranks) {
  const auto response = explained("a2", {.query = "section:world"});
  EXPECT_TRUE(response.explanation.value().is_match);
  EXPECT_EQ(response.explanation->sentence, "The query has no words to rank by.");
}

TEST_F(Explain, refuses_ids_that_are_unknown) {
  const auto response = newsroom_.searcher().explain("none", {.query = "tariff"});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace broadsheet::server
