// The finished list over a small archive made by the indexer's own road: what fills its slots, and
// what never stands in it.
#include "server/search/read_next.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/search/one_sentence.h"
#include "tests/support/newsroom.h"
#include "tests/support/talks_articles.h"

namespace broadsheet::server {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using tests::kDay;
using tests::kTalks;

constexpr std::int64_t kNow = tests::Newsroom::kClock;

constexpr auto article = tests::english_article;

// Reports on the same talks in words of their own.
constexpr std::array<const char*, 6> kRounds = {
    "Minister Akazawa of Japan told envoys in Washington that the tariff on cars must go before "
    "any "
    "deal. The talks broke off late.",
    "No deal on cars: the United States keeps its tariff on vehicles, and talks with Japan pause. "
    "Akazawa flew home from Washington.",
    "Talks resumed. Envoys from Washington heard Akazawa, the minister, on the tariff that Japan "
    "pays for vehicles and cars.",
    "Washington offered to halve its tariff; Akazawa said Japan wants none on cars. The tariff "
    "talks "
    "need a third week of envoys.",
    "Japan would buy rice if the United States dropped the tariff on vehicles, Akazawa said after "
    "talks in Washington on cars.",
    "Cars stay the hardest part of the tariff talks, envoys of both sides said. Akazawa meets the "
    "United States minister in Washington again."};

// Six rounds of talks, what lies behind, what else is on the beat, and other news.
std::vector<Article> newsroom() {
  std::vector<Article> all = tests::opening_of_talks();
  for (int i = 1; i <= 6; ++i) {
    const std::string number = std::to_string(i);
    all.push_back(article("round" + number,
                          "Round " + number + " of Akazawa tariff talks ends",
                          kRounds.at(static_cast<std::size_t>(i - 1)),
                          kTalks + i * kDay));
  }
  all.push_back(
      article("last-year",
              "Tokyo and Washington argue over a tariff on cars",
              "The old quarrel over a tariff on cars came up when Akazawa spoke in Tokyo. "
              "Japan sells many vehicles in the United States.",
              kTalks - 300 * kDay));
  all.push_back(article("explainer",
                        "Explainer: how tariff talks on cars work",
                        "Tariff talks on cars begin with envoys. Akazawa leads for Japan; vehicles "
                        "are the hardest chapter, officials in Washington said.",
                        kTalks + kDay));
  all.push_back(article("steel",
                        "Washington weighs a tariff on steel",
                        "A tariff on steel from Korea may come, Washington said. Japan looks on; "
                        "vehicles need steel.",
                        kTalks + 2 * kDay));
  tests::add_other_news(all);
  // Labels of their own, and a zone that is not UTC.
  for (Article& each : all) {
    each.kicker = "Kicker of " + each.id;
    each.published->offset_minutes = 540;
  }
  return all;
}

class ReadNext : public testing::Test {
 protected:
  ReadNextResponse list(ReadNextRequest request = {}) {
    request.now = request.clock = kNow;
    auto response = room_.searcher().read_next("talks", request);
    EXPECT_TRUE(response) << (response ? "" : response.error().message);
    return response ? std::move(*response) : ReadNextResponse();
  }

  static std::vector<std::string> ids(const ReadNextResponse& response) {
    std::vector<std::string> all;
    for (const ReadNextItem& item : response.items)
      all.push_back(item.link.article.article.id);
    return all;
  }

  static std::vector<std::string> ids(const ReadNextResponse& response, ReadNextSlot slot) {
    std::vector<std::string> all;
    for (const ReadNextItem& item : response.items) {
      if (item.slot == slot) all.push_back(item.link.article.article.id);
    }
    return all;
  }

