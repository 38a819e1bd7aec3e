// Related links over a small archive made by the indexer's own road: which articles are linked, in
// what order, as what, and why. The measured quality is in tests/relevance.
#include "server/search/related.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/search/related_reasons.h"
#include "server/search/related_shingles.h"
#include "server/search/searcher.h"
#include "tests/support/small_archive.h"
#include "tests/support/talks_articles.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

using tests::kDay;
using tests::kTalks;

constexpr std::int64_t kNow = kTalks + 100 * kDay;

constexpr auto article = tests::english_article;

// One story in several parts, and other news that shares common words with it.
std::vector<Article> newsroom() {
  std::vector<Article> all = tests::opening_of_talks();
  all.insert(
      all.end(),
      {article("round-two",
               "Second round of tariff talks ends without deal on cars",
               "Akazawa left Washington after a second round of tariff talks without a deal. Japan "
               "wants the tariff on cars lifted. Envoys meet again in May.",
               kTalks + 3 * kDay),
       article("last-year",
               "Tokyo and Washington argue over a tariff on cars",
               "The old quarrel over a tariff on cars came up when Akazawa spoke in Tokyo. Japan "
               "sells many vehicles in the United States, and talks have failed before.",
               kTalks - 300 * kDay),
       article("undated",
               "How tariff talks between Japan and the U.S. work",
               "Tariff talks on cars begin with envoys. Akazawa leads for Japan; vehicles are the "
               "hardest chapter, officials in Washington said.",
               0)});
  all.push_back(
      article("opinion",
              "Opinion: a tariff on cars helps nobody",
              "Tariff talks should end the tariff on cars. Akazawa is right that vehicles "
              "cost more, and Japan will not forget what Washington did.",
              kTalks + kDay));
  // Two tenders for one ware: the same words, not the same event.
  all.push_back(article("syria",
                        "Syria seeks white sugar",
                        "Syria is to hold a buying tender for white sugar, traders said. Cargoes "
                        "of sugar are sought for shipment in June.",
                        kTalks));
  all.push_back(article("peru",
                        "Peru fails to buy sugar",
                        "Peru bought no white sugar at its buying tender, traders said. Cargoes "
                        "of sugar for shipment in June were too dear.",
                        kTalks + kDay));
  all.push_back(article("fleet",
                        "Fleet sails for the Indo-Pacific",
                        "Mr. Rossi said the Indo-Pacific fleet left Brindisi. Mr. Rossi leads it.",
                        kTalks));
  all.push_back(article("fleet-back",
                        "Fleet is back from the Indo-Pacific",
                        "Mr. Rossi met the Indo-Pacific fleet in Brindisi. Mr. Rossi led it.",
                        kTalks + 2 * kDay));
  tests::add_other_news(all);
  return all;
}

class RelatedLinks : public testing::Test {
 protected:
  RelatedLinks() { tests::add_articles(folder_.path(), newsroom(), kNow); }

  RelatedResponse links_of(const std::string& id, RelatedRequest request = {}) {
    request.now = request.clock = kNow;
    auto response = searcher_.related(id, request);
    EXPECT_TRUE(response) << (response ? "" : response.error().message);
    return response ? std::move(*response) : RelatedResponse();
  }

  static std::vector<std::string> ids(const RelatedResponse& response) {
    std::vector<std::string> all;
    for (const RelatedLink& link : response.links)
      all.push_back(link.article.article.id);
    return all;
  }

  static std::vector<std::string> terms(const RelatedLink& link) {
    std::vector<std::string> all;
    for (const SharedTerm& term : link.terms)
      all.push_back(term.term);
    return all;
  }

  static const RelatedLink& link(const RelatedResponse& response, const std::string& id) {
    static const RelatedLink kNone;
    const auto found =
        std::find_if(response.links.begin(), response.links.end(), [&](const RelatedLink& each) {
          return each.article.article.id == id;
        });
    EXPECT_NE(found, response.links.end()) << id << " is not among the links";
    return found == response.links.end() ? kNone : *found;
  }

