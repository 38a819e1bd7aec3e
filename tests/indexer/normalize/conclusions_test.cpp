// What normalize() concludes from an article rather than takes from its source, and what it leaves
// out of a body.
#include <gmock/gmock.h>

#include "indexer/normalize/normalize.h"

namespace broadsheet::indexer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const NormalizeOptions kOptions{"", 1'750'240'200};  // 2025-06-18T09:50:00Z

RawArticle titled(const std::string& title = "A title") {
  RawArticle raw;
  raw.id = "a";
  raw.title = title;
  return raw;
}

NormalizedArticle normalized(RawArticle raw, const NormalizeOptions& options = kOptions) {
  auto result = normalize(std::move(raw), options);
  EXPECT_TRUE(result) << result.error().message;
  if (result) conclude(result->article);
  return std::move(result).value_or(NormalizedArticle());
}

std::string refusal(RawArticle raw) {
  auto result = normalize(std::move(raw), kOptions);
  return result ? "" : result.error().message;
}

TEST(normalize, decodes_references_that_were_left_as_text) {
  RawArticle raw = titled("A &amp; B");
  raw.body = "&#8220;Fish &amp;amp; chips&#8221; &unknown; & so on";
  const Article article = normalized(raw).article;
  EXPECT_EQ(article.title, "A & B");
  EXPECT_EQ(article.body, "\u201CFish & chips\u201D &unknown; & so on");
}

TEST(normalize, keeps_the_summary_of_the_source_and_says_so) {
  RawArticle raw = titled();
  raw.body = "The council met on Tuesday in the old school. It closed the bridge.";
  raw.summary = "Lorries must find another way from May on. Some will wait.";
  const Article article = normalized(raw).article;
  EXPECT_EQ(article.summary, "Lorries must find another way from May on.");
  EXPECT_EQ(article.summary_from, SummaryOrigin::source);
  EXPECT_THAT(article.extra, HasSubstr("Some will wait."));
}

TEST(normalize, takes_a_sentence_where_the_source_has_no_summary) {
  RawArticle raw = titled();
  raw.body = "The council met on Tuesday in the old school. It closed the bridge.";
  raw.summary = "A Title!";
  const Article article = normalized(raw).article;
  EXPECT_EQ(article.summary, "The council met on Tuesday in the old school.");
  EXPECT_EQ(article.summary_from, SummaryOrigin::sentence);
}

TEST(normalize, says_where_the_kicker_comes_from) {
  RawArticle raw = titled("Japan votes");
  raw.language = "en";
  EXPECT_EQ(normalized(raw).article.kicker, "Japan");
  EXPECT_EQ(normalized(raw).article.kicker_from, KickerOrigin::place);
  raw.kicker = "Ballot box";
  EXPECT_EQ(normalized(raw).article.kicker, "Ballot box");
  EXPECT_EQ(normalized(raw).article.kicker_from, KickerOrigin::source);
}

TEST(normalize, concludes_anew_what_an_export_says_was_concluded) {
  RawArticle raw = titled("Japan votes");
  raw.body = "The ministers met in the capital on Friday and agreed to continue the talks.";
  raw.language = "fi";
  raw.language_confidence = "0.9";
  raw.kicker = "Old label";
  raw.kicker_from = "place";
  raw.summary = "Old sentence that was chosen.";
  raw.summary_from = "sentence";
  const Article article = normalized(raw).article;
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.kicker, "Japan");
  EXPECT_EQ(article.summary, *raw.body);
}

TEST(normalize, drops_a_placeholder_and_notes_it) {
  RawArticle raw = titled();
  raw.body = "******Blah blah blah.";
  const NormalizedArticle result = normalized(raw);
  EXPECT_EQ(result.article.body, "");
  EXPECT_THAT(result.repairs, ElementsAre("body was a placeholder"));
  raw.title = "";
  EXPECT_THAT(refusal(raw), HasSubstr("neither title nor body"));
}

TEST(normalize, cuts_lines_of_promotion_and_notes_each) {
  RawArticle raw = titled();
  raw.body = "It rained.\n\nAdvertisement\n\nIt stopped.";
  const NormalizedArticle result = normalized(raw);
  EXPECT_EQ(result.article.body, "It rained.\n\nIt stopped.");
  EXPECT_THAT(result.repairs, ElementsAre("body held a line of promotion: Advertisement"));
}

TEST(normalize, detects_the_language_of_the_body_when_none_is_told) {
  RawArticle raw = titled();
  raw.body =
      "The ministers met in the capital on Friday and agreed to continue the talks about trade "
      "next month, a spokesman for the government said after the meeting.";
  EXPECT_EQ(normalized(raw).article.language, "en");
  EXPECT_GT(normalized(raw).article.language_confidence.value_or(0), 80);
  raw.language = "en-GB";
  EXPECT_EQ(normalized(raw).article.language_confidence, std::nullopt) << "it was declared";
}

TEST(normalize, takes_the_usual_language_of_the_source_where_the_text_is_too_short) {
  const std::map<std::string, std::string> languages = {{"lehti", "fi"}};
  const NormalizeOptions options{"Lehti", kOptions.now, &languages};
  const Article article = normalized(titled("Sataa"), options).article;
  EXPECT_EQ(article.language, "fi");
  EXPECT_EQ(article.language_confidence, 0);
  EXPECT_EQ(normalized(titled("Sataa")).article.language, "");
}

}  // namespace
}  // namespace broadsheet::indexer
