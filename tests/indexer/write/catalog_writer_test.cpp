// The catalog writer: what is new, what changed, what stayed; names, numbers, takedowns; and that
// nothing counts before its commit.
#include "indexer/write/catalog_writer.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "schema/catalog.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

using tests::article_named;
using tests::incoming;

constexpr std::int64_t kNow = 1'750'000'000;

class CatalogWriterTest : public testing::Test {
 protected:
  Upsert upsert(const IncomingArticle& article, std::int64_t now = kNow) {
    auto outcome = writer_.upsert(article, now);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome.value_or(Upsert::unchanged);
  }

  Upsert upsert(const Article& article) { return upsert(incoming(article)); }

  // The stored article, read as the server reads it; commits first.
  StoredArticle stored(const std::string& id) {
    EXPECT_TRUE(writer_.commit());
    auto catalog = open_catalog_for_reading(dir_.path());
    auto rows = catalog->statement("SELECT " + std::string(kArticleColumns) + " FROM " +
                                   std::string(kArticleTables) + " WHERE a.id = ?1");
    EXPECT_TRUE((*rows)->bind(1, id).step().value()) << "no article " << id;
    return read_stored_article(**rows);
  }

  std::int64_t number(const std::string& sql) {
    EXPECT_TRUE(writer_.commit());
    auto catalog = open_catalog_for_reading(dir_.path());
    return catalog->query_integer(sql).value().value_or(-1);
  }

  tests::TempDir dir_;
  CatalogWriter writer_ = CatalogWriter::open(dir_.path()).value();
};

TEST_F(CatalogWriterTest, every_member_comes_back_as_it_was_given) {
  Article article = article_named("a");
  article.url = "https://example.org/a";
  article.summary = "One sentence.";
  article.published = parse_timestamp("2025-04-18T10:00:00+09:00");
  article.updated = parse_timestamp("2025-04-19");
  article.source = {"cgtn", "CGTN"};
  article.authors = {"Ana One", "Ben Two"};
  article.section = "world";
  article.summary_from = SummaryOrigin::sentence;
  article.kicker = "Japan-U.S.";
  article.kicker_from = KickerOrigin::place;
  article.language_confidence = 97;
  article.genre = "news";
  article.tags = {"tariffs", "trade"};
  article.image = Image{"https://example.org/i.jpg", "alt", "credit", 640, 480};
  article.status = Status::withheld;
  article.embargoed_until = kNow + 60;
  article.expires = kNow + 3600;
  article.correction = "The date was wrong.";
  article.access = {"subscribers", "public"};
  article.prompt = "What do you think?";
  article.extra = R"({"n":1})";
  EXPECT_EQ(upsert(article), Upsert::added);
  const StoredArticle back = stored("a");
  EXPECT_EQ(back.article, article);
  EXPECT_EQ(back.ingested, kNow);
  EXPECT_EQ(back.revision, 1);
  EXPECT_EQ(back.doc_id, doc_id_for(article.published->seconds));
}

TEST_F(CatalogWriterTest, unknown_members_come_back_unknown) {
  Article article = article_named("a", "");
  article.title.clear();
  EXPECT_EQ(upsert(article), Upsert::added);
  EXPECT_EQ(stored("a").article, article);
}

TEST_F(CatalogWriterTest, the_same_content_changes_nothing) {
  upsert(article_named("a"));
  const StoredArticle before = stored("a");
  EXPECT_EQ(upsert(incoming(article_named("a")), kNow + 100), Upsert::unchanged);
  const StoredArticle after = stored("a");
  EXPECT_EQ(after.change_seq, before.change_seq);
  EXPECT_EQ(after.revision, 1);
}

TEST_F(CatalogWriterTest, other_content_under_the_same_id_replaces_and_keeps_the_old_version) {
  upsert(article_named("a"));
  const StoredArticle before = stored("a");
  Article edited = article_named("a");
  edited.body = "Another body.";
  EXPECT_EQ(upsert(incoming(edited), kNow + 100), Upsert::updated);
  const StoredArticle after = stored("a");
  EXPECT_EQ(after.article.body, "Another body.");
  EXPECT_EQ(after.article_id, before.article_id);
  EXPECT_EQ(after.doc_id, before.doc_id);
  EXPECT_EQ(after.ingested, kNow);
  EXPECT_EQ(after.revision, 2);
  EXPECT_GT(after.change_seq, before.change_seq);
  EXPECT_EQ(number("SELECT count(*) FROM revision WHERE revision = 1 AND body = 'Body of a.'"), 1);
}