  tests::TempDir folder_;
  SessionPool pool_{folder_.path(), 1};
  Searcher searcher_{pool_};
};

TEST_F(RelatedLinks, tell_the_same_story_and_leave_other_news_out) {
  const auto links = ids(links_of("talks", {.limit = 4}));
  EXPECT_THAT(links, IsSupersetOf({"round-two", "opinion", "undated"}));
  EXPECT_THAT(links, Not(Contains(HasSubstr("other"))));
}

TEST_F(RelatedLinks, never_hold_the_article_itself) {
  EXPECT_THAT(ids(links_of("talks")), Not(Contains("talks")));
  EXPECT_THAT(ids(links_of("talks", {.collapse = Collapse::none})), Not(Contains("talks")));
}

TEST_F(RelatedLinks, fold_copies_unless_asked_to_show_them) {
  EXPECT_THAT(ids(links_of("talks")), Not(Contains("copy")));
  const auto shown = links_of("talks", {.collapse = Collapse::none});
  EXPECT_EQ(link(shown, "copy").relation, Relation::duplicate);
  EXPECT_THAT(link(shown, "copy").why, StartsWith("Has almost the same text"));
}

TEST_F(RelatedLinks, show_one_of_two_copies_of_each_other) {
  const auto links = ids(links_of("round-two"));
  EXPECT_EQ(std::count(links.begin(), links.end(), "talks") +
                std::count(links.begin(), links.end(), "copy"),
            1);
}

TEST_F(RelatedLinks, say_what_they_are_to_the_article) {
  const auto response = links_of("talks");
  EXPECT_EQ(link(response, "round-two").relation, Relation::update);
  EXPECT_EQ(link(response, "opinion").relation, Relation::analysis);
  EXPECT_EQ(link(response, "last-year").relation, Relation::background);
  EXPECT_EQ(link(links_of("round-two"), "talks").relation, Relation::same_story);
}

TEST_F(RelatedLinks, of_one_topic_are_not_one_story) {
  EXPECT_EQ(link(links_of("syria"), "peru").relation, Relation::background);
  EXPECT_EQ(link(links_of("fleet"), "fleet-back").relation, Relation::update);
}

TEST_F(RelatedLinks, give_whole_words_and_no_honorifics_for_reasons) {
  const auto response = links_of("fleet");
  const RelatedLink& back = link(response, "fleet-back");
  const std::vector<std::string> words = terms(back);
  EXPECT_THAT(words, IsSupersetOf({"Indo-Pacific", "Rossi"}));
  EXPECT_THAT(words, Not(Contains("Indo")));
  EXPECT_THAT(words, Not(Contains("Mr")));
  EXPECT_EQ(std::count(words.begin(), words.end(), "Indo-Pacific"), 1);
  EXPECT_THAT(back.why, HasSubstr("Indo-Pacific"));
}

TEST_F(RelatedLinks, are_left_out_once_the_time_is_up) {
  const auto past = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const auto late = links_of("talks", {.deadline = past});
  EXPECT_THAT(late.links, IsEmpty());
  EXPECT_THAT(late.short_reason, HasSubstr("time"));
  const auto found = searcher_.search(
      {.query = "tariff", .related = 2, .now = kNow, .clock = kNow, .deadline = past});
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->partial);
  ASSERT_THAT(found->hits, Not(IsEmpty()));
  EXPECT_THAT(found->hits.front().related, IsEmpty());
  EXPECT_THAT(found->hits.front().snippet.text, IsEmpty());
}

TEST_F(RelatedLinks, and_snippets_come_only_where_they_are_wanted) {
  SearchRequest request{.query = "tariff", .related = 2, .now = kNow, .clock = kNow};
  const auto whole = searcher_.search(request);
  ASSERT_TRUE(whole);
  EXPECT_FALSE(whole->partial);
  EXPECT_THAT(whole->hits.front().related, SizeIs(2));
  EXPECT_THAT(whole->hits.front().snippet.text, Not(IsEmpty()));
  EXPECT_THAT(whole->hits.front().title_html, Not(IsEmpty()));
  request.wants_snippets = request.wants_title_html = false;
  const auto bare = searcher_.search(request);
  ASSERT_TRUE(bare);
  EXPECT_THAT(bare->hits.front().snippet.text, IsEmpty());
  EXPECT_THAT(bare->hits.front().title_html, IsEmpty());
}

