// Opening a catalog: a new one, one of ours, one of somebody else, one of another version.
#include "schema/catalog.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace broadsheet {
namespace {

class CatalogTest : public testing::Test {
 protected:
  void set_version(int version) {
    auto database = sqlite::Database::open(catalog_path(data_), sqlite::OpenMode::create);
    ASSERT_TRUE(database->execute(("PRAGMA user_version=" + std::to_string(version)).c_str()));
  }

  // A catalog as the first `version` migrations left it, with rows that version could have.
  void make_old(int version, const char* rows) {
    std::filesystem::create_directories(data_);
    std::vector<std::filesystem::path> files;
    const auto folder = std::filesystem::path(BROADSHEET_SOURCE_DIR) / "schema/migrations";
    for (const auto& file : std::filesystem::directory_iterator(folder))
      files.push_back(file.path());
    std::sort(files.begin(), files.end());
    auto old = sqlite::Database::open(catalog_path(data_), sqlite::OpenMode::create);
    for (int i = 0; i < version; ++i) {
      std::ostringstream sql;
      sql << std::ifstream(files.at(static_cast<std::size_t>(i))).rdbuf();
      ASSERT_TRUE(old->execute(sql.str().c_str()));
    }
    ASSERT_TRUE(old->execute(rows));
    set_version(version);
  }

  ErrorCode reading_error() { return open_catalog_for_reading(data_).error().code; }

  ErrorCode writing_error() { return open_catalog_for_writing(data_).error().code; }

  tests::TempDir dir_;
  std::filesystem::path data_ = dir_.path() / "new" / "data";
};

TEST_F(CatalogTest, is_made_with_its_folder_when_it_is_opened_for_writing) {
  auto catalog = open_catalog_for_writing(data_);
  ASSERT_TRUE(catalog) << catalog.error().message;
  EXPECT_EQ(catalog->query_integer("PRAGMA user_version").value(), catalog_version());
  EXPECT_EQ(catalog->query_integer("SELECT count(*) FROM article").value(), 0);
  EXPECT_EQ(catalog->query_integer("PRAGMA synchronous").value(), 2) << "FULL";
}

TEST_F(CatalogTest, opens_again_and_keeps_what_it_holds) {
  ASSERT_TRUE(open_catalog_for_writing(data_)->execute("INSERT INTO meta VALUES ('k', '7')"));
  auto catalog = open_catalog_for_writing(data_);
  EXPECT_EQ(
      catalog->query_integer("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'k'").value(), 7);
}

TEST_F(CatalogTest, every_archive_has_a_uuid_of_its_own) {
  const auto uuid_count = [](sqlite::Database& catalog) {
    return catalog.query_integer("SELECT length(value) FROM meta WHERE key = 'uuid'").value();
  };
  auto catalog = open_catalog_for_writing(data_);
  EXPECT_EQ(uuid_count(*catalog), 32);
}

TEST_F(CatalogTest, a_missing_one_is_not_found_by_readers) {
  EXPECT_EQ(reading_error(), ErrorCode::not_found);
}

TEST_F(CatalogTest, of_a_newer_version_is_refused) {
  ASSERT_TRUE(open_catalog_for_writing(data_));
  set_version(catalog_version() + 1);
  EXPECT_EQ(reading_error(), ErrorCode::version_mismatch);
  EXPECT_EQ(writing_error(), ErrorCode::version_mismatch);
}

TEST_F(CatalogTest, not_migrated_yet_is_outdated_to_readers) {
  std::filesystem::create_directories(data_);
  set_version(0);
  EXPECT_EQ(reading_error(), ErrorCode::outdated);
  EXPECT_TRUE(open_catalog_for_writing(data_));
  EXPECT_TRUE(open_catalog_for_reading(data_));
}

TEST_F(CatalogTest, of_somebody_else_is_corrupt_and_left_alone) {
  std::filesystem::create_directories(data_);
  auto foreign = sqlite::Database::open(catalog_path(data_), sqlite::OpenMode::create);
  ASSERT_TRUE(foreign->execute("CREATE TABLE theirs (a)"));
  EXPECT_EQ(writing_error(), ErrorCode::corrupt);
  EXPECT_EQ(reading_error(), ErrorCode::corrupt);
  EXPECT_EQ(foreign->query_integer("SELECT count(*) FROM sqlite_master").value(), 1);
}

TEST_F(CatalogTest, that_is_no_database_is_corrupt) {
  std::filesystem::create_directories(data_);
  std::ofstream(catalog_path(data_)) << std::string(10'000, 'x');
  EXPECT_EQ(writing_error(), ErrorCode::corrupt);
  EXPECT_EQ(reading_error(), ErrorCode::corrupt);
}

// The files up to 0002, an article and two of its URLs as that version wrote them.
TEST_F(CatalogTest, of_an_older_version_keeps_its_articles_and_renews_their_urls) {
  make_old(2,
           "INSERT INTO article (id, doc_id, change_seq, content_hash, ingested, body_bytes, "
           "summary) VALUES ('a', 1, 1, 'x', 0, 0, 'One sentence.');"
           "INSERT INTO article_text VALUES (1, '');"
           "INSERT INTO article_url VALUES ('https://example.org/a?srsltid=1&id=7', 1), "
           "('https://example.org/b?id=7', 1);");
  auto catalog = open_catalog_for_writing(data_);
  ASSERT_TRUE(catalog) << catalog.error().message;
  const auto count = [&](const char* sql) { return catalog->query_integer(sql).value(); };
  EXPECT_EQ(count("SELECT count(*) FROM article_url WHERE url = 'https://example.org/a?id=7'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM article_url"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM article WHERE summary_origin = 1 AND body_shared = 0"), 1);
}

// What a feed's ETag belongs to was not kept before 0005: it is asked for whole once.
TEST_F(CatalogTest, of_a_version_with_feeds_forgets_validators_of_unknown_addresses) {
  make_old(4,
           "INSERT INTO feed (url, address, etag, last_modified, interval) "
           "VALUES ('https://a.example/f', 'https://a.example/f', 'e', 'm', 900);");
  auto catalog = open_catalog_for_writing(data_);
  ASSERT_TRUE(catalog) << catalog.error().message;
  EXPECT_EQ(catalog
                ->query_integer("SELECT count(*) FROM feed WHERE etag IS NULL AND last_modified IS "
                                "NULL AND validated IS NULL AND body_hash IS NULL")
                .value(),
            1);
}

// Articles from before 0006 are linked later, but for those whose text is gone.
TEST_F(CatalogTest, of_a_version_without_stories_has_articles_to_link) {
  make_old(5,
           "INSERT INTO article (id, doc_id, change_seq, content_hash, ingested, body_bytes, "
           "status) VALUES ('a', 1, 1, 'x', 0, 0, 0), ('b', 2, 2, 'x', 0, 0, 4);");
  auto catalog = open_catalog_for_writing(data_);
  ASSERT_TRUE(catalog) << catalog.error().message;
  EXPECT_EQ(catalog->query_integer("SELECT count(*) FROM link_due").value(), 1);
  EXPECT_EQ(catalog->query_integer("SELECT article_id FROM link_due").value(), 1);
}

TEST(lists, are_stored_one_value_a_line) {
  const std::vector<std::string> values = {"a b", "c", "d"};
  EXPECT_EQ(split_lines(join_lines(values)), values);
  EXPECT_TRUE(split_lines("").empty());
}

}  // namespace
}  // namespace broadsheet