TEST_F(CatalogWriterTest, an_id_twice_in_one_batch_keeps_the_later_one) {
  upsert(article_named("a"));
  Article later = article_named("a");
  later.title = "Later";
  EXPECT_EQ(upsert(later), Upsert::updated);
  EXPECT_EQ(stored("a").article.title, "Later");
}

TEST_F(CatalogWriterTest, articles_of_one_moment_get_neighbouring_numbers) {
  for (int i = 0; i < 50; ++i)
    upsert(article_named("a" + std::to_string(i)));
  const std::int64_t wanted = doc_id_for(article_named("x").published->seconds);
  EXPECT_EQ(number("SELECT count(DISTINCT doc_id) FROM article"), 50);
  EXPECT_EQ(number("SELECT min(doc_id) FROM article"), wanted);
  EXPECT_EQ(number("SELECT max(doc_id) FROM article"), wanted + 49);
}

TEST_F(CatalogWriterTest, a_corrected_date_gives_a_new_number_and_retires_the_old_one) {
  upsert(article_named("a", "2025-04-18"));
  const DocId old_number = stored("a").doc_id;
  upsert(article_named("a", "2025-04-20"));
  const StoredArticle after = stored("a");
  EXPECT_LT(after.doc_id, old_number) << "newer is smaller";
  EXPECT_EQ(number("SELECT doc_id FROM retired_doc"), old_number);
  EXPECT_LT(number("SELECT change_seq FROM retired_doc"), after.change_seq);
}

TEST_F(CatalogWriterTest, a_retired_number_is_never_given_out_again) {
  upsert(article_named("a", "2025-04-18"));
  const DocId retired = stored("a").doc_id;
  upsert(article_named("a", "2025-04-20"));
  upsert(article_named("b", "2025-04-18"));
  EXPECT_EQ(stored("b").doc_id, retired + 1);
}

TEST_F(CatalogWriterTest, without_an_id_the_url_finds_the_article) {
  Article first = article_named("given");
  first.url = "https://example.org/a";
  upsert(first);
  Article again = first;
  again.id.clear();
  again.url = "http://EXAMPLE.org/a/#top";
  again.title = "Edited";
  IncomingArticle second = incoming(again);
  second.fallback_id = "u123";
  EXPECT_EQ(upsert(second), Upsert::updated);
  EXPECT_EQ(stored("given").article.title, "Edited");
}

TEST_F(CatalogWriterTest, an_address_an_article_had_before_still_finds_it) {
  Article article = article_named("given");
  article.url = "https://example.org/old";
  upsert(article);
  article.url = "https://example.org/new";
  upsert(article);
  Article again = article_named("");
  again.url = "https://example.org/old";
  IncomingArticle by_old_url = incoming(again);
  by_old_url.fallback_id = "u123";
  EXPECT_EQ(upsert(by_old_url), Upsert::updated);
  EXPECT_EQ(number("SELECT count(*) FROM article"), 1);
}

TEST_F(CatalogWriterTest, without_an_id_an_unknown_url_takes_the_fallback) {
  Article article = article_named("");
  article.url = "https://example.org/new";
  IncomingArticle unknown = incoming(article);
  unknown.fallback_id = "u123";
  EXPECT_EQ(upsert(unknown), Upsert::added);
  EXPECT_EQ(stored("u123").article.title, "Title of ");
}

TEST_F(CatalogWriterTest, two_ids_may_share_a_url) {
  for (const char* id : {"a", "b"}) {
    Article article = article_named(id);
    article.url = "https://example.org/same";
    EXPECT_EQ(upsert(article), Upsert::added);
  }
  EXPECT_EQ(number("SELECT count(*) FROM article_url"), 2);
}

TEST_F(CatalogWriterTest, the_original_id_becomes_an_alias) {
  IncomingArticle article = incoming(article_named("a_b~123456789abc"));
  article.original_id = "a/b";
  upsert(article);
  EXPECT_EQ(number("SELECT count(*) FROM article_alias WHERE alias = 'a/b'"), 1);
}

