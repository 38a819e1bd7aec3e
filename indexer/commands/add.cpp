// `add`: files to catalog to index.
#include <cstdio>
#include <memory>
#include <optional>

#include <unistd.h>

#include "indexer/commands/commands.h"
#include "indexer/commands/progress.h"
#include "indexer/import.h"
#include "indexer/normalize/text.h"
#include "indexer/readers/field_map.h"
#include "indexer/readers/formats.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

// The flags of `add` as the user gave them.
struct AddFlags {
  std::vector<std::string> paths;
  std::string format = "auto";
  std::string map;
  std::string source;
  int jobs = default_jobs();
  bool dry_run = false;
  std::string on_error = "continue";
  std::string progress = "auto";
  bool json = false;
};

ImportProgress progress_for(const std::string& kind) {
  if (kind == "json") return json_progress();
  const bool bar = kind == "bar" || (kind == "auto" && ::isatty(STDERR_FILENO) != 0);
  return bar ? bar_progress() : ImportProgress();
}

int finish(const AddFlags& flags, const ImportOutcome& outcome, const StopSignal& stop) {
  const ImportReport& report = outcome.report;
  if (outcome.error) {
    Error error = *outcome.error;
    if (report.read > 0) {
      error.message +=
          " (" + std::to_string(report.committed) + " articles are safe in the catalog)";
    }
    return report_error(error);
  }
  std::fprintf(stderr, "%s\n", report.summary().c_str());
  if (report.passed_over > 0) {
    std::fprintf(stderr,
                 "passed over %llu records that are no articles\n",
                 static_cast<unsigned long long>(report.passed_over));
  }
  if (!report.quarantine.empty()) {
    std::fprintf(stderr, "refused records are in %s\n", report.quarantine.c_str());
  }
  if (flags.json) print_line(report.to_json());
  if (stop.number() != 0) return exit_signalled + stop.number();
  return report.refused > 0 ? exit_refused : exit_well;
}

int run_add(const AddFlags& flags, Session& session) {
  ImportOptions options;
  auto files = expand_inputs(flags.paths);
  if (!files) return report_error(files.error());
  options.data_dir = session.data_dir;
  options.files = *std::move(files);
  options.format = flags.format;
  if (!flags.map.empty()) {
    auto map = parse_field_map(flags.map);
    if (!map) return report_error(map.error());
    if (auto takes = check_takes_map(flags.format); !takes) return report_error(takes.error());
    options.map = std::make_shared<const FieldMap>(*std::move(map));
  }
  options.default_source = clean_line(repair_utf8(flags.source)).text;
  options.jobs = flags.jobs;
  options.dry_run = flags.dry_run;
  options.on_error = flags.on_error == "abort" ? OnError::abort : OnError::carry_on;
  std::optional<WriterLock> lock;
  if (!flags.dry_run) {
    auto taken = session.lock("add");
    if (!taken) return session.report(taken.error());
    lock.emplace(*std::move(taken));
  }
  const ImportOutcome outcome =
      import_articles(options, session.stop, progress_for(flags.progress));
  return finish(flags, outcome, session.stop);
}

}  // namespace

void add_add_command(Command& program, Session& session) {
  auto flags = std::make_shared<AddFlags>();
  std::vector<std::string> formats = format_names();
  formats.insert(formats.begin(), "auto");
  Command command = program.add("add", "Add articles from files and index them");
  command.option("PATH", flags->paths, "Files, folders, patterns, or - for standard input")
      .required();
  command.option("--format", flags->format, "Format of the input (default: by its first bytes)")
      .one_of(formats);
  command.option("--map",
                 flags->map,
                 "What members and columns mean: title=headline,body=intro+text,published=a|b");
  command.option("--source", flags->source, "Source of records that name none");
  command.option("--jobs", flags->jobs, "Threads (default: one for each processor)").range(1, 256);
  command.flag("--dry-run", flags->dry_run, "Read and judge everything, write nothing");
  command.option("--on-error", flags->on_error, "After a refused record: continue or abort")
      .one_of({"continue", "abort"});
  command.option("--progress", flags->progress, "auto, bar, json (to standard error) or none")
      .one_of({"auto", "bar", "json", "none"});
  command.flag("--json", flags->json, "Print the summary as JSON to standard output");
  command.runs([flags, &session] { session.exit_status = run_add(*flags, session); });
}

}  // namespace broadsheet::indexer
