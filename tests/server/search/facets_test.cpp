// Facets over archives made by the indexer's own road: what is counted, how it is shown, and that
// every count equals one made by hand.
#include "server/search/facets.h"

#include <algorithm>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/text.h"
#include "tests/support/newsroom.h"

namespace broadsheet::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::article_named;
using tests::Newsroom;

constexpr std::int64_t kSeen = 1'745'000'000;

FacetRow row(std::string_view name) {
  return *std::find_if(
      kFacets.begin(), kFacets.end(), [name](const FacetRow& known) { return known.name == name; });
}

// "value count" of each.
std::vector<std::string> counts_of(const SearchResponse& response, std::size_t facet = 0) {
  std::vector<std::string> counts;
  for (const FacetValue& value : response.facets.at(facet).values)
    counts.push_back(value.value + " " + std::to_string(value.count));
  return counts;
}

std::vector<Article> with_sections(const std::vector<std::string>& sections) {
  std::vector<Article> articles;
  for (const std::string& section : sections) {
    articles.push_back(article_named("a" + std::to_string(articles.size())));
    articles.back().section = section;
  }
  return articles;
}

TEST(Facets, show_the_most_frequent_first_and_equal_ones_in_order) {
  Newsroom newsroom;
  newsroom.add(with_sections({"world", "sport", "world", "chess", "Arts", "sport", "", "world"}),
               kSeen);
  const auto found = newsroom.search({.facets = {row("section")}});
  EXPECT_THAT(counts_of(found), ElementsAre("world 3", "sport 2", "Arts 1", "chess 1"));
  EXPECT_THAT(counts_of(newsroom.search({.facets = {row("section")}, .facet_limit = 2})),
              ElementsAre("world 3", "sport 2"));
  EXPECT_FALSE(found.facets[0].is_sampled);
}

TEST(Facets, show_the_spelling_that_most_articles_have) {
  Newsroom newsroom;
  newsroom.add(with_sections({"World", "WORLD", "World", "économie"}), kSeen);
  EXPECT_THAT(counts_of(newsroom.search({.facets = {row("section")}})),
              ElementsAre("World 3", "économie 1"));
  std::vector<Article> more = with_sections({"", "", "", "", "WORLD", "WORLD"});
  more.erase(more.begin(), more.begin() + 4);
  newsroom.add(more, kSeen + 1);
  EXPECT_THAT(counts_of(newsroom.search({.facets = {row("section")}})),
              ElementsAre("WORLD 5", "économie 1"));
}

TEST(Facets, of_sources_are_ids_with_names) {
  Newsroom newsroom;
  std::vector<Article> articles = with_sections({"", "", ""});
  articles[0].source = {"meridian-wire", "Meridian Wire"};
  articles[1].source = {"meridian-wire", "Meridian Wire"};
  articles[2].source = {"gazette", "Gazette"};
  newsroom.add(articles, kSeen);
  const auto found = newsroom.search({.facets = {row("source")}});
  EXPECT_THAT(counts_of(found), ElementsAre("meridian-wire 2", "gazette 1"));
  EXPECT_EQ(found.facets[0].values[0].name, "Meridian Wire");
}

TEST(Facets, count_every_value_of_a_list) {
  Newsroom newsroom;
  std::vector<Article> articles = with_sections({"", ""});
  articles[0].authors = {"B. Writer", "A. Writer"};
  articles[1].authors = {"A. Writer"};
  articles[1].tags = {"trade"};
  newsroom.add(articles, kSeen);
  const auto found = newsroom.search({.facets = {row("author"), row("tag")}});
  EXPECT_THAT(counts_of(found), ElementsAre("A. Writer 2", "B. Writer 1"));
  EXPECT_THAT(counts_of(found, 1), ElementsAre("trade 1"));
}

TEST(Facets, leave_their_own_filter_out_and_no_other) {
  Newsroom newsroom;
  std::vector<Article> articles = with_sections({"world", "world", "sport"});
  articles[0].genre = "news";
  articles[1].genre = "opinion";
  articles[2].genre = "opinion";
  newsroom.add(articles, kSeen);
  const auto found = newsroom.search(
      {.filters = {{Field::section, {"World"}, false}}, .facets = {row("section"), row("genre")}});
  EXPECT_EQ(found.total.value, 2U);
  EXPECT_THAT(counts_of(found), ElementsAre("world 2", "sport 1"));
  EXPECT_THAT(counts_of(found, 1), ElementsAre("news 1", "opinion 1"));
}

