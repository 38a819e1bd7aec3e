// Where a kicker comes from, in order: tags and sections that say something, places, names.
#include "indexer/normalize/kicker.h"

#include <gtest/gtest.h>

#include "indexer/normalize/names.h"
#include "indexer/normalize/places.h"

namespace broadsheet::indexer {
namespace {

Article english(const std::string& title, const std::string& body = "") {
  Article article;
  article.title = title;
  article.body = body;
  article.language = "en";
  return article;
}

void expect_kicker(Article article, const std::string& kicker, KickerOrigin origin) {
  set_kicker(article);
  EXPECT_EQ(article.kicker, kicker);
  EXPECT_EQ(article.kicker_from, origin);
}

std::string label_of(const std::string& title, const std::string& body = "") {
  return place_label(find_places(title, body));
}

TEST(place_label, names_two_places_when_both_matter) {
  EXPECT_EQ(label_of("Japan and U.S. resume talks"), "Japan-U.S.");
  EXPECT_EQ(label_of("Tokyo, Washington resume talks"), "Japan-U.S.");
  EXPECT_EQ(
      label_of("British ministers meet", "They also spoke of France. It was late. It rained."),
      "UK-France");
  EXPECT_EQ(label_of("British ministers meet",
                     "London is where they met. It was late. It rained. France was not named."),
            "UK");
}

TEST(place_label, knows_names_people_and_capitals) {
  EXPECT_EQ(label_of("South Korean ships leave Seoul"), "South Korea");
  EXPECT_EQ(label_of("Papua New Guinea votes"), "Papua New Guinea");
  EXPECT_EQ(label_of("Guinea votes"), "Guinea");
  EXPECT_EQ(label_of("China's exports to the US rise"), "China-U.S.");
  EXPECT_EQ(label_of("JAPAN CUTS TARIFFS"), "Japan");
  EXPECT_EQ(label_of("Nigeria, Niger close border"), "Nigeria-Niger");
}

TEST(place_label, is_not_misled_by_words_that_look_alike) {
  EXPECT_EQ(label_of("They gave us nothing"), "");
  EXPECT_EQ(label_of("GIVE US NOTHING"), "");
  EXPECT_EQ(label_of("A turkey was eaten"), "");
  EXPECT_EQ(label_of("Michael Jordan retires"), "");
  EXPECT_EQ(label_of("Jordan shuts the border", "The king in Amman said so."), "Jordan");
  EXPECT_EQ(label_of("Voters in Georgia wait"), "");
  EXPECT_EQ(label_of("New England fishers wait"), "");
  EXPECT_EQ(label_of("The Washington Post reports"), "");
  EXPECT_EQ(label_of("Chinatown fair opens"), "");
  EXPECT_EQ(label_of("Indiana votes"), "");
}

TEST(leading_name, is_the_one_repeated_and_in_the_title) {
  const std::string body =
      "Sen. Ann Tarrow said no on Monday. Others in the Harbour League said yes. Later Tarrow "
      "left, and Tarrow did not come back.";
  EXPECT_EQ(leading_name("Senator says no", body), "Ann Tarrow");
  EXPECT_EQ(leading_name("Harbour League says yes", body), "Harbour League");
  EXPECT_EQ(leading_name("Rain", "It rained. Then it rained again. It was wet."), "");
}

TEST(set_kicker, prefers_what_the_source_says_of_the_subject) {
  Article article = english("Talks on tariffs in Japan go on");
  article.tags = {"News", "Tariffs"};
  article.section = "world";
  expect_kicker(article, "Tariffs", KickerOrigin::tag);
  article.tags = {"Japan"};
  expect_kicker(article, "Japan", KickerOrigin::place);
  article.section = "supreme_court";
  expect_kicker(article, "Supreme Court", KickerOrigin::section);
  article.section = "us_house";
  expect_kicker(article, "US House", KickerOrigin::section);
}

TEST(set_kicker, falls_back_to_tag_name_and_section) {
  Article article = english("It rains");
  article.tags = {"Latest", "weather"};
  article.section = "news";
  expect_kicker(article, "Weather", KickerOrigin::tag);
  article.tags.clear();
  expect_kicker(article, "News", KickerOrigin::section);
  article.section.clear();
  expect_kicker(article, "", KickerOrigin::none);
  article.body = "The Harbour League met. The Harbour League ate. In May the Harbour League slept.";
  expect_kicker(article, "Harbour League", KickerOrigin::name);
}

TEST(set_kicker, reads_places_and_names_in_english_alone) {
  Article article = english("Paris Berlin Madrid", "Anna Tarrow. Anna Tarrow. Anna Tarrow.");
  article.language = "fi";
  expect_kicker(article, "", KickerOrigin::none);
  article.section = "Urheilu";
  expect_kicker(article, "Urheilu", KickerOrigin::section);
}

}  // namespace
}  // namespace broadsheet::indexer
