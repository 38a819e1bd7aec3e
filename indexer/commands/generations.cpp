// `rebuild`, `promote` and `rollback`: another generation of the index becomes the live one.
#include "indexer/write/generations.h"

#include <cstdio>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"

namespace broadsheet::indexer {
namespace {

enum class Standing { live, kept };

void tell_drift(const AnswerDrift& drift) {
  std::fprintf(stderr,
               "answers to %llu queries compared: %llu of %llu first hits are the same\n",
               static_cast<unsigned long long>(drift.queries),
               static_cast<unsigned long long>(drift.kept),
               static_cast<unsigned long long>(drift.hits));
  if (drift.most_changed.empty()) return;
  std::fprintf(stderr,
               "most changed: \"%s\", %llu of %llu\n",
               drift.most_changed.c_str(),
               static_cast<unsigned long long>(drift.most_changed_kept),
               static_cast<unsigned long long>(drift.most_changed_hits));
}

nlohmann::ordered_json json_of(const AnswerDrift& drift) {
  nlohmann::ordered_json json = {{"queries", drift.queries},
                                 {"hits", drift.hits},
                                 {"kept", drift.kept},
                                 {"most_changed", nullptr}};
  if (drift.most_changed.empty()) return json;
  json["most_changed"] = {{"query", drift.most_changed},
                          {"hits", drift.most_changed_hits},
                          {"kept", drift.most_changed_kept}};
  return json;
}

// To standard error, and as JSON to standard output where that was asked for.
void tell(const RebuildReport& report, Standing standing, bool as_json) {
  const bool is_live = standing == Standing::live;
  if (report.drift) tell_drift(*report.drift);
  std::fprintf(stderr,
               "generation %d holds %llu articles, %llu of them compared with the catalog, and is "
               "%s\n",
               report.generation,
               static_cast<unsigned long long>(report.articles),
               static_cast<unsigned long long>(report.compared),
               is_live ? "live" : "not live yet");
  if (!as_json) return;
  nlohmann::ordered_json json = {{"generation", report.generation},
                                 {"articles", report.articles},
                                 {"live", is_live},
                                 {"compared", report.compared},
                                 {"drift", nullptr}};
  if (report.drift) json["drift"] = json_of(*report.drift);
  print_line(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

struct RebuildFlags {
  int jobs = default_jobs();
  bool no_swap = false;
  bool json = false;
};

// Before the build rather than after it: what is linked later would be indexed one by one.
Result<void> link_first(const Session& session) {
  auto is_due = has_link_due(session.data_dir);
  if (!is_due) return pass_on(is_due.error());
  if (!*is_due) return {};
  auto lock = session.lock("rebuild");
  if (!lock) return pass_on(lock.error());
  return link_due(session);
}

int run_rebuild(const RebuildFlags& flags, Session& session) {
  std::optional<WriterLock> lock;
  RebuildOptions options;
  options.threads = flags.jobs;
  options.swap = !flags.no_swap;
  options.now = unix_now();
  options.lock_timeout = session.longest_wait();
  options.progress = session.until_stopped();
  options.take_lock = [&] { return lock_for_swap(session, "rebuild", lock); };
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  if (auto linked = link_first(session); !linked) return session.report(linked.error());
  auto report = rebuild(session.data_dir, options);
  if (!report) return session.report(report.error());
  tell(*report, flags.no_swap ? Standing::kept : Standing::live, flags.json);
  return exit_well;
}

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
  tell(*report, Standing::live, flags.json);
  return exit_well;
}

Command add_command(Command& program,
                    Session& session,
                    const std::shared_ptr<PromoteFlags>& flags,
                    Direction direction) {
  const bool is_forward = direction == Direction::forward;
  Command command =
      program.add(is_forward ? "promote" : "rollback",
                  is_forward ? "Make a generation live that rebuild --no-swap or rollback left"
                             : "Go back to the index before the live one, brought up to date");
  command.flag("--json", flags->json, "Print the result as JSON to standard output");
  command.runs([flags, direction, &session] {
    session.exit_status = run_promote(*flags, direction, session);
  });
  return command;
}

}  // namespace

void add_rebuild_command(Command& program, Session& session) {
  auto flags = std::make_shared<RebuildFlags>();
  Command command = program.add("rebuild", "Make a new index from the catalog beside the live one");
  command.option("--jobs", flags->jobs, "Threads (default: one for each processor)").range(1, 256);
  command.flag("--no-swap", flags->no_swap, "Leave the live index as it is");
  command.flag("--json", flags->json, "Print the result as JSON to standard output");
  command.runs([flags, &session] { session.exit_status = run_rebuild(*flags, session); });
}

void add_promote_command(Command& program, Session& session) {
  auto flags = std::make_shared<PromoteFlags>();
  add_command(program, session, flags, Direction::forward)
      .option("GEN", flags->generation, "Its number (default: the newest after the live one)")
      .range(1, 999'999'999);
}

void add_rollback_command(Command& program, Session& session) {
  add_command(program, session, std::make_shared<PromoteFlags>(), Direction::back);
}

}  // namespace broadsheet::indexer
