// The SQLite room: statements, transactions that undo themselves, and errors instead of codes.
#include "schema/sqlite.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace broadsheet::sqlite {
namespace {

class SqliteTest : public testing::Test {
 protected:
  SqliteTest() { EXPECT_TRUE(database_.execute("CREATE TABLE t (a INTEGER, b TEXT) STRICT")); }

  std::int64_t rows(Database& database) {
    return database.query_integer("SELECT count(*) FROM t").value().value_or(-1);
  }

  tests::TempDir dir_;
  std::filesystem::path file_ = dir_.path() / "test.db";
  Database database_ = Database::open(file_, OpenMode::create).value();
};

TEST_F(SqliteTest, what_is_bound_comes_back) {
  Statement& insert = *database_.statement("INSERT INTO t VALUES (?1, ?2)").value();
  const std::string with_zero("a\0b", 3);
  ASSERT_TRUE(insert.bind(1, std::int64_t{7}).bind(2, with_zero).run());
  ASSERT_TRUE(insert.bind(1, std::optional<std::int64_t>()).bind_text_or_null(2, "").run());
  Statement& select = *database_.statement("SELECT a, b FROM t ORDER BY rowid").value();
  ASSERT_TRUE(select.step().value());
  EXPECT_EQ(select.integer(0), 7);
  EXPECT_EQ(select.text(1), with_zero);
  ASSERT_TRUE(select.step().value());
  EXPECT_FALSE(select.optional_integer(0));
  EXPECT_TRUE(select.is_null(1));
  EXPECT_FALSE(select.step().value());
}

TEST_F(SqliteTest, a_statement_that_ended_is_ready_again) {
  Statement& select = *database_.statement("SELECT ?1").value();
  for (std::int64_t value : {1, 2}) {
    select.bind(1, value);
    ASSERT_TRUE(select.step().value());
    EXPECT_EQ(select.integer(0), value);
    EXPECT_FALSE(select.step().value());
  }
}

TEST_F(SqliteTest, a_transaction_that_is_not_committed_never_happened) {
  {
    auto transaction = Transaction::begin(database_, Transaction::Kind::immediate);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(database_.execute("INSERT INTO t VALUES (1, 'x')"));
    EXPECT_EQ(rows(database_), 1);
  }
  EXPECT_EQ(rows(database_), 0);
}

TEST_F(SqliteTest, a_reader_sees_the_state_before_a_commit_and_after_it) {
  Database reader = Database::open(file_, OpenMode::read).value();
  auto transaction = Transaction::begin(database_, Transaction::Kind::immediate);
  ASSERT_TRUE(database_.execute("INSERT INTO t VALUES (1, 'x')"));
  EXPECT_EQ(rows(reader), 0);
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(rows(reader), 1);
}

TEST_F(SqliteTest, a_reader_cannot_write) {
  Database reader = Database::open(file_, OpenMode::read).value();
  const auto done = reader.execute("INSERT INTO t VALUES (1, 'x')");
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().hint.find("rights"), std::string::npos);
}

TEST_F(SqliteTest, a_type_that_does_not_fit_is_an_error) {
  const auto done = database_.execute("INSERT INTO t VALUES ('text', 'x')");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::internal);
}

TEST_F(SqliteTest, a_missing_file_is_not_found) {
  const auto opened = Database::open(dir_.path() / "none.db", OpenMode::read);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::not_found);
}

TEST_F(SqliteTest, another_kind_of_file_is_corrupt) {
  const auto path = dir_.path() / "text.db";
  std::ofstream(path) << std::string(4096, 'x');
  const auto opened = Database::open(path, OpenMode::create);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace broadsheet::sqlite
