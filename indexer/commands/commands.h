// The commands of broadsheet-indexer: what each is called, which flags it takes, what it runs.
// To add a command: one function here, one row in kCommands (commands.cpp), one file beside it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "indexer/clock.h"
#include "indexer/commands/command.h"
#include "indexer/readers/input.h"
#include "indexer/write/progress.h"
#include "indexer/write/writer_lock.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// The exit statuses that scripts rely on.
enum ExitStatus : int {
  exit_well = 0,
  exit_refused = 1,
  exit_wrong_use = 2,
  exit_locked = 3,
  exit_unreadable = 4,
  exit_failed = 5,
  exit_signalled = 128  // and the number of the signal
};

// What the commands share: the flags that stand before any command, and the status to end with.
struct Session {
  std::filesystem::path data_dir = "broadsheet-data";
  double lock_timeout = 10;  // seconds
  StopSignal stop;
  int exit_status = exit_well;

  // not_found: the data folder holds no catalog. For commands that need one but would make it.
  [[nodiscard]] Result<void> require_catalog() const;

  // lock_timeout, for who takes a lock. A signal ends the wait: report() then tells.
  [[nodiscard]] std::chrono::milliseconds longest_wait() const;

  // Lets work on the index, or a wait, go on until a signal comes.
  [[nodiscard]] BuildProgress until_stopped() const;
  [[nodiscard]] KeepWaiting until_signal() const;

  // As report_error(), also for work that a signal ended.
  [[nodiscard]] int report(const Error& error) const;

  // Takes DATA/writer.lock for a command, waiting as long as the user allows.
  [[nodiscard]] Result<WriterLock> lock(const char* command) const;
};

// Adds every command to the program; each sets session.exit_status when it runs. `session` must
// outlive it.
void add_commands(CLI::App& app, Session& session);

// Prints "error: ..." and the hint to standard error; gives the exit status that belongs to the
// error.
int report_error(const Error& error);

// Threads to use when the user does not say: one for each processor.
[[nodiscard]] int default_jobs();

// Writes one line to standard output.
void print_line(const std::string& line);

void add_add_command(Command& program, Session& session);
void add_index_command(Command& program, Session& session);
void add_watch_command(Command& program, Session& session);
void add_feeds_command(Command& program, Session& session);
void add_withdraw_command(Command& program, Session& session);
void add_restore_article_command(Command& program, Session& session);
void add_erase_command(Command& program, Session& session);
void add_rebuild_command(Command& program, Session& session);
void add_promote_command(Command& program, Session& session);
void add_rollback_command(Command& program, Session& session);
void add_compact_command(Command& program, Session& session);
void add_backup_command(Command& program, Session& session);
void add_restore_command(Command& program, Session& session);
void add_check_command(Command& program, Session& session);
void add_status_command(Command& program, Session& session);
void add_sources_command(Command& program, Session& session);
void add_export_command(Command& program, Session& session);

}  // namespace broadsheet::indexer
