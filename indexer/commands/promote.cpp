// `promote` and `rollback`: another generation of the index becomes the live one.
#include <cstdio>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"
#include "indexer/write/generations.h"

namespace broadsheet::indexer {
namespace {

enum class Direction { forward, back };

struct PromoteFlags {
  int generation = 0;  // 0: the newest one in the direction asked for
  bool json = false;
};

tl::unexpected<Error> nothing_kept(Direction direction) {
  return direction == Direction::forward
             ? fail(ErrorCode::not_found,
                    "there is no generation newer than the live one",
                    "make one with broadsheet-indexer rebuild --no-swap")
             : fail(ErrorCode::not_found,
                    "no generation before the live one is kept",
                    "make the index anew with broadsheet-indexer rebuild");
}

// The newest kept generation on one side of the live one.
Result<int> choose(const Session& session, Direction direction) {
  auto live = read_stub(session.data_dir);
  if (!live) return pass_on(live.error());
  int chosen = 0;
  for (const int kept : kept_generations(session.data_dir)) {
    const bool is_newer = kept > live->generation;
    if (is_newer == (direction == Direction::forward)) chosen = kept;
  }
  if (chosen == 0) return nothing_kept(direction);
  return chosen;
}

int run_promote(const PromoteFlags& flags, Direction direction, Session& session) {
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  const auto generation =
      flags.generation > 0 ? Result<int>(flags.generation) : choose(session, direction);
  if (!generation) return report_error(generation.error());
  const auto live = read_stub(session.data_dir);
  if (live && live->generation == *generation) {
    std::fprintf(stderr, "generation %d is live already\n", *generation);
    return exit_well;
  }
  std::optional<WriterLock> lock;
  RebuildOptions options;
  options.now = unix_now();
  options.lock_timeout = session.longest_wait();
  options.progress = session.until_stopped();
  options.take_lock = [&] { return lock_for_swap(session, "promote", lock); };
  const auto report = promote(session.data_dir, *generation, options);
  if (!report) return session.report(report.error());
  const auto articles = static_cast<unsigned long long>(report->articles);
  std::fprintf(
      stderr, "generation %d holds %llu articles and is live\n", report->generation, articles);
  if (flags.json) {
    const nlohmann::ordered_json json = {
        {"generation", report->generation}, {"articles", report->articles}, {"live", true}};
    print_line(json.dump());
  }
  return exit_well;
}

CLI::App* add_command(CLI::App& app,
                      Session& session,
                      const std::shared_ptr<PromoteFlags>& flags,
                      Direction direction) {
  const bool is_forward = direction == Direction::forward;
  CLI::App* command = app.add_subcommand(
      is_forward ? "promote" : "rollback",
      is_forward ? "Make a generation live that rebuild --no-swap or rollback left"
                 : "Go back to the index before the live one, brought up to date");
  command->fallthrough();
  command->add_flag("--json", flags->json, "Print the result as JSON to standard output");
  command->callback([flags, direction, &session] {
    session.exit_status = run_promote(*flags, direction, session);
  });
  return command;
}

}  // namespace

void add_promote_command(CLI::App& app, Session& session) {
  auto flags = std::make_shared<PromoteFlags>();
  add_command(app, session, flags, Direction::forward)
      ->add_option("GEN", flags->generation, "Its number (default: the newest after the live one)")
      ->check(CLI::Range(1, 999'999'999));
}

void add_rollback_command(CLI::App& app, Session& session) {
  add_command(app, session, std::make_shared<PromoteFlags>(), Direction::back);
}

}  // namespace broadsheet::indexer
