// The table of commands and what they share.
#include "indexer/commands/commands.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <thread>

#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

using AddCommand = void (*)(Command& program, Session& session);

// In the order of --help.
constexpr std::array<AddCommand, 17> kCommands = {add_add_command,
                                                  add_index_command,
                                                  add_watch_command,
                                                  add_feeds_command,
                                                  add_withdraw_command,
                                                  add_restore_article_command,
                                                  add_erase_command,
                                                  add_rebuild_command,
                                                  add_promote_command,
                                                  add_rollback_command,
                                                  add_compact_command,
                                                  add_backup_command,
                                                  add_restore_command,
                                                  add_check_command,
                                                  add_status_command,
                                                  add_sources_command,
                                                  add_export_command};

int exit_status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument:
    case ErrorCode::not_found:
      return exit_wrong_use;
    case ErrorCode::unavailable:
      return exit_locked;
    case ErrorCode::corrupt:
    case ErrorCode::version_mismatch:
    case ErrorCode::outdated:
      return exit_unreadable;
    case ErrorCode::interrupted:
    case ErrorCode::internal:
      break;
  }
  return exit_failed;
}

}  // namespace

Result<void> Session::require_catalog() const {
  std::error_code failed;
  if (std::filesystem::exists(catalog_path(data_dir), failed)) return {};
  return fail(ErrorCode::not_found,
              "there is no catalog in " + data_dir.string(),
              "add articles with broadsheet-indexer --data DIR add FILE");
}

std::chrono::milliseconds Session::longest_wait() const {
  return std::chrono::milliseconds(static_cast<std::int64_t>(lock_timeout * 1000));
}

Result<WriterLock> Session::lock(const char* command) const {
  return WriterLock::take(data_dir, command, longest_wait(), until_signal());
}

void add_commands(CLI::App& app, Session& session) {
  Command program(app);
  for (const AddCommand add : kCommands)
    add(program, session);
}

int Session::report(const Error& error) const {
  if (error.code != ErrorCode::interrupted) return report_error(error);
  std::fprintf(stderr,
               "interrupted: what was committed stays, the rest is left for the next run\n");
  return exit_signalled + stop.number();
}

BuildProgress Session::until_stopped() const {
  return [this](std::uint64_t, std::uint64_t) { return until_signal()(); };
}

KeepWaiting Session::until_signal() const {
  return [this] { return stop.raised() ? GoOn::no : GoOn::yes; };
}

int report_error(const Error& error) {
  std::fprintf(stderr, "error: %s\n", error.message.c_str());
  if (!error.hint.empty()) std::fprintf(stderr, "hint: %s\n", error.hint.c_str());
  return exit_status_of(error.code);
}

int default_jobs() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void print_line(const std::string& line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

}  // namespace broadsheet::indexer
