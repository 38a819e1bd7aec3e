// What a document counts. The rest of its terms and slots is proved by what searches find.
#include "indexer/write/document.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

Xapian::termcount occurrences(const Xapian::Document& document, const std::string& term) {
  for (auto at = document.termlist_begin(); at != document.termlist_end(); ++at) {
    if (*at == term) return at.get_wdf();
  }
  return 0;
}

StoredArticle english(std::string title, std::string body) {
  StoredArticle stored;
  stored.article.id = "a";
  stored.article.language = "en";
  stored.article.title = std::move(title);
  stored.article.body = std::move(body);
  return stored;
}

TEST(DocumentBuilder, counts_the_opening_of_the_body_twice) {
  std::string body;
  for (std::uint32_t i = 2; i < kOpeningWords; ++i)
    body += "filler ";
  body += "tariffs harbor tariffs\n\nharbor quota";
  const Xapian::Document document = DocumentBuilder().build(english("Quota", body));
  EXPECT_EQ(occurrences(document, "filler"), 2 * (kOpeningWords - 2));
  EXPECT_EQ(occurrences(document, "tariff"), 3U);   // the last word of the opening, and one behind
  EXPECT_EQ(occurrences(document, "tariffs"), 0U);  // an exact form beside its stem
  EXPECT_EQ(occurrences(document, "harbor"), 3U);
  EXPECT_EQ(occurrences(document, "quota"), 2U);  // in the headline once
  EXPECT_EQ(occurrences(document, "Squota"), 1U);
}

TEST(DocumentBuilder, counts_characters_at_one_position_as_one_word_of_the_opening) {
  std::string body;
  for (std::uint32_t i = 0; i < kOpeningWords; ++i)
    body += "関税協議、";
  StoredArticle stored = english("", body + "米国");
  stored.article.language = "ja";
  const Xapian::Document document = DocumentBuilder().build(stored);
  // Three pairs a run: the opening ends after the first of the fourteenth.
  EXPECT_EQ(occurrences(document, "関税"), kOpeningWords + 14);
  EXPECT_EQ(occurrences(document, "税協"), kOpeningWords + 13);
  EXPECT_EQ(occurrences(document, "米国"), 1U);
}

}  // namespace
}  // namespace broadsheet::indexer
