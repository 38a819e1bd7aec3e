// The SQLite room. A failure becomes an Error here; nothing above sees a result code.
#include "schema/sqlite.h"

#include <sqlite3.h>

namespace broadsheet::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

ErrorCode code_of(int result) {
  switch (result & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::unavailable;
    default:
      return ErrorCode::internal;
  }
}

const char* hint_for(int result) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return "free disk space and run the command again";
    case SQLITE_BUSY:
      return "another program holds the database: try again";
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return "check the rights on the data folder and the files in it: readers write there too";
    default:
      return "";
  }
}

tl::unexpected<Error> failure(sqlite3* database, int result) {
  return fail(
      code_of(result), std::string("SQLite: ") + sqlite3_errmsg(database), hint_for(result));
}

int flags_of(OpenMode mode) {
  // A reader opens for writing too: WAL needs its shared-memory file. query_only keeps it from
  // writing rows.
  const int base = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
  return mode == OpenMode::create ? base | SQLITE_OPEN_CREATE : base;
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement& Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  // An empty view may hold a null pointer, which SQLite would read as NULL.
  const char* bytes = text.data() == nullptr ? "" : text.data();
  sqlite3_bind_text64(statement_.get(), index, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int index, const std::optional<std::int64_t>& value) {
  return value ? bind(index, *value) : bind_null(index);
}

Statement& Statement::bind_null(int index) {
  sqlite3_bind_null(statement_.get(), index);
  return *this;
}

Statement& Statement::bind_blob(int index, std::string_view bytes) {
  // A null pointer would bind NULL.
  const char* start = bytes.empty() ? "" : bytes.data();
  sqlite3_bind_blob64(statement_.get(), index, start, bytes.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind_text_or_null(int index, std::string_view text) {
  return text.empty() ? bind_null(index) : bind(index, text);
}

Result<bool> Statement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) {
    reset();
    return false;
  }
  auto error = failure(sqlite3_db_handle(statement_.get()), result);
  reset();
  return error;
}

Result<void> Statement::run() {
  auto row = step();
  if (!row) return pass_on(row.error());
  reset();
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::string_view Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

void Database::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

Result<Database> Database::open(const std::filesystem::path& file, OpenMode mode) {
  std::error_code ignored;
  if (mode != OpenMode::create && !std::filesystem::exists(file, ignored)) {
    return fail(ErrorCode::not_found, "there is no database at " + file.string());
  }
  sqlite3* raw = nullptr;
  const int result = sqlite3_open_v2(file.c_str(), &raw, flags_of(mode), nullptr);
  Database database(raw);
  if (result != SQLITE_OK) return failure(raw, result);
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, kBusyTimeoutMs);
  const char* setup =
      mode == OpenMode::read
          ? "PRAGMA query_only=ON;"
          : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
  if (auto done = database.execute(setup); !done) return pass_on(done.error());
  return database;
}

Result<void> Database::execute(const char* sql) {
  const int result = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) return failure(database_.get(), result);
  return {};
}

Result<Statement*> Database::statement(std::string_view sql) {
  const std::string key(sql);
  if (const auto found = statements_.find(key); found != statements_.end()) return &found->second;
  sqlite3_stmt* raw = nullptr;
  const int result = sqlite3_prepare_v3(database_.get(),
                                        sql.data(),
                                        static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT,
                                        &raw,
                                        nullptr);
  if (result != SQLITE_OK) return failure(database_.get(), result);
  return &statements_.emplace(key, Statement(raw)).first->second;
}

Result<std::optional<std::int64_t>> Database::query_integer(std::string_view sql) {
  auto prepared = statement(sql);
  if (!prepared) return pass_on(prepared.error());
  const StatementReset reset(**prepared);
  auto row = (*prepared)->step();
  if (!row) return pass_on(row.error());
  if (!*row) return std::optional<std::int64_t>();
  return (*prepared)->optional_integer(0);
}

// A read transaction keeps the source at one moment: without it every write of another process
// would start the copy anew.
Result<void> Database::copy_into(Database& target,
                                 int pages_at_once,
                                 const std::function<bool()>& go_on) {
  if (auto begun = execute("BEGIN; SELECT count(*) FROM sqlite_master"); !begun) return begun;
  sqlite3_backup* copy =
      sqlite3_backup_init(target.database_.get(), "main", database_.get(), "main");
  int result = copy == nullptr ? SQLITE_ERROR : SQLITE_OK;
  bool stopped = false;
  while (result == SQLITE_OK && !stopped) {
    result = sqlite3_backup_step(copy, pages_at_once);
    stopped = result == SQLITE_OK && !go_on();
  }
  const int finished = sqlite3_backup_finish(copy);
  (void)execute("ROLLBACK");
  if (stopped) return fail(ErrorCode::interrupted, "copying the database was interrupted");
  if (result == SQLITE_DONE && finished == SQLITE_OK) return {};
  return failure(target.database_.get(), finished);
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(database_.get());
}

std::int64_t Database::last_row_id() const {
  return sqlite3_last_insert_rowid(database_.get());
}

Result<Transaction> Transaction::begin(Database& database, Kind kind) {
  auto begun = database.execute(kind == Kind::immediate ? "BEGIN IMMEDIATE" : "BEGIN");
  if (!begun) return pass_on(begun.error());
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(other.database_) {
  other.database_ = nullptr;
}

Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->execute("ROLLBACK");
}

Result<void> Transaction::commit() {
  auto done = database_->execute("COMMIT");
  if (done) database_ = nullptr;
  return done;
}

}  // namespace broadsheet::sqlite
