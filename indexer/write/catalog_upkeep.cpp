// SQLite zeroes deleted rows when told to, but moving rows between pages leaves copies of them
// behind; only a file that is written anew is sure to hold nothing old.
#include "indexer/write/catalog_upkeep.h"

#include <string>

#include "indexer/write/disk_room.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

// Pages copied between two looks at whether to go on: 4 MiB.
constexpr int kPagesAtOnce = 1024;

Result<void> empty_log(sqlite::Database& catalog) {
  auto busy = catalog.query_integer("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!busy) return pass_on(busy.error());
  if (busy->value_or(0) == 0) return {};
  return fail(ErrorCode::unavailable,
              "the catalog's log could not be emptied: a reader keeps it in use",
              "run the command again");
}

Result<void> vacuum(sqlite::Database& catalog, const fs::path& data_dir) {
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(catalog_path(data_dir), failed);
  // A copy, and the log that carries it into the file.
  if (auto room = check_room(data_dir, 2 * (failed ? 0 : size) + kCommitReserve); !room)
    return room;
  if (auto done = catalog.execute("VACUUM"); !done) return done;
  return empty_log(catalog);
}

}  // namespace

Result<void> rewrite_catalog(const fs::path& data_dir) {
  auto catalog = open_catalog_for_writing(data_dir);
  if (!catalog) return pass_on(catalog.error());
  return vacuum(*catalog, data_dir);
}

Result<void> tidy_catalog(const fs::path& data_dir) {
  auto catalog = open_catalog_for_writing(data_dir);
  if (!catalog) return pass_on(catalog.error());
  auto free_pages = catalog->query_integer("PRAGMA freelist_count");
  if (!free_pages) return pass_on(free_pages.error());
  auto pages = catalog->query_integer("PRAGMA page_count");
  if (!pages) return pass_on(pages.error());
  if (4 * free_pages->value_or(0) >= pages->value_or(0)) return vacuum(*catalog, data_dir);
  return empty_log(*catalog);
}

Result<void> check_integrity(sqlite::Database& database, const fs::path& file) {
  const auto damaged = [&file](std::string_view fault) {
    return fail(ErrorCode::corrupt,
                file.string() + " is damaged: " + std::string(fault),
                "restore a backup with broadsheet-indexer restore DIR");
  };
  auto check = database.statement("PRAGMA integrity_check(1)");
  if (!check) return damaged(check.error().message);
  const sqlite::StatementReset reset(**check);
  auto row = (*check)->step();
  if (!row) return damaged(row.error().message);
  const std::string_view verdict = (*check)->text(0);
  return verdict == "ok" ? Result<void>() : damaged(verdict);
}

Result<void> copy_database(const fs::path& source,
                           const fs::path& target,
                           const KeepWaiting& keep_waiting) {
  auto from = sqlite::Database::open(source, sqlite::OpenMode::read);
  if (!from) return pass_on(from.error());
  auto into = sqlite::Database::open(target, sqlite::OpenMode::create);
  if (!into) return pass_on(into.error());
  const auto go_on = [&keep_waiting] { return !keep_waiting || keep_waiting() == GoOn::yes; };
  if (auto done = from->copy_into(*into, kPagesAtOnce, go_on); !done) return done;
  if (auto sound = check_integrity(*into, target); !sound) return sound;
  // One file, without a log beside it.
  return into->execute("PRAGMA journal_mode=DELETE");
}

}  // namespace broadsheet::indexer
