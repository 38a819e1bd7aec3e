// `index`: the index follows the catalog.
#include <cstdio>
#include <memory>

#include <nlohmann/json.hpp>

#include "indexer/commands/commands.h"
#include "indexer/commands/follow.h"

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
  return apply_pending(session, flags.jobs);
}

int run_index(const IndexFlags& flags, Session& session) {
  auto applied = index_pending(flags, session);
  if (!applied) return session.report(applied.error());
  const auto articles = static_cast<unsigned long long>(*applied);
  std::fprintf(stderr, "indexed %llu articles\n", articles);
  if (flags.json) print_line(nlohmann::json{{"indexed", *applied}}.dump());
  return exit_well;
}

}  // namespace

void add_index_command(Command& program, Session& session) {
  auto flags = std::make_shared<IndexFlags>();
  Command command = program.add("index", "Index what is in the catalog and not indexed yet");
  command.option("--jobs", flags->jobs, "Threads (default: one for each processor)").range(1, 256);
  command.flag("--json", flags->json, "Print the result as JSON to standard output");
  command.runs([flags, &session] { session.exit_status = run_index(*flags, session); });
}

}  // namespace broadsheet::indexer
