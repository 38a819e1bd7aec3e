// A generation is looked at closely before it goes live: what it lost or holds otherwise is found.
#include "indexer/write/verify.h"

#include <fstream>

#include <gmock/gmock.h>
#include <xapian.h>

#include "indexer/write/answer_drift.h"
#include "indexer/write/changes.h"
#include "indexer/write/generations.h"
#include "indexer/write/parts.h"
#include "schema/catalog.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kNow = 1'750'000'000;

class GenerationTest : public testing::Test {
 protected:
  void add(int articles) {
    for (int i = 0; i < articles; ++i)
      ASSERT_TRUE(
          writer_.upsert(tests::incoming(tests::article_named("a" + std::to_string(i))), kNow));
    ASSERT_TRUE(writer_.commit());
  }

  Result<RebuildReport> rebuild_now(bool swap = true) {
    RebuildOptions options;
    options.now = kNow;
    options.swap = swap;
    return rebuild(dir_.path(), options);
  }

  LiveIndex live() const { return read_stub(dir_.path()).value(); }

  Result<std::uint64_t> verified(const LiveIndex& index, std::int64_t now = kNow) {
    auto catalog = open_catalog_for_reading(dir_.path());
    if (!catalog) return pass_on(catalog.error());
    return verify_generation(index, *catalog, count_visible(*catalog, kNow).value(), now);
  }

  // Gives the document of "a<number>" one word more, in a generation that nobody has open.
  static void spoil(const LiveIndex& index, int number) {
    Xapian::WritableDatabase part(index.parts.front().string());
    const std::string word = "a" + std::to_string(number);
    auto doc = part.postlist_begin(word);
    ASSERT_NE(doc, part.postlist_end(word));
    Xapian::Document document = part.get_document(*doc);
    document.add_posting("smuggled", 7);
    part.replace_document(*doc, document);
    part.commit();
  }

  tests::TempDir dir_;
  CatalogWriter writer_ = CatalogWriter::open(dir_.path()).value();
};

using Verify = GenerationTest;

TEST_F(Verify, finds_a_fresh_generation_sound) {
  add(30);
  const auto report = rebuild_now();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->compared, 30U);
  EXPECT_FALSE(report->drift) << "there was nothing before it";
  EXPECT_EQ(verified(live()).value(), 30U);
}

TEST_F(Verify, names_an_article_that_is_held_otherwise) {
  add(30);
  ASSERT_TRUE(rebuild_now());
  spoil(live(), 17);
  const auto outcome = verified(live());
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::internal);
  EXPECT_THAT(outcome.error().message, HasSubstr("article a17 otherwise"));
}

TEST_F(Verify, misses_an_article_that_is_not_there) {
  add(30);
  ASSERT_TRUE(rebuild_now());
  add(31);  // and a30 is not indexed
  const auto outcome = verified(live());
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("holds 30 articles, the catalog 31"));
}

TEST_F(Verify, samples_others_each_time) {
  add(450);
  ASSERT_TRUE(rebuild_now());
  EXPECT_LE(verified(live()).value(), kComparedArticles);
  EXPECT_GE(verified(live()).value(), kComparedArticles / 2);
  spoil(live(), 211);
  int found = 0;
  for (std::int64_t now = kNow; now < kNow + 3; ++now)
    found += verified(live(), now) ? 0 : 1;
  EXPECT_EQ(found, 1) << "each of three articles is looked at in one of three runs";
}

TEST_F(Verify, keeps_a_spoilt_generation_from_going_live) {
  add(30);
  ASSERT_TRUE(rebuild_now());
  const auto kept = rebuild_now(false);
  ASSERT_TRUE(kept);
  LiveIndex built = live();
  built.generation = kept->generation;
  built.parts = {generation_path(dir_.path(), kept->generation) / live().parts.front().filename()};
  spoil(built, 3);
  RebuildOptions options;
  options.now = kNow;
  const auto outcome = promote(dir_.path(), kept->generation, options);
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().hint, HasSubstr("the live index is unchanged"));
  EXPECT_EQ(live().generation, 1);
}

using Drift = GenerationTest;

TEST_F(Drift, is_none_between_two_builds_of_the_same_articles) {
  add(30);
  ASSERT_TRUE(rebuild_now());
  const auto report = rebuild_now();
  ASSERT_TRUE(report);
  ASSERT_TRUE(report->drift);
  EXPECT_EQ(report->drift->queries, 30U);
  EXPECT_EQ(report->drift->kept, report->drift->hits);
  EXPECT_TRUE(report->drift->most_changed.empty());
}

TEST_F(Drift, names_the_query_that_lost_most) {
  add(30);
  ASSERT_TRUE(rebuild_now());
  Article changed = tests::article_named("a5");
  changed.title = "Harbour";
  changed.body = "Nothing of the old text is left.";
  ASSERT_TRUE(writer_.upsert(tests::incoming(changed), kNow));
  ASSERT_TRUE(writer_.commit());
  std::ofstream(golden_queries_path(dir_.path())) << "# what readers ask\n\na4\r\na5\nnowhere\n";
  const auto report = rebuild_now();
  ASSERT_TRUE(report);
  ASSERT_TRUE(report->drift);
  EXPECT_EQ(report->drift->queries, 2U) << "one asks for what nothing holds";
  EXPECT_EQ(report->drift->hits, 2U);
  EXPECT_EQ(report->drift->kept, 1U);
  EXPECT_EQ(report->drift->most_changed, "a5");
  EXPECT_EQ(report->drift->most_changed_hits, 1U);
  EXPECT_EQ(report->drift->most_changed_kept, 0U);
}

TEST_F(Drift, does_not_count_versions_that_a_newer_part_hides) {
  add(30);
  ASSERT_TRUE(rebuild_now());
  Article changed = tests::article_named("a5");
  changed.body = "Another body.";
  ASSERT_TRUE(writer_.upsert(tests::incoming(changed), kNow));
  ASSERT_TRUE(writer_.commit());
  auto catalog = open_catalog_for_reading(dir_.path()).value();
  PartsWriter parts(dir_.path(), live());
  const auto applied = open_part(live().parts.front()).value().get_metadata(kAppliedSeqKey);
  ASSERT_TRUE(ChangeApplier(catalog, parts, std::stoll(applied)).apply(kNow));
  ASSERT_TRUE(parts.publish_if_changed(PartsWriter::Force::yes));
  ASSERT_EQ(live().parts.size(), 2U);
  std::ofstream(golden_queries_path(dir_.path())) << "another\nbody of a5\n";
  const auto report = rebuild_now();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->drift->kept, report->drift->hits);
  EXPECT_TRUE(report->drift->most_changed.empty()) << report->drift->most_changed;
}

TEST_F(Drift, does_without_a_live_index_that_cannot_be_read) {
  add(3);
  ASSERT_TRUE(rebuild_now());
  std::filesystem::remove_all(live().parts.front());
  const auto report = rebuild_now();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_FALSE(report->drift);
}

TEST_F(Drift, asks_a_bounded_number_of_golden_queries) {
  add(1);
  std::ofstream lines(golden_queries_path(dir_.path()));
  for (int i = 0; i < 300; ++i)
    lines << "query " << i << '\n';
  lines.close();
  auto catalog = open_catalog_for_reading(dir_.path()).value();
  EXPECT_EQ(drift_queries(dir_.path(), catalog)->size(), kMostGoldenQueries);
}

}  // namespace
}  // namespace broadsheet::indexer
