// The tables are made by whoever writes first. A lock is waited for a second at most: an editor is
// told at once rather than kept.
#include "server/desk/desk_store.h"

#include <array>
#include <string>

#include <sys/stat.h>

namespace broadsheet::server {
namespace {

// Entry N takes a desk from version N to N + 1. Append only; never change one that was released.
constexpr auto kMigrations = std::to_array<const char*>({R"sql(
CREATE TABLE desk_state (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL  -- counts the changes of decisions
) STRICT;
INSERT INTO desk_state VALUES (1, 0);

CREATE TABLE decision (
  article   TEXT NOT NULL,
  other     TEXT NOT NULL,
  kind      INTEGER NOT NULL,  -- DecisionKind
  position  INTEGER NOT NULL,
  both_ways INTEGER NOT NULL,
  reason    TEXT,
  made_by   TEXT,
  expires   INTEGER,           -- seconds since 1970 UTC; NULL: never
  made      INTEGER NOT NULL,
  revision  INTEGER NOT NULL,  -- of the desk
  PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_both_ways ON decision (other) WHERE both_ways = 1;

-- Every decision that was replaced or taken back.
CREATE TABLE decision_before (
  article TEXT NOT NULL, other TEXT NOT NULL, kind INTEGER NOT NULL, position INTEGER NOT NULL,
  both_ways INTEGER NOT NULL, reason TEXT, made_by TEXT, expires INTEGER, made INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  until_revision INTEGER NOT NULL  -- the revision of the desk that ended it
) STRICT;

CREATE TABLE feedback (
  feedback_id INTEGER PRIMARY KEY,
  article     TEXT,  -- under which the link stood; NULL for a hit
  query       TEXT,  -- that found the hit; NULL for a link
  other       TEXT NOT NULL,
  verdict     INTEGER NOT NULL,  -- Verdict
  given_by    TEXT,
  position    INTEGER,
  given       INTEGER NOT NULL
) STRICT;
)sql"});

Result<int> version_of(sqlite::Database& desk) {
  auto version = desk.query_integer("PRAGMA user_version");
  if (!version) return pass_on(version.error());
  return static_cast<int>(version->value_or(0));
}

Result<void> migrate(sqlite::Database& desk) {
  auto transaction = sqlite::Transaction::begin(desk, sqlite::Transaction::Kind::immediate);
  if (!transaction) return pass_on(transaction.error());
  auto version = version_of(desk);  // again: another server may have been first
  if (!version) return pass_on(version.error());
  for (auto next = static_cast<std::size_t>(*version); next < kMigrations.size(); ++next) {
    if (auto done = desk.execute(kMigrations.at(next)); !done) return done;
  }
  const std::string stamp = "PRAGMA user_version=" + std::to_string(kMigrations.size());
  if (auto done = desk.execute(stamp.c_str()); !done) return done;
  return transaction->commit();
}

}  // namespace

DeskStore::DeskStore(const std::filesystem::path& data_dir, DeskUse use)
    : file_(data_dir / "desk.db"), use_(use) {}

std::optional<DeskStore::FileStamp> DeskStore::stamp() const {
  struct stat status {};

  if (::stat(file_.c_str(), &status) != 0) return std::nullopt;
  return FileStamp{status.st_dev, status.st_ino};
}

Result<sqlite::Database*> DeskStore::database() {
  const auto now = stamp();
  if (database_ && now != opened_) database_.reset();
  if (database_) return &*database_;
  if (!now && use_ == DeskUse::read) return nullptr;
  if (auto done = open(); !done) {
    database_.reset();
    return desk_failure(done.error(), use_);
  }
  return &*database_;
}

Result<void> DeskStore::open() {
  auto opened = sqlite::Database::open(
      file_, use_ == DeskUse::write ? sqlite::OpenMode::create : sqlite::OpenMode::read);
  if (!opened) return pass_on(opened.error());
  database_ = std::move(*opened);
  if (auto done = database_->execute("PRAGMA busy_timeout=1000"); !done) return done;
  auto version = version_of(*database_);
  if (!version) return pass_on(version.error());
  const int known = static_cast<int>(kMigrations.size());
  if (*version > known) {
    return fail(ErrorCode::version_mismatch,
                file_.string() + " has version " + std::to_string(*version) +
                    "; this program knows " + std::to_string(known));
  }
  if (*version < known && use_ == DeskUse::read) {
    return fail(ErrorCode::unavailable, file_.string() + " is being made");
  }
  if (*version < known) {
    if (auto done = migrate(*database_); !done) return done;
  }
  opened_ = stamp().value_or(FileStamp());
  return {};
}

tl::unexpected<Error> desk_failure(const Error& error, DeskUse use) {
  return fail(ErrorCode::unavailable,
              "the desk: " + error.message,
              use == DeskUse::write
                  ? "The desk cannot be written, so nothing was recorded. See that the disk has "
                    "room and no other program holds desk.db, then try again."
                  : "What the desk has decided cannot be read. See that no other program holds "
                    "desk.db, then try again.");
}

}  // namespace broadsheet::server
