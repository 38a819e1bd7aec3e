// `watch`: stays up and takes in what arrives.
#include "indexer/watch.h"

#include <cstdio>
#include <memory>

#include <spdlog/spdlog.h>

#include "indexer/commands/commands.h"
#include "indexer/commands/progress.h"
#include "indexer/normalize/text.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

struct WatchFlags {
  std::vector<std::string> folders;
  bool feeds = false;
  bool inbox = false;
  std::string source;
  int jobs = default_jobs();
  std::string progress = "none";
  bool json = false;
};

int run_watch(const WatchFlags& flags, Session& session) {
  if (flags.folders.empty() && !flags.feeds && !flags.inbox) {
    return report_error(
        {ErrorCode::invalid_argument, "nothing to watch", "give --dir DIR, --feeds or --inbox"});
  }
  if (flags.inbox) {
    spdlog::warn(
        "--inbox has no effect in this version: its server takes nothing in over HTTP, so there is "
        "no inbox to read; articles come in by --dir, --feeds and `add`");
  }
  WatchOptions options;
  options.data_dir = session.data_dir;
  options.folders.assign(flags.folders.begin(), flags.folders.end());
  options.feeds = flags.feeds;
  options.default_source = clean_line(repair_utf8(flags.source)).text;
  options.jobs = flags.jobs;
  const auto report =
      watch(options, session.stop, flags.progress == "json" ? json_progress() : ImportProgress());
  if (!report) return report_error(report.error());
  std::fprintf(stderr, "%s\n", report->summary().c_str());
  if (flags.json) print_line(report->to_json());
  return exit_well;
}

}  // namespace

void add_watch_command(Command& program, Session& session) {
  auto flags = std::make_shared<WatchFlags>();
  Command command = program.add("watch", "Stay up and take in what arrives");
  command.option("--dir", flags->folders, "A folder whose new files are taken in").one_value_each();
  command.flag("--feeds", flags->feeds, "Poll the feeds of `feeds add` when they are due");
  command.flag("--inbox", flags->inbox, "No effect yet: the server of this version has no inbox");
  command.option("--source", flags->source, "Source of records that name none");
  command.option("--jobs", flags->jobs, "Threads (default: one for each processor)").range(1, 256);
  command.option("--progress", flags->progress, "json (to standard error) or none")
      .one_of({"json", "none"});
  command.flag("--json", flags->json, "At the end, print the summary as JSON");
  command.runs([flags, &session] { session.exit_status = run_watch(*flags, session); });
}

}  // namespace broadsheet::indexer
