// A rebuild takes time, and what becomes due meanwhile is in the new generation all the same.
#include "indexer/write/generations.h"

#include <gtest/gtest.h>

#include "indexer/write/fold_parts.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

constexpr std::int64_t kNow = 1'750'000'000;

class RebuildTest : public testing::Test {
 protected:
  void SetUp() override {
    Article embargoed = tests::article_named("embargoed");
    embargoed.embargoed_until = kNow + 60;
    Article expiring = tests::article_named("expiring");
    expiring.expires = kNow + 60;
    for (const Article& article : {tests::article_named("plain"), embargoed, expiring})
      ASSERT_TRUE(writer_.upsert(tests::incoming(article), kNow));
    ASSERT_TRUE(writer_.commit());
  }

  tests::TempDir dir_;
  CatalogWriter writer_ = CatalogWriter::open(dir_.path()).value();
};

TEST_F(RebuildTest, judges_by_the_time_of_the_swap) {
  RebuildOptions options;
  options.now = kNow;
  options.take_lock = [&]() -> Result<std::int64_t> {
    // Another command has looked meanwhile, and will not look again.
    EXPECT_EQ(writer_.release_due(kNow + 90).value(), 2);
    EXPECT_TRUE(writer_.commit());
    return kNow + 100;
  };
  const auto report = rebuild(dir_.path(), options);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->articles, 2U);
  EXPECT_EQ(count_articles(read_stub(dir_.path()).value()), 2U);
}

TEST_F(RebuildTest, is_given_up_when_the_lock_cannot_be_had) {
  RebuildOptions options;
  options.now = kNow;
  options.take_lock = []() -> Result<std::int64_t> {
    return fail(ErrorCode::unavailable, "somebody writes");
  };
  EXPECT_EQ(rebuild(dir_.path(), options).error().code, ErrorCode::unavailable);
  EXPECT_FALSE(std::filesystem::exists(generation_path(dir_.path(), 1)));
}

TEST_F(RebuildTest, ends_when_it_is_told_to) {
  RebuildOptions options;
  options.now = kNow;
  options.progress = [](std::uint64_t, std::uint64_t) { return GoOn::no; };
  for (int i = 0; i < 300; ++i) {
    const Article article = tests::article_named("a" + std::to_string(i));
    ASSERT_TRUE(writer_.upsert(tests::incoming(article), kNow));
  }
  ASSERT_TRUE(writer_.commit());
  EXPECT_EQ(rebuild(dir_.path(), options).error().code, ErrorCode::interrupted);
  EXPECT_FALSE(std::filesystem::exists(generation_path(dir_.path(), 1)));
}

}  // namespace
}  // namespace broadsheet::indexer