  tests::Newsroom room_;
};

TEST_F(ReadNext, fills_its_slots) {
  room_.add(newsroom(), kNow);
  const ReadNextResponse response = list();
  EXPECT_THAT(response.items, SizeIs(5));
  EXPECT_EQ(response.short_reason, "");
  EXPECT_THAT(ids(response, ReadNextSlot::latest), Each(testing::StartsWith("round")));
  EXPECT_THAT(ids(response, ReadNextSlot::background), Contains("explainer"));
  EXPECT_THAT(ids(response, ReadNextSlot::beat), Contains("steel"));
  const auto slot_of = [](const ReadNextItem& item) { return item.slot; };
  EXPECT_TRUE(std::ranges::is_sorted(response.items, {}, slot_of));
}

TEST_F(ReadNext, begins_with_the_newest_of_the_story) {
  room_.add(newsroom(), kNow);
  const ReadNextResponse response = list();
  ASSERT_THAT(response.items, SizeIs(5));
  EXPECT_GT(response.items[0].link.article.article.published->seconds,
            response.items[1].link.article.article.published->seconds);
}

TEST_F(ReadNext, never_holds_a_copy_the_article_or_what_is_hidden) {
  std::vector<Article> all = newsroom();
  for (Article& each : all) {
    if (each.id == "round3") each.status = Status::withheld;
    if (each.id == "round4") each.embargoed_until = kNow + 60;
  }
  room_.add(all, kNow);
  const auto shown = ids(list({.limit = 20}));
  EXPECT_THAT(shown, AllOf(Not(Contains("talks")), Not(Contains("copy"))));
  EXPECT_THAT(shown, AllOf(Not(Contains("round3")), Not(Contains("round4"))));
  EXPECT_EQ(std::set<std::string>(shown.begin(), shown.end()).size(), shown.size());
}

TEST_F(ReadNext, holds_no_article_withdrawn_since) {
  room_.add(newsroom(), kNow);
  const std::string first = ids(list()).front();
  auto catalog = indexer::CatalogWriter::open(room_.path());
  ASSERT_TRUE(catalog->withdraw(first, {.reason = "wrong"}));
  ASSERT_TRUE(catalog->commit());
  EXPECT_THAT(ids(list({.limit = 20, .rules = {.pins = {{first, 1, ""}}, .blocked = {}}})),
              Not(Contains(first)));
}

TEST_F(ReadNext, shows_no_kicker_three_times) {
  std::vector<Article> all = newsroom();
  for (Article& each : all)
    each.kicker = each.id.starts_with("round") ? "Trade" : each.id == "steel" ? "TRADE " : "Other";
  room_.add(all, kNow);
  const ReadNextResponse response = list({.limit = 20});
  std::map<std::string, int> kickers;
  for (const ReadNextItem& item : response.items)
    ++kickers[fold(item.kicker)];
  EXPECT_EQ(kickers["trade"], 2);
  EXPECT_EQ(kickers["other"], 2);
  for (const auto& [kicker, times] : kickers)
    EXPECT_LE(times, 2) << kicker;
  EXPECT_NE(response.short_reason, "");
}

TEST_F(ReadNext, takes_another_label_before_it_leaves_an_article_out) {
  std::vector<Article> all = newsroom();
  for (Article& each : all) {
    each.kicker = "Trade";
    each.tags = {"Tag of " + each.id};
  }
  room_.add(all, kNow);
  const ReadNextResponse response = list();
  ASSERT_THAT(response.items, SizeIs(5));
  std::multiset<std::string> kickers;
  for (const ReadNextItem& item : response.items)
    kickers.insert(item.kicker);
  EXPECT_EQ(kickers.count("Trade"), 2U);
  EXPECT_EQ(std::set<std::string>(kickers.begin(), kickers.end()).size(), 4U);
}

TEST_F(ReadNext, takes_the_section_where_there_is_no_kicker) {
  std::vector<Article> all = newsroom();
  for (Article& each : all) {
    if (!each.id.starts_with("round")) continue;
    each.kicker.clear();
    each.section = "Section of " + each.id;
  }
  room_.add(all, kNow);
  const ReadNextResponse response = list();
  EXPECT_EQ(response.items.front().kicker,
            "Section of " + response.items.front().link.article.article.id);
}

TEST_F(ReadNext, is_not_all_one_story_while_there_is_more) {
  room_.add(newsroom(), kNow);
  const auto of_story = [](const ReadNextResponse& response) {
    return std::ranges::count_if(response.items, [](const ReadNextItem& item) {
      return item.link.article.article.id.starts_with("round");
    });
  };
  EXPECT_LE(of_story(list({.limit = 5})), 3);
  EXPECT_GE(of_story(list({.limit = 5})), 2);
  const ReadNextResponse whole =
      list({.limit = 12, .exclude = {"last-year", "explainer", "steel"}});
  EXPECT_EQ(of_story(whole), 6) << "with nothing else the story fills the list";
}

TEST_F(ReadNext, says_more_under_each_title) {
  std::vector<Article> all = newsroom();
  for (Article& each : all)
    each.summary = each.title + ".";
  room_.add(all, kNow);
  TextAnalyzer analyzer;
  const ReadNextResponse response = list();
  ASSERT_THAT(response.items, Not(IsEmpty()));
  for (const ReadNextItem& item : response.items) {
    const Article& shown = item.link.article.article;
    EXPECT_NE(item.summary, "") << shown.id;
    EXPECT_TRUE(says_more(item.summary, shown.title, "en", analyzer)) << item.summary;
    EXPECT_EQ(shown.body, "") << "read, not kept";
  }
}

TEST_F(ReadNext, leaves_pins_where_the_desk_put_them) {
  room_.add(newsroom(), kNow);
  const ReadNextResponse response =
      list({.limit = 5,
            .rules = {.pins = {{"other3", 1, "our own"}, {"other4", 3, ""}}, .blocked = {}}});
  ASSERT_THAT(response.items, SizeIs(5));
  EXPECT_EQ(ids(response)[0], "other3");
  EXPECT_EQ(ids(response)[2], "other4");
  EXPECT_TRUE(response.items[0].link.pinned);
  EXPECT_EQ(response.items[0].link.why, "Chosen by the desk: our own");
}

TEST_F(ReadNext, of_an_article_alone_says_so) {
  room_.add({newsroom().front()}, kNow);
  const ReadNextResponse response = list();
  EXPECT_THAT(response.items, IsEmpty());
  EXPECT_EQ(response.short_reason, "the archive holds no other article");
}

}  // namespace
}  // namespace broadsheet::server
