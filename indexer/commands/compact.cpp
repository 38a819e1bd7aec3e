// `compact`: one compacted part of the index, and a catalog without slack.
#include "indexer/write/compact.h"

#include <cstdio>
#include <memory>

#include <nlohmann/json.hpp>

#include "indexer/commands/commands.h"
#include "indexer/write/catalog_upkeep.h"

namespace broadsheet::indexer {
namespace {

Result<CompactReport> compact(const Session& session) {
  CompactOptions options;
  options.take_lock = [&session] { return session.lock("compact"); };
  options.rebuild_timeout = session.longest_wait();
  options.keep_waiting = session.until_signal();
  auto report = compact_index(session.data_dir, options);
  if (!report) return report;
  auto lock = session.lock("compact");
  if (!lock) return pass_on(lock.error());
  if (auto done = tidy_catalog(session.data_dir); !done) return pass_on(done.error());
  return report;
}

int run_compact(bool as_json, Session& session) {
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  const auto report = compact(session);
  if (!report) return session.report(report.error());
  if (report->parts > 1) {
    std::fprintf(stderr,
                 "joined %zu parts: %.1f MB became %.1f MB\n",
                 report->parts,
                 static_cast<double>(report->bytes_before) / 1e6,
                 static_cast<double>(report->bytes_after) / 1e6);
  } else {
    std::fprintf(stderr, "the index is compact already\n");
  }
  if (as_json) {
    const nlohmann::ordered_json json = {{"parts", report->parts},
                                         {"bytes_before", report->bytes_before},
                                         {"bytes_after", report->bytes_after}};
    print_line(json.dump());
  }
  return exit_well;
}

}  // namespace

void add_compact_command(Command& program, Session& session) {
  auto as_json = std::make_shared<bool>(false);
  Command command = program.add("compact", "Join the parts of the live index into one");
  command.flag("--json", *as_json, "Print the result as JSON to standard output");
  command.runs([as_json, &session] { session.exit_status = run_compact(*as_json, session); });
}

}  // namespace broadsheet::indexer
