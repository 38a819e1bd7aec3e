// What an article keeps and what it takes when it is told of without its text.
#include "indexer/write/notice.h"

#include <gtest/gtest.h>

#include "indexer/write/catalog_writer.h"
#include "schema/catalog.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

using tests::article_named;
using tests::incoming;

constexpr std::int64_t kNow = 1'750'000'000;

Article known_article() {
  Article article = article_named("a", "2025-04-18T23:30:00-05:00");
  article.url = "https://example.org/a";
  article.summary = "What the page says of itself.";
  article.summary_from = SummaryOrigin::source;
  article.source = {"example", "Example"};
  article.authors = {"Ana One"};
  article.section = "world";
  article.kicker = "Harvest";
  article.kicker_from = KickerOrigin::source;
  article.tags = {"wheat"};
  article.image = Image{"https://example.org/i.jpg", "alt", "", 0, 0};
  article.correction = "The date was wrong.";
  article.extra = R"({"byline":"by Ana One","pages":2})";
  return article;
}

TEST(notice, erases_nothing) {
  EXPECT_EQ(with_notice(known_article(), Article(), {}), known_article());
}

TEST(notice, brings_what_it_says) {
  Article told;
  told.url = "https://example.org/moved";
  told.title = "Another title";
  told.summary = "Told in other words.";
  told.summary_from = SummaryOrigin::source;
  told.published = parse_timestamp("2025-04-20");
  told.updated = parse_timestamp("2025-04-21T10:00:00Z");
  told.source = {"other", "Other"};
  told.authors = {"Ben Two"};
  told.section = "farming";
  told.kicker = "Grain";
  told.kicker_from = KickerOrigin::source;
  told.genre = "news";
  told.tags = {"rye", "wheat"};
  told.image = Image{"https://example.org/j.jpg", "", "", 0, 0};
  told.correction = "A name was wrong.";
  told.expires = kNow;
  const Article known = known_article();
  Article expected = told;
  expected.id = known.id;
  expected.body = known.body;
  expected.language = known.language;
  expected.extra = known.extra;
  EXPECT_EQ(with_notice(known, told, {}), expected);
}

TEST(notice, leaves_the_longer_text_with_its_language) {
  const Article known = known_article();
  Article told;
  told.language = "de";
  told.body = "Body …";
  EXPECT_EQ(with_notice(known, told, {}), known);
  told.body = known.body + " And more, but not all of it …";
  const Article longer = with_notice(known, told, {});
  EXPECT_EQ(longer.body, told.body);
  EXPECT_EQ(longer.language, "de");
}

TEST(notice, tells_the_language_where_none_is_sure) {
  Article known = known_article();
  known.language_confidence = 0;
  Article told;
  told.language = "de";
  EXPECT_EQ(with_notice(known, told, {}).language, "de");
  EXPECT_EQ(with_notice(known, told, {}).language_confidence, std::nullopt);
  known.language_confidence = 98;
  EXPECT_EQ(with_notice(known, told, {}).language, "en");
}

TEST(notice, takes_nothing_that_was_only_concluded_from_it) {
  Article told;
  told.summary = "A sentence.";
  told.summary_from = SummaryOrigin::sentence;
  told.kicker = "Place";
  told.kicker_from = KickerOrigin::place;
  EXPECT_EQ(with_notice(known_article(), told, {}), known_article());
  Article concluded = known_article();
  concluded.summary_from = SummaryOrigin::sentence;
  concluded.kicker_from = KickerOrigin::tag;
  const Article open = with_notice(concluded, told, {});
  EXPECT_EQ(open.summary, "");
  EXPECT_EQ(open.summary_from, SummaryOrigin::none);
  EXPECT_EQ(open.kicker, "");
  EXPECT_EQ(open.kicker_from, KickerOrigin::none);
}

TEST(notice, gives_no_summary_that_the_text_begins_with) {
  Article told;
  told.summary_from = SummaryOrigin::source;
  for (const char* summary : {"Body of a.", "Body of…"}) {
    told.summary = summary;
    EXPECT_EQ(with_notice(known_article(), told, {}).summary, "What the page says of itself.");
  }
}

TEST(notice, knows_the_time_better_than_the_day) {
  const Article known = known_article();
  Article told;
  for (const char* same : {"2025-04-18", "2025-04-19"}) {
    told.published = parse_timestamp(same);
    EXPECT_EQ(with_notice(known, told, {}).published, known.published) << same;
  }
  for (const char* other : {"2025-04-17", "2025-04-18T23:31:00-05:00"}) {
    told.published = parse_timestamp(other);
    EXPECT_EQ(with_notice(known, told, {}).published, told.published) << other;
  }
}

