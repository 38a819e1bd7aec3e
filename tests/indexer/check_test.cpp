// Catalog and index compared and mended; an index of another archive is told from one that differs.
#include "indexer/check.h"

#include <gtest/gtest.h>

#include "indexer/reindex.h"
#include "indexer/write/fold_parts.h"
#include "tests/support/article_builder.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNow = 1'750'000'000;

// Articles first .. first + count - 1 of an archive.
void store(const fs::path& data_dir, int first, int count) {
  auto writer = CatalogWriter::open(data_dir).value();
  for (int i = first; i < first + count; ++i)
    ASSERT_TRUE(
        writer.upsert(tests::incoming(tests::article_named("a" + std::to_string(i))), kNow));
  ASSERT_TRUE(writer.commit());
}

void index(const fs::path& data_dir) {
  auto index = Reindexer::open(data_dir, 1);
  ASSERT_TRUE(index) << index.error().message;
  ASSERT_TRUE(index->apply_pending(kNow));
}

class CheckTest : public testing::Test {
 protected:
  // Gives the archive the catalog of another folder.
  void take_catalog_of(const fs::path& other) {
    for (const char* name : {"catalog.db", "catalog.db-wal", "catalog.db-shm"}) {
      fs::remove(data_ / name);
      if (fs::exists(other / name)) fs::copy_file(other / name, data_ / name);
    }
  }

  void expect_foreign(Repair repair) {
    const auto report = check(data_, kNow, repair);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::corrupt);
    EXPECT_NE(report.error().hint.find("rebuild"), std::string::npos);
  }

  tests::TempDir dir_;
  fs::path data_ = dir_.path() / "data";
};

TEST_F(CheckTest, an_index_of_another_archive_is_no_index_of_this_one) {
  store(data_, 0, 3);
  index(data_);
  store(dir_.path() / "other", 0, 3);
  take_catalog_of(dir_.path() / "other");
  expect_foreign(Repair::no);
  expect_foreign(Repair::yes);
}

TEST_F(CheckTest, an_index_newer_than_its_catalog_is_not_mended) {
  store(data_, 0, 3);
  const fs::path old = dir_.path() / "old";
  fs::create_directories(old);
  fs::copy_file(data_ / "catalog.db", old / "catalog.db");
  store(data_, 3, 2);
  index(data_);
  take_catalog_of(old);
  expect_foreign(Repair::no);
  expect_foreign(Repair::yes);
}

TEST_F(CheckTest, differences_of_many_batches_are_mended) {
  store(data_, 0, 1);
  index(data_);
  store(data_, 1, 700);
  const auto mended = check(data_, kNow, Repair::yes);
  ASSERT_TRUE(mended) << mended.error().message;
  EXPECT_EQ(mended->missing, 700U);
  EXPECT_TRUE(mended->repaired);
  EXPECT_TRUE(check(data_, kNow, Repair::no)->is_clean());
  EXPECT_EQ(count_articles(read_stub(data_).value()), 701U);
}

TEST_F(CheckTest, mending_that_is_interrupted_keeps_its_batches) {
  store(data_, 0, 1);
  index(data_);
  store(data_, 1, 700);
  const auto mended =
      check(data_, kNow, Repair::yes, [](std::uint64_t, std::uint64_t) { return GoOn::no; });
  ASSERT_FALSE(mended);
  EXPECT_EQ(mended.error().code, ErrorCode::interrupted);
  EXPECT_EQ(count_articles(read_stub(data_).value()), 301U);
}

TEST(check_report, recommends_a_rebuild_when_much_differs) {
  CheckReport report;
  report.checked = 100'000;
  report.missing = 15'000;
  EXPECT_FALSE(report.needs_rebuild());
  report.stale = 10'000;
  EXPECT_TRUE(report.needs_rebuild());
  report = {.checked = 10, .missing = 10};
  EXPECT_FALSE(report.needs_rebuild());
}

}  // namespace
}  // namespace broadsheet::indexer
