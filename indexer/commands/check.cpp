// `check`: whether catalog and index hold the same articles.
#include "indexer/check.h"

#include <cstdio>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "indexer/commands/commands.h"

namespace broadsheet::indexer {
namespace {

struct CheckFlags {
  bool repair = false;
  bool json = false;
};

std::string text_of(const CheckReport& report) {
  return "checked " + std::to_string(report.checked) +
         " articles: " + std::to_string(report.missing) + " missing, " +
         std::to_string(report.stale) + " stale, " + std::to_string(report.extra) + " extra" +
         (report.repaired && !report.is_clean() ? "; repaired" : "");
}

std::string json_of(const CheckReport& report) {
  const nlohmann::ordered_json json = {{"checked", report.checked},
                                       {"missing", report.missing},
                                       {"stale", report.stale},
                                       {"extra", report.extra},
                                       {"repaired", report.repaired}};
  return json.dump();
}

int run_check(const CheckFlags& flags, Session& session) {
  if (auto there = session.require_catalog(); !there) return report_error(there.error());
  std::optional<WriterLock> lock;
  if (flags.repair) {
    auto taken = session.lock("check");
    if (!taken) return session.report(taken.error());
    lock.emplace(*std::move(taken));
  }
  const Repair repair = flags.repair ? Repair::yes : Repair::no;
  auto report = check(session.data_dir, unix_now(), repair, session.until_stopped());
  if (!report) return session.report(report.error());
  if (report->needs_rebuild()) {
    std::fprintf(stderr, "hint: with so many differences broadsheet-indexer rebuild is quicker\n");
  }
  print_line(flags.json ? json_of(*report) : text_of(*report));
  return report->is_clean() || report->repaired ? exit_well : exit_refused;
}

}  // namespace

void add_check_command(Command& program, Session& session) {
  auto flags = std::make_shared<CheckFlags>();
  Command command = program.add("check", "Compare catalog and index article by article");
  command.flag("--repair", flags->repair, "Index anew whatever differs");
  command.flag("--json", flags->json, "Print the result as JSON");
  command.runs([flags, &session] { session.exit_status = run_check(*flags, session); });
}

}  // namespace broadsheet::indexer