TEST(Facets, of_years_go_by_the_zone_and_days_stay_in_theirs) {
  Newsroom newsroom;
  newsroom.add({article_named("a", "2024-12-31T23:30:00Z"),
                article_named("b", "2025-01-01"),
                article_named("c", "2023-05-05"),
                article_named("d", "")},
               kSeen);
  EXPECT_THAT(counts_of(newsroom.search({.facets = {row("year")}})),
              ElementsAre("2023 1", "2024 1", "2025 1"));
  EXPECT_THAT(counts_of(newsroom.search({.tz = "Asia/Tokyo", .facets = {row("year")}})),
              ElementsAre("2025 2", "2023 1"));
  EXPECT_THAT(counts_of(newsroom.search({.tz = "America/New_York", .facets = {row("year")}})),
              ElementsAre("2023 1", "2024 1", "2025 1"));
}

TEST(Facets, of_nothing_are_empty) {
  Newsroom newsroom;
  newsroom.add(with_sections({"world"}), kSeen);
  const auto found = newsroom.search({.query = "absent", .facets = {row("section"), row("year")}});
  EXPECT_THAT(counts_of(found), IsEmpty());
  EXPECT_THAT(counts_of(found, 1), IsEmpty());
}

// A made-up archive in several parts: some articles are new versions, some are taken down.
class ManyFacets : public testing::Test {
 protected:
  ManyFacets() {
    for (int batch = 0; batch < 4; ++batch) {
      std::vector<Article> articles;
      for (int i = 0; i < (batch == 0 ? 300 : 40); ++i)
        articles.push_back(random_article());
      for (const Article& article : articles)
        live_[article.id] = article;
      newsroom_.add(articles, kSeen + batch);
    }
    std::erase_if(live_, [](const auto& entry) { return entry.second.status != Status::usable; });
  }

  std::size_t below(std::size_t most) { return dice_() % most; }

  Article random_article() {
    Article made = article_named("a" + std::to_string(below(380)), "");
    made.body.clear();
    for (const char* word : {"harbour", "council", "strike", "budget"})
      if (below(2) == 0) made.body += std::string(word) + " ";
    made.body += "always";
    for (const char* section : {"world", "Sport", "arts"})
      if (below(3) == 0) made.section = section;
    for (const char* tag : {"trade", "rail", "Sea", "vote", "snow"})
      if (below(3) == 0) made.tags.emplace_back(tag);
    if (below(5) > 0)
      made.published = Timestamp{1'700'000'000 + static_cast<std::int64_t>(below(90'000'000))};
    if (below(12) == 0) made.status = Status::withdrawn;
    return made;
  }

  std::map<std::string, std::uint64_t> counted_by_hand(
      const std::set<std::string>& words,
      const std::string& section,
      const std::function<std::vector<std::string>(const Article&)>& values) const {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& [id, article] : live_) {
      const bool has_words =
          std::all_of(words.begin(), words.end(), [&body = article.body](const std::string& word) {
            return body.find(word) != std::string::npos;
          });
      if (!has_words || (!section.empty() && article.section != section)) continue;
      for (const std::string& value : values(article))
        ++counts[value];
    }
    return counts;
  }

  static std::map<std::string, std::uint64_t> counts(const Facet& facet) {
    std::map<std::string, std::uint64_t> counts;
    for (const FacetValue& value : facet.values)
      counts[value.value] = value.count;
    return counts;
  }

  std::mt19937 dice_{20250418};
  std::map<std::string, Article> live_;
  Newsroom newsroom_;
};

TEST_F(ManyFacets, equal_counts_made_by_hand) {
  const std::vector<std::string> words = {"harbour", "council", "strike", "budget", "always"};
  const auto section_of = [](const Article& article) {
    return article.section.empty() ? std::vector<std::string>() : std::vector{article.section};
  };
  const auto tags_of = [](const Article& article) { return article.tags; };
  for (int round = 0; round < 60; ++round) {
    std::set<std::string> asked;
    for (std::size_t i = below(3); i > 0; --i)
      asked.insert(words[below(words.size())]);
    const std::string section = below(2) == 0 ? "Sport" : "";
    SearchRequest request{.match = MatchMode::all, .facets = {row("section"), row("tag")}};
    for (const std::string& word : asked)
      request.query += word + " ";
    if (!section.empty()) request.filters = {{Field::section, {section}, false}};
    const auto found = newsroom_.search(request);
    SCOPED_TRACE(request.query + section);
    EXPECT_EQ(counts(found.facets[0]), counted_by_hand(asked, "", section_of));
    EXPECT_EQ(counts(found.facets[1]), counted_by_hand(asked, section, tags_of));
    const auto one = counted_by_hand(
        asked, section, [](const Article&) { return std::vector<std::string>{"article"}; });
    EXPECT_EQ(found.total.value, one.empty() ? 0 : one.at("article"));
  }
}

}  // namespace
}  // namespace broadsheet::server