TEST_F(CatalogWriterTest, a_source_keeps_its_first_real_name) {
  Article article = article_named("a");
  article.source = {"cgtn", "cgtn"};
  upsert(article);
  article = article_named("b");
  article.source = {"cgtn", "CGTN"};
  upsert(article);
  article = article_named("c");
  article.source = {"cgtn", "Cgtn!"};
  upsert(article);
  EXPECT_EQ(stored("a").article.source.name, "CGTN");
  EXPECT_EQ(number("SELECT count(*) FROM source"), 1);
}

TEST_F(CatalogWriterTest, a_withdrawal_has_a_reason_and_a_new_change_number) {
  upsert(article_named("a"));
  const std::int64_t before = stored("a").change_seq;
  EXPECT_TRUE(writer_.withdraw("a", {Status::withdrawn, "An error.", true}).value());
  const StoredArticle after = stored("a");
  EXPECT_EQ(after.article.status, Status::withdrawn);
  EXPECT_EQ(after.status_reason, "An error.");
  EXPECT_TRUE(after.legal);
  EXPECT_GT(after.change_seq, before);
}

TEST_F(CatalogWriterTest, an_article_taken_down_stays_down_when_it_comes_in_again) {
  upsert(article_named("a"));
  ASSERT_TRUE(writer_.withdraw("a", {Status::killed, "An error.", false}).value());
  Article edited = article_named("a");
  edited.title = "Edited";
  EXPECT_EQ(upsert(edited), Upsert::updated);
  EXPECT_EQ(stored("a").article.status, Status::killed);
  EXPECT_EQ(stored("a").article.title, "Edited");
}

TEST_F(CatalogWriterTest, a_withdrawal_finds_an_article_by_its_original_id) {
  IncomingArticle article = incoming(article_named("a_b~123456789abc"));
  article.original_id = "a/b";
  upsert(article);
  EXPECT_TRUE(writer_.withdraw("a/b", {Status::withdrawn, "An error.", false}).value());
  EXPECT_FALSE(writer_.withdraw("none", {Status::withdrawn, "An error.", false}).value());
}

TEST_F(CatalogWriterTest, the_catalog_tells_when_something_changed_last) {
  const auto changed = [this] {
    EXPECT_TRUE(writer_.commit());
    auto catalog = open_catalog_for_reading(dir_.path());
    return last_change(*catalog).value();
  };
  ASSERT_TRUE(writer_.begin());
  EXPECT_EQ(changed(), std::nullopt);
  upsert(article_named("a"));
  EXPECT_GT(changed(), kNow);
  ASSERT_TRUE(writer_.set_meta("changed", "5"));
  upsert(article_named("a"));
  EXPECT_EQ(changed(), 5);
  ASSERT_TRUE(writer_.withdraw("a", {Status::killed, "An error.", false}).value());
  EXPECT_GT(changed(), kNow);
}

TEST_F(CatalogWriterTest, what_becomes_due_is_a_change_once) {
  Article embargoed = article_named("embargoed");
  embargoed.embargoed_until = kNow + 60;
  upsert(embargoed);
  Article expiring = article_named("expiring");
  expiring.expires = kNow + 90;
  upsert(expiring);
  const std::int64_t before = stored("embargoed").change_seq;
  EXPECT_EQ(writer_.release_due(kNow).value(), 0);
  EXPECT_EQ(writer_.release_due(kNow + 60).value(), 1);
  EXPECT_GT(stored("embargoed").change_seq, before);
  EXPECT_EQ(writer_.release_due(kNow + 61).value(), 0);
  EXPECT_EQ(writer_.release_due(kNow + 1000).value(), 1);
  EXPECT_EQ(writer_.release_due(kNow + 2000).value(), 0);
}

TEST_F(CatalogWriterTest, what_is_rolled_back_never_happened) {
  upsert(article_named("kept"));
  ASSERT_TRUE(writer_.commit());
  upsert(article_named("lost"));
  writer_.rollback();
  EXPECT_EQ(number("SELECT count(*) FROM article"), 1);
  EXPECT_EQ(upsert(article_named("next")), Upsert::added);
  EXPECT_EQ(stored("next").change_seq, 2) << "its number was given back";
  EXPECT_EQ(stored("next").doc_id, stored("kept").doc_id + 1);
}

