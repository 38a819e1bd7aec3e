// SQLite behind two small classes: the only room that knows sqlite3.h.
// A Database and its Statements belong to one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace broadsheet::sqlite {

// A prepared statement. Parameters and columns count as SQLite does: parameters from 1, columns
// from 0. Bound text and bytes are not copied: it must live until the statement has been stepped to
// its end or reset.
class Statement {
 public:
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, const std::optional<std::int64_t>& value);
  Statement& bind_null(int index);
  Statement& bind_blob(int index, std::string_view bytes);
  // Binds NULL for empty text.
  Statement& bind_text_or_null(int index, std::string_view text);

  // True: a row is there. False: done; the statement is reset and ready to be bound again.
  [[nodiscard]] Result<bool> step();
  // Runs a statement that returns no rows.
  [[nodiscard]] Result<void> run();
  void reset();
  // Calls `visit`, a Result<void>(), on each row until one fails. Reset afterwards in any case.
  template <typename Visit>
  [[nodiscard]] Result<void> for_each_row(Visit visit);

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  // Valid until the next step or reset; empty for NULL.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;

 private:
  friend class Database;

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Resets a cached statement when the scope ends, so that no row is left open.
class StatementReset {
 public:
  explicit StatementReset(Statement& statement) : statement_(statement) {}

  ~StatementReset() { statement_.reset(); }

  StatementReset(const StatementReset&) = delete;
  StatementReset& operator=(const StatementReset&) = delete;

 private:
  Statement& statement_;
};

template <typename Visit>
Result<void> Statement::for_each_row(Visit visit) {
  const StatementReset at_the_end(*this);
  while (true) {
    auto row = step();
    if (!row) return pass_on(row.error());
    if (!*row) return {};
    if (Result<void> visited = visit(); !visited) return visited;
  }
}

enum class OpenMode {
  read,   // never writes rows; the file must exist
  create  // for writing; made when missing
};

class Database {
 public:
  // Opens with a busy timeout of 10 s; for writing with foreign keys on, WAL and synchronous=FULL.
  // not_found: no such file. corrupt: not a SQLite database.
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, OpenMode mode);

  // Runs one or more statements without parameters or rows.
  [[nodiscard]] Result<void> execute(const char* sql);

  // A statement compiled once and kept; the reference lives as long as the database.
  // The same text gives the same statement, so it must not be in use already.
  [[nodiscard]] Result<Statement*> statement(std::string_view sql);

  // The first column of the first row, or empty when there is no row or it is NULL.
  [[nodiscard]] Result<std::optional<std::int64_t>> query_integer(std::string_view sql);

  // Copies all of this database, as it stands at one moment, over `target`, so many pages at a
  // time; other connections go on writing meanwhile. interrupted: `go_on`, asked in between, said
  // no.
  [[nodiscard]] Result<void> copy_into(Database& target,
                                       int pages_at_once,
                                       const std::function<bool()>& go_on);

  // Rows changed by the last INSERT, UPDATE or DELETE, and the last row id inserted.
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] std::int64_t last_row_id() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };

  explicit Database(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, Close> database_;  // outlives the statements: destroyed after them
  std::unordered_map<std::string, Statement> statements_;
};

// A transaction that rolls back unless committed. `immediate` takes the write lock at once, as
// every writer must: upgrading a deferred one fails with BUSY_SNAPSHOT when another commit came
// between.
class Transaction {
 public:
  enum class Kind { deferred, immediate };
  [[nodiscard]] static Result<Transaction> begin(Database& database, Kind kind);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  [[nodiscard]] Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}

  Database* database_;
};

}  // namespace broadsheet::sqlite
