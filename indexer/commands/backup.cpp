// `backup` and `restore`.
#include "indexer/write/backup.h"

#include <cstdio>
#include <memory>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"

namespace broadsheet::indexer {
namespace {

int run_backup(const std::string& folder, Session& session) {
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  auto done = make_backup(session.data_dir, folder, unix_now(), session.until_signal());
  if (!done) return session.report(done.error());
  std::fprintf(stderr, "the backup is in %s\n", folder.c_str());
  return exit_well;
}

int run_restore(const std::string& folder, Session& session) {
  // Before the data folder is made, or anybody is waited for.
  if (auto whole = verify_backup(folder); !whole) return report_error(whole.error());
  auto lock = session.lock("restore");
  if (!lock) return session.report(lock.error());
  // An idle watch holds no other lock.
  auto watch_lock = WriterLock::take_for_watch(session.data_dir);
  if (!watch_lock) return report_error(watch_lock.error());
  auto aside = restore_backup(session.data_dir, folder, unix_now());
  if (!aside) return report_error(aside.error());
  if (!aside->empty()) std::fprintf(stderr, "what was there before is in %s\n", aside->c_str());
  if (auto done = release_due(session, unix_now()); !done) return report_error(done.error());
  if (auto done = follow_in_index(session); !done) return session.report(done.error());
  std::fprintf(stderr, "restored the backup in %s\n", folder.c_str());
  return exit_well;
}

}  // namespace

void add_backup_command(Command& program, Session& session) {
  auto folder = std::make_shared<std::string>();
  Command command = program.add("backup", "Copy the archive while both programs go on");
  command.option("DIR", *folder, "A folder to make").required();
  command.runs([folder, &session] { session.exit_status = run_backup(*folder, session); });
}

void add_restore_command(Command& program, Session& session) {
  auto folder = std::make_shared<std::string>();
  Command command = program.add("restore", "Put a backup in place; both programs stopped");
  command.option("DIR", *folder, "A folder that backup made").required();
  command.runs([folder, &session] { session.exit_status = run_restore(*folder, session); });
}

}  // namespace broadsheet::indexer
