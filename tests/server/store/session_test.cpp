// A session that is lent shows what lies in the folder now, also when other stores have taken the
// place of those it had open.
#include "server/store/session.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/reindex.h"
#include "indexer/write/catalog_writer.h"
#include "indexer/write/content_hash.h"
#include "tests/support/temp_dir.h"

namespace broadsheet::server {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNow = 1'745'000'000;

void add_article(const fs::path& data, const std::string& id) {
  auto catalog = indexer::CatalogWriter::open(data);
  indexer::IncomingArticle incoming;
  incoming.article.id = id;
  incoming.article.title = id;
  incoming.article.body = "A body.";
  incoming.content_hash = indexer::content_hash(incoming.article);
  ASSERT_TRUE(catalog->upsert(incoming, kNow));
  ASSERT_TRUE(catalog->commit());
  auto reindexer = indexer::Reindexer::open(data, 1);
  ASSERT_TRUE(reindexer->apply_pending(kNow));
  ASSERT_TRUE(reindexer->finish());
}

void move_catalog(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const char* name : {"catalog.db", "catalog.db-wal", "catalog.db-shm"}) {
    if (fs::exists(from / name)) fs::rename(from / name, to / name);
  }
}

class Sessions : public testing::Test {
 protected:
  Sessions() {
    add_article(data_, "first");
    EXPECT_TRUE(pool_.borrow());
  }

  // Whether the pool lends sessions, which its state must say as well.
  bool lends() {
    const bool lent = pool_.borrow().has_value();
    EXPECT_EQ(pool_.state().ready, lent);
    return lent;
  }

  bool has(const std::string& id) {
    auto lease = pool_.borrow();
    if (!lease) return false;
    const auto found = (*lease)->catalog.article_by_id(id);
    return found && found->has_value();
  }

  tests::TempDir folder_;
  fs::path data_ = folder_.path() / "data";
  std::vector<std::string> told_;
  SessionPool pool_{
      data_, 1, [this](const Error* failure) { told_.push_back(failure ? failure->message : ""); }};
};

TEST_F(Sessions, follow_an_archive_that_grows) {
  add_article(data_, "second");
  EXPECT_TRUE(has("second"));
}

TEST_F(Sessions, are_not_lent_once_the_catalog_is_gone) {
  move_catalog(data_, folder_.path() / "away");
  ASSERT_FALSE(lends());
  const auto refused = pool_.borrow();
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  EXPECT_EQ(pool_.state().code, ErrorCode::not_found);
  EXPECT_EQ(told_.back(), refused.error().message);
  move_catalog(folder_.path() / "away", data_);
  EXPECT_TRUE(lends());
  EXPECT_EQ(told_.back(), "");
}

TEST_F(Sessions, never_join_another_catalog_with_this_index) {
  add_article(folder_.path() / "other", "stranger");
  move_catalog(data_, folder_.path() / "away");
  move_catalog(folder_.path() / "other", data_);
  EXPECT_FALSE(lends());
  EXPECT_EQ(pool_.state().code, ErrorCode::corrupt);
  fs::remove_all(data_ / "index");
  fs::rename(folder_.path() / "other" / "index", data_ / "index");
  EXPECT_TRUE(has("stranger"));
}

TEST_F(Sessions, notice_an_index_of_another_catalog) {
  add_article(folder_.path() / "other", "stranger");
  fs::remove_all(data_ / "index");
  fs::rename(folder_.path() / "other" / "index", data_ / "index");
  EXPECT_FALSE(lends());
}

TEST_F(Sessions, notice_another_version_of_the_catalog) {
  {
    auto catalog = sqlite::Database::open(catalog_path(data_), sqlite::OpenMode::create);
    ASSERT_TRUE(catalog->execute("PRAGMA user_version=99"));
  }
  ASSERT_FALSE(lends());
  EXPECT_EQ(pool_.borrow().error().code, ErrorCode::version_mismatch);
}

}  // namespace
}  // namespace broadsheet::server
