// The sentence under a headline: it says more than the headline, or there is none.
#include "server/search/one_sentence.h"

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

Article article(std::string title, std::string summary, std::string body) {
  Article made;
  made.language = "en";
  made.title = std::move(title);
  made.summary = std::move(summary);
  made.body = std::move(body);
  return made;
}

std::string sentence(const Article& of) {
  TextAnalyzer analyzer;
  return sentence_beside_title(of, analyzer);
}

constexpr const char* kTitle = "Japan and U.S. open tariff talks";
constexpr const char* kBody =
    "Japan and the U.S. open tariff talks.\n\nThe weather in the capital was fine, and visitors "
    "enjoyed the park.\n\nEnvoys of Japan will ask for lower duties on cars in the tariff talks, "
    "officials said. A second round is planned.";

TEST(SentenceBesideTitle, is_the_first_of_the_summary) {
  EXPECT_EQ(sentence(article(kTitle, "Cars are the hardest chapter. More follows.", kBody)),
            "Cars are the hardest chapter.");
}

TEST(SentenceBesideTitle, is_taken_from_the_body_where_the_summary_repeats_the_title) {
  const std::string from_body =
      "Envoys of Japan will ask for lower duties on cars in the tariff talks, officials said.";
  EXPECT_EQ(sentence(article(kTitle, "Japan, U.S. open talks on tariffs", kBody)), from_body);
  EXPECT_EQ(sentence(article(kTitle, "", kBody)), from_body);
}

TEST(SentenceBesideTitle, goes_on_to_the_next_of_the_summary_before_the_body) {
  EXPECT_EQ(
      sentence(article(
          kTitle, "Japan and the U.S. open tariff talks. Cars are the hardest chapter.", kBody)),
      "Cars are the hardest chapter.");
}

TEST(SentenceBesideTitle, is_none_where_nothing_more_is_said) {
  EXPECT_EQ(sentence(article(kTitle, kTitle, "")), "");
  EXPECT_EQ(sentence(article(kTitle, "", "Japan and the U.S. open tariff talks.")), "");
  EXPECT_EQ(sentence(article(kTitle, "", "")), "");
  EXPECT_EQ(sentence(article("", "", "Too short.")), "") << "a fragment does not stand alone";
}

TEST(SentenceBesideTitle, stands_on_one_line) {
  EXPECT_EQ(sentence(article(kTitle, "", "Cars built\nabroad  are the\thardest chapter of all.")),
            "Cars built abroad are the hardest chapter of all.");
}

TEST(SentenceBesideTitle, is_found_without_a_headline_and_in_other_scripts) {
  EXPECT_EQ(sentence(article("", "", "Envoys will ask for lower duties on cars and steel.")),
            "Envoys will ask for lower duties on cars and steel.");
  Article japanese = article("\u65e5\u7c73\u5354\u8b70",
                             "",
                             "\u8d64\u6ca2\u5927\u81e3\u306f\u81ea\u52d5\u8eca\u306e\u95a2"
                             "\u7a0e\u3092\u4e0b\u3052\u308b\u3088\u3046\u6c42\u3081\u305f"
                             "\u3002\u6b21\u306f\u4e94\u6708\u3002");
  japanese.language = "ja";
  EXPECT_EQ(sentence(japanese).substr(0, 6), "\u8d64\u6ca2");
  EXPECT_TRUE(sentence(japanese).ends_with("\u3002"));
}

}  // namespace
}  // namespace broadsheet::server