TEST(notice, keeps_an_address_that_differs_in_its_dress_alone) {
  Article told;
  told.url = "http://example.org/a?utm_source=feed";
  EXPECT_EQ(with_notice(known_article(), told, {}).url, "https://example.org/a");
}

TEST(notice, joins_what_else_is_known) {
  Article told;
  told.extra = R"({"access":"Subscription","pages":3})";
  const Article joined = with_notice(known_article(), told, {});
  EXPECT_EQ(joined.extra, R"({"access":"Subscription","byline":"by Ana One","pages":3})");
  told.extra = R"({"pages":2})";
  EXPECT_EQ(with_notice(known_article(), told, {}).extra, known_article().extra);
  EXPECT_EQ(with_notice(Article(), told, {}).extra, told.extra);
}

TEST(notice, leaves_the_name_that_is_known) {
  Article known;
  known.extra = R"({"original_id":"desk/1"})";
  Article told;
  told.extra = R"({"original_id":"https://a.example/#1"})";
  EXPECT_EQ(with_notice(known, told, {}).extra, known.extra);
}

TEST(notice, changes_the_status_only_when_it_says_one) {
  Article known = known_article();
  known.status = Status::killed;
  Article told;
  EXPECT_EQ(with_notice(known, told, {}).status, Status::killed);
  EXPECT_EQ(with_notice(known, told, {true}).status, Status::usable);
  told.status = Status::withdrawn;
  EXPECT_EQ(with_notice(known_article(), told, {true}).status, Status::withdrawn);
}

class NoticeInCatalog : public testing::Test {
 protected:
  Upsert store(IncomingArticle article) {
    EXPECT_TRUE(writer_.complete(article));
    return writer_.upsert(article, kNow).value();
  }

  static IncomingArticle notice_of(const std::string& url, const std::string& title) {
    Article told;
    told.url = url;
    told.title = title;
    IncomingArticle article = incoming(told);
    article.fallback_id = "fallback";
    article.notice = Notice();
    return article;
  }

  StoredArticle stored(const std::string& id) {
    EXPECT_TRUE(writer_.commit());
    auto catalog = open_catalog_for_reading(dir_.path());
    auto rows = catalog->statement("SELECT " + std::string(kArticleColumns) + " FROM " +
                                   std::string(kArticleTables) + " WHERE a.id = ?1");
    EXPECT_TRUE((*rows)->bind(1, id).step().value()) << "no article " << id;
    return read_stored_article(**rows);
  }

  tests::TempDir dir_;
  CatalogWriter writer_ = CatalogWriter::open(dir_.path()).value();
};

TEST_F(NoticeInCatalog, finds_its_article_by_the_address_and_leaves_its_text) {
  store(incoming(known_article()));
  const auto notice = notice_of("https://www.example.org/a?utm_medium=x", "New title");
  // www. is another address, so this is another article.
  EXPECT_EQ(store(notice), Upsert::added);
  EXPECT_EQ(store(notice_of("http://example.org/a", "New title")), Upsert::updated);
  EXPECT_EQ(stored("a").article.title, "New title");
  EXPECT_EQ(stored("a").article.body, known_article().body);
  EXPECT_EQ(store(notice_of("http://example.org/a", "New title")), Upsert::unchanged);
  EXPECT_EQ(stored("a").revision, 2);
}

TEST_F(NoticeInCatalog, is_unchanged_where_it_says_what_is_known) {
  store(incoming(known_article()));
  EXPECT_EQ(store(notice_of("https://example.org/a", "Title of a")), Upsert::unchanged);
  EXPECT_EQ(stored("a").revision, 1);
}

TEST_F(NoticeInCatalog, does_not_undo_what_was_done_by_hand) {
  store(incoming(known_article()));
  ASSERT_TRUE(writer_.withdraw("a", {Status::withdrawn, "A mistake.", false}).value());
  EXPECT_EQ(store(notice_of("https://example.org/a", "New title")), Upsert::updated);
  EXPECT_EQ(stored("a").article.status, Status::withdrawn);
  ASSERT_TRUE(writer_.restore("a"));
  EXPECT_EQ(stored("a").article.status, Status::usable);
  ASSERT_TRUE(writer_.erase("a").value());
  EXPECT_EQ(store(notice_of("https://example.org/a", "Again")), Upsert::unchanged);
  EXPECT_EQ(stored("a").article.title, "");
}

}  // namespace
}  // namespace broadsheet::indexer
