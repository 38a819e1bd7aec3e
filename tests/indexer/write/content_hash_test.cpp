// The content hash changes with everything an article says, and with nothing else.
#include "indexer/write/content_hash.h"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/article_builder.h"

namespace broadsheet::indexer {
namespace {

TEST(content_hash, differs_for_every_member) {
  const std::vector<std::function<void(Article&)>> edits = {
      [](Article&) {},
      [](Article& a) { a.url = "x"; },
      [](Article& a) { a.title = "x"; },
      [](Article& a) { a.body = "x"; },
      [](Article& a) { a.summary = "x"; },
      [](Article& a) { a.published->seconds += 1; },
      [](Article& a) { a.published->offset_minutes = 60; },
      [](Article& a) { a.published->precision = Precision::second; },
      [](Article& a) { a.published.reset(); },
      [](Article& a) { a.updated = a.published; },
      [](Article& a) { a.source.id = "x"; },
      [](Article& a) { a.authors = {"x"}; },
      [](Article& a) { a.section = "x"; },
      [](Article& a) { a.kicker = "x"; },
      [](Article& a) { a.genre = "x"; },
      [](Article& a) { a.language = "x"; },
      [](Article& a) { a.tags = {"x"}; },
      [](Article& a) {
        a.tags = {"x", ""};
      },
      [](Article& a) {
        a.image = Image{"x", "", "", 0, 0};
      },
      [](Article& a) {
        a.image = Image{"x", "", "", 1, 0};
      },
      [](Article& a) { a.status = Status::withheld; },
      [](Article& a) { a.embargoed_until = 0; },
      [](Article& a) { a.expires = 0; },
      [](Article& a) { a.correction = "x"; },
      [](Article& a) { a.access = {"x"}; },
      [](Article& a) { a.prompt = "x"; },
      [](Article& a) { a.extra = "x"; },
  };
  std::set<std::string> hashes;
  for (const auto& edit : edits) {
    Article article = tests::article_named("a");
    edit(article);
    hashes.insert(content_hash(article));
  }
  EXPECT_EQ(hashes.size(), edits.size());
}

TEST(content_hash, is_that_of_the_content_whatever_the_id) {
  Article other = tests::article_named("a");
  other.id = "b";
  EXPECT_EQ(content_hash(other), content_hash(tests::article_named("a")));
}

TEST(content_hash, leaves_out_what_was_concluded_from_the_rest) {
  Article article = tests::article_named("a");
  article.language.clear();
  const std::string hash = content_hash(article);
  article.summary = "A sentence.";
  article.summary_from = SummaryOrigin::sentence;
  article.kicker = "Japan";
  article.kicker_from = KickerOrigin::place;
  article.language = "fi";
  article.language_confidence = 0;
  EXPECT_EQ(content_hash(article), hash);
  article.summary_from = SummaryOrigin::source;
  EXPECT_NE(content_hash(article), hash);
}

// The precision of a minute and that of a second look the same in RFC 3339, and so in exports.
TEST(content_hash, takes_minutes_and_seconds_for_the_same) {
  Article article = tests::article_named("a", "2025-04-18T10:00:00Z");
  const std::string to_the_second = content_hash(article);
  article.published->precision = Precision::minute;
  EXPECT_EQ(content_hash(article), to_the_second);
}

}  // namespace
}  // namespace broadsheet::indexer