TEST_F(RelatedLinks, put_what_is_near_in_time_first) {
  const auto links = ids(links_of("talks"));
  const auto place = [&](const char* id) { return std::find(links.begin(), links.end(), id); };
  EXPECT_LT(place("round-two"), place("last-year"));
}

TEST_F(RelatedLinks, say_why_in_the_words_of_the_article) {
  const auto response = links_of("talks");
  const RelatedLink& update = link(response, "round-two");
  EXPECT_THAT(update.why, AllOf(StartsWith("Shares "), HasSubstr("tariff talks")));
  EXPECT_THAT(update.why, EndsWith("; same story; 3 days later"));
  EXPECT_THAT(terms(update), IsSupersetOf({"tariff", "talks"}));
  EXPECT_THAT(link(response, "undated").why, Not(HasSubstr(" later")));
  EXPECT_THAT(link(response, "opinion").why, HasSubstr("; analysis; 1 day later"));
}

TEST_F(RelatedLinks, weigh_the_words_that_tie_them) {
  const auto response = links_of("talks");
  double sum = 0;
  double before = 1;
  for (const SharedTerm& term : link(response, "round-two").terms) {
    EXPECT_GT(term.weight, 0);
    EXPECT_LE(term.weight, before) << term.term;
    before = term.weight;
    sum += term.weight;
  }
  EXPECT_GT(sum, 0.5) << "most of what they share";
  EXPECT_LT(sum, 1.0001);
}

TEST_F(RelatedLinks, stand_where_the_desk_put_them) {
  RelatedRequest request{.limit = 4};
  request.rules.pins = {{"other7", 2, "read in court"}, {"round-two", 9, ""}, {"missing", 1, ""}};
  const auto response = links_of("talks", request);
  const auto links = ids(response);
  ASSERT_THAT(links, SizeIs(4));
  EXPECT_EQ(links[1], "other7");
  EXPECT_EQ(links[3], "round-two") << "beyond the end is last";
  EXPECT_TRUE(response.links[1].pinned);
  EXPECT_FALSE(response.links[0].pinned);
  EXPECT_EQ(response.links[1].why, "Chosen by the desk: read in court");
  EXPECT_EQ(response.links[3].why, "Chosen by the desk");
}

TEST_F(RelatedLinks, of_the_desk_obey_what_the_reader_asked_for) {
  RelatedRequest request;
  request.rules.pins = {{"other7", 1, ""}, {"talks", 2, ""}};
  request.exclude = {"other7"};
  EXPECT_THAT(ids(links_of("talks", request)), Not(Contains("other7")));
  EXPECT_THAT(ids(links_of("talks", request)), Not(Contains("talks"))) << "not its own link";
  request.exclude = {};
  request.relations = {Relation::update};
  EXPECT_THAT(ids(links_of("talks", request)), Not(Contains("other7")));
}

TEST_F(RelatedLinks, hold_only_the_relations_asked_for) {
  EXPECT_THAT(ids(links_of("talks", {.relations = {Relation::analysis}})), ElementsAre("opinion"));
}

TEST_F(RelatedLinks, leave_out_what_is_excluded_or_too_old) {
  EXPECT_THAT(ids(links_of("talks", {.exclude = {"opinion"}})), Not(Contains("opinion")));
  const auto recent = ids(links_of("talks", {.max_age_days = 101}));
  EXPECT_THAT(recent, Contains("round-two"));
  EXPECT_THAT(recent, Not(Contains("last-year")));
  EXPECT_THAT(recent, Not(Contains("undated")));
}