TEST_F(CatalogWriterTest, what_is_not_committed_is_lost_with_the_process) {
  {
    CatalogWriter other = CatalogWriter::open(dir_.path()).value();
    ASSERT_TRUE(other.upsert(incoming(article_named("lost")), kNow));
  }
  EXPECT_EQ(number("SELECT count(*) FROM article"), 0);
}

TEST_F(CatalogWriterTest, change_numbers_grow_over_runs) {
  upsert(article_named("a"));
  ASSERT_TRUE(writer_.commit());
  CatalogWriter next = CatalogWriter::open(dir_.path()).value();
  ASSERT_TRUE(next.upsert(incoming(article_named("b")), kNow));
  ASSERT_TRUE(next.commit());
  EXPECT_EQ(stored("b").change_seq, 2);
}

// Stands for a full disk: the system refuses to let a file grow.
TEST_F(CatalogWriterTest, a_disk_that_is_full_is_an_error_and_what_was_committed_stays) {
  upsert(article_named("kept"));
  ASSERT_TRUE(writer_.commit());
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 1 << 20U;
  setrlimit(RLIMIT_FSIZE, &small);
  Article large = article_named("large");
  large.body = std::string(std::size_t{4} << 20U, 'x');
  const auto stored_large = writer_.upsert(incoming(large), kNow);
  const auto committed = writer_.commit();
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_TRUE(!stored_large || !committed);
  writer_.rollback();
  EXPECT_EQ(number("SELECT count(*) FROM article"), 1);
  EXPECT_EQ(upsert(large), Upsert::added) << "goes on when there is room again";
}

TEST_F(CatalogWriterTest, a_better_name_of_a_source_changes_all_its_articles) {
  Article article = article_named("a");
  article.source = {"north-post", "north-post"};
  upsert(article);
  article.id = "b";
  upsert(article);
  article.id = "c";
  article.source = {"other", "Other"};
  upsert(article);
  EXPECT_EQ(number("SELECT max(change_seq) FROM article"), 3);
  article.id = "d";
  article.source = {"north-post", "North Post"};
  upsert(article);
  EXPECT_EQ(number("SELECT group_concat(id) = 'a,b,d' FROM "
                   "(SELECT id FROM article WHERE change_seq > 3 ORDER BY id)"),
            1);
  EXPECT_EQ(number("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change_seq'"), 6);
  EXPECT_EQ(stored("a").article.source.name, "North Post");
  article.id = "e";
  article.source = {"north-post", "Northern Post"};
  upsert(article);
  EXPECT_EQ(number("SELECT count(*) FROM article WHERE change_seq > 6"), 1);
}

TEST_F(CatalogWriterTest, a_damaged_number_in_meta_is_an_error) {
  ASSERT_TRUE(writer_.set_meta("visibility_checked", "soon"));
  const auto released = writer_.release_due(kNow);
  ASSERT_FALSE(released);
  EXPECT_EQ(released.error().code, ErrorCode::corrupt);
  EXPECT_NE(released.error().hint, "");
}

// An article seen under the address of its AMP page is found by the plain one, and the other way.
TEST_F(CatalogWriterTest, knows_an_article_by_the_address_of_its_other_page) {
  Article amp = article_named("");
  amp.url = "https://www.example.org/a/amp";
  IncomingArticle first = incoming(amp);
  first.fallback_id = "u1";
  EXPECT_EQ(upsert(first), Upsert::added);
  Article plain = article_named("");
  plain.url = "https://example.org/a";
  IncomingArticle second = incoming(plain);
  second.fallback_id = "u2";
  EXPECT_EQ(upsert(second), Upsert::updated);
  Article phone = article_named("");
  phone.url = "https://m.example.org/a";
  IncomingArticle third = incoming(phone);
  third.fallback_id = "u3";
  EXPECT_EQ(upsert(third), Upsert::updated);
  EXPECT_EQ(number("SELECT count(*) FROM article"), 1);
}

}  // namespace
}  // namespace broadsheet::indexer
