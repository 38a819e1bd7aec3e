// What is exported is read back as the same article.
#include "indexer/commands/jsonl_writer.h"

#include <gtest/gtest.h>

#include "indexer/normalize/normalize.h"
#include "indexer/readers/jsonl.h"
#include "indexer/write/content_hash.h"
#include "tests/support/article_builder.h"

namespace broadsheet::indexer {
namespace {

Article read_back(const std::string& line) {
  auto result = normalize(parse_json_article(line), {"", 1'750'000'000});
  EXPECT_TRUE(result);
  EXPECT_TRUE(result->repairs.empty()) << testing::PrintToString(result->repairs);
  conclude(result->article);
  return result->article;
}

TEST(jsonl_line, is_read_back_as_the_same_article) {
  Article article = tests::article_named("a");
  article.url = "https://example.org/a";
  article.body = "One \"quoted\" line\nand another.\n\nA paragraph: \xE2\x82\xAC \\ end.";
  article.summary = "One sentence.";
  article.summary_from = SummaryOrigin::source;
  article.published = parse_timestamp("2025-04-18T10:00:00+09:00");
  article.updated = parse_timestamp("2025-04-19");
  article.source = {"cgtn", "CGTN"};
  article.authors = {"One, Ana", "Ben and Two"};
  article.section = "world";
  article.kicker = "Japan-U.S.";
  article.kicker_from = KickerOrigin::source;
  article.genre = "news";
  article.tags = {"tariffs", "trade, and more"};
  article.image = Image{"https://example.org/i.jpg", "alt", "", 640, 0};
  article.embargoed_until = 1'740'000'000;
  article.expires = 1'900'000'000;
  article.correction = "The date was wrong.";
  article.access = {"subscribers"};
  article.prompt = "What do you think?";
  article.extra = R"({"byline":"Ana One","list":[1,2.5,null]})";
  EXPECT_EQ(read_back(jsonl_line(article)), article);
}

TEST(jsonl_line, tells_what_was_concluded_so_that_it_is_concluded_again) {
  RawArticle raw;
  raw.id = "a";
  raw.title = "Japan votes";
  raw.body = "The ministers met in the capital on Friday and agreed to continue the talks.";
  Article article = normalize(raw, {"", 1'750'000'000})->article;
  conclude(article);
  ASSERT_EQ(article.summary_from, SummaryOrigin::sentence);
  ASSERT_EQ(article.kicker_from, KickerOrigin::place);
  ASSERT_TRUE(article.language_confidence);
  EXPECT_EQ(read_back(jsonl_line(article)), article);
}

TEST(jsonl_line, of_an_article_that_says_little_is_read_back_too) {
  Article article = tests::article_named("a", "");
  article.body.clear();
  EXPECT_EQ(read_back(jsonl_line(article)), article);
}

TEST(jsonl_line, keeps_the_content_of_a_time_told_to_the_minute) {
  Article article = tests::article_named("a", "2025-04-18T10:00+09:00");
  ASSERT_EQ(article.published->precision, Precision::minute);
  EXPECT_EQ(content_hash(read_back(jsonl_line(article))), content_hash(article));
}

}  // namespace
}  // namespace broadsheet::indexer