TEST_F(RelatedLinks, are_no_more_than_asked_for_and_say_when_they_are_fewer) {
  const auto two = links_of("talks", {.limit = 2});
  EXPECT_THAT(two.links, SizeIs(2));
  EXPECT_THAT(two.short_reason, IsEmpty());
  EXPECT_THAT(links_of("talks", {.limit = 50}).short_reason, Not(IsEmpty()));
}

TEST_F(RelatedLinks, leave_out_articles_taken_down_since_the_index_was_written) {
  auto catalog = indexer::CatalogWriter::open(folder_.path());
  ASSERT_TRUE(catalog->withdraw("round-two", {.reason = "wrong"}));
  ASSERT_TRUE(catalog->commit());
  EXPECT_THAT(ids(links_of("talks")), Not(Contains("round-two")));
}

TEST_F(RelatedLinks, serve_a_draft_nobody_has_stored) {
  const Draft draft{"Akazawa to fly to Washington", "New tariff talks on cars are planned."};
  const auto response = searcher_.related(draft, {.limit = 3, .now = kNow, .clock = kNow});
  ASSERT_TRUE(response);
  EXPECT_THAT(response->links, SizeIs(3));
  EXPECT_THAT(ids(*response), Not(Contains(HasSubstr("other"))));
}

TEST_F(RelatedLinks, of_a_draft_in_words_nobody_has_are_none) {
  const auto response = searcher_.related(Draft{"", "Quxfoo zorbly"}, {.now = kNow, .clock = kNow});
  ASSERT_TRUE(response);
  EXPECT_THAT(response->links, IsEmpty());
  EXPECT_EQ(response->short_reason, "no other article of the archive holds a word of this text");
}

TEST_F(RelatedLinks, of_an_empty_draft_are_none) {
  const auto response = searcher_.related(Draft{"", " ... "}, {.now = kNow, .clock = kNow});
  ASSERT_TRUE(response);
  EXPECT_THAT(response->links, IsEmpty());
  EXPECT_EQ(response->short_reason, "the text holds no words to go by");
}

TEST(Shingles, are_shared_by_a_text_and_the_part_cut_from_it) {
  TextAnalyzer analyzer;
  const std::string whole = "one two three four five six seven eight nine ten eleven twelve";
  const Shingles full = shingles_of("", whole, analyzer);
  EXPECT_DOUBLE_EQ(full.containment(shingles_of("", whole.substr(0, 33), analyzer)), 1);
  EXPECT_DOUBLE_EQ(full.containment(shingles_of("", "ten nine eight seven six five", analyzer)), 0);
  EXPECT_DOUBLE_EQ(full.containment(Shingles()), 0);
}

TEST(Shingles, need_four_words_in_a_row) {
  TextAnalyzer analyzer;
  const Shingles text = shingles_of("", "a b c d e f g", analyzer);
  // Runs: abcd bcde cdef defg against abcd bcdx cdxy dxyz.
  EXPECT_DOUBLE_EQ(text.containment(shingles_of("", "a b c d x y z", analyzer)), 0.25);
}

TEST(Distance, is_told_in_the_largest_unit_that_fits) {
  EXPECT_EQ(distance_in_words(0), "the same day");
  EXPECT_EQ(distance_in_words(0.25), "6 hours later");
  EXPECT_EQ(distance_in_words(-1), "1 day earlier");
  EXPECT_EQ(distance_in_words(13), "13 days later");
  EXPECT_EQ(distance_in_words(-21), "3 weeks earlier");
  EXPECT_EQ(distance_in_words(90), "3 months later");
  EXPECT_EQ(distance_in_words(-1461), "4 years earlier");
}

TEST(TimeFactor, halves_its_advantage_in_a_week_and_never_falls_below_a_half) {
  EXPECT_DOUBLE_EQ(time_factor(0), 1);
  EXPECT_DOUBLE_EQ(time_factor(7), 0.75);
  EXPECT_DOUBLE_EQ(time_factor(-7), 0.75);
  EXPECT_NEAR(time_factor(4000), 0.5, 1e-9);
  EXPECT_DOUBLE_EQ(time_factor(std::nullopt), 0.75);
}

}  // namespace
}  // namespace broadsheet::server
