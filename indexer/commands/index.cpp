// `index` and `rebuild`: the index follows the catalog, or is made anew from it.
#include <cstdio>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"
#include "indexer/reindex.h"
#include "indexer/write/generations.h"

namespace broadsheet::indexer {
namespace {

struct IndexFlags {
  int jobs = default_jobs();
  bool json = false;
};

Result<std::uint64_t> index_pending(const IndexFlags& flags, const Session& session) {
  if (auto there = session.require_catalog(); !there) return pass_on(there.error());
  auto lock = session.lock("index");
  if (!lock) return pass_on(lock.error());
  if (auto done = release_due(session, unix_now()); !done) return pass_on(done.error());
  auto index = Reindexer::open(session.data_dir, flags.jobs);
  if (!index) return pass_on(index.error());
  auto applied = index->apply_pending(unix_now(), session.until_stopped());
  if (!applied) return applied;
  if (auto done = index->finish(session.until_signal()); !done) return pass_on(done.error());
  return applied;
}

int run_index(const IndexFlags& flags, Session& session) {
  auto applied = index_pending(flags, session);
  if (!applied) return session.report(applied.error());
  const auto articles = static_cast<unsigned long long>(*applied);
  std::fprintf(stderr, "indexed %llu articles\n", articles);
  if (flags.json) print_line(nlohmann::json{{"indexed", *applied}}.dump());
  return exit_well;
}

struct RebuildFlags {
  int jobs = default_jobs();
  bool no_swap = false;
  bool json = false;
};

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
  auto report = rebuild(session.data_dir, options);
  if (!report) return session.report(report.error());
  const auto articles = static_cast<unsigned long long>(report->articles);
  std::fprintf(stderr,
               "generation %d holds %llu articles and is %s\n",
               report->generation,
               articles,
               flags.no_swap ? "not live yet" : "live");
  if (flags.json) {
    const nlohmann::ordered_json json = {{"generation", report->generation},
                                         {"articles", report->articles},
                                         {"live", !flags.no_swap}};
    print_line(json.dump());
  }
  return exit_well;
}

}  // namespace

void add_index_command(CLI::App& app, Session& session) {
  auto flags = std::make_shared<IndexFlags>();
  CLI::App* command =
      app.add_subcommand("index", "Index what is in the catalog and not indexed yet");
  command->fallthrough();
  command->add_option("--jobs", flags->jobs, "Threads (default: one for each processor)")
      ->check(CLI::Range(1, 256));
  command->add_flag("--json", flags->json, "Print the result as JSON to standard output");
  command->callback([flags, &session] { session.exit_status = run_index(*flags, session); });
}

void add_rebuild_command(CLI::App& app, Session& session) {
  auto flags = std::make_shared<RebuildFlags>();
  CLI::App* command =
      app.add_subcommand("rebuild", "Make a new index from the catalog beside the live one");
  command->fallthrough();
  command->add_option("--jobs", flags->jobs, "Threads (default: one for each processor)")
      ->check(CLI::Range(1, 256));
  command->add_flag("--no-swap", flags->no_swap, "Leave the live index as it is");
  command->add_flag("--json", flags->json, "Print the result as JSON to standard output");
  command->callback([flags, &session] { session.exit_status = run_rebuild(*flags, session); });
}

}  // namespace broadsheet::indexer
