// `watch`: stays up and takes in what arrives, in one process and one thread that writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "indexer/import.h"
#include "indexer/readers/input.h"
#include "schema/result.h"

namespace broadsheet::indexer {

struct WatchOptions {
  std::filesystem::path data_dir;
  std::vector<std::filesystem::path> folders;
  bool feeds = false;          // the feeds subscribed to are polled when they are due
  std::string default_source;  // of records that name none; may be empty
  int jobs = 1;                // as ImportOptions has it
};

// Runs until `stop` is raised; what is being read then is cut off at a commit, and its file stays
// where it is for the next run. Files that were read move to `done/` or `failed/` beside them, once
// their articles are committed. Embargoes that end and articles that expire are applied when they
// are due. Feeds are fetched by a thread of its own and stored as files are. `progress` hears of
// all since the start after each batch. Keeps trying when something fails that may pass, such as a
// full disk. invalid_argument: a folder is not there, or holds the archive. unavailable: another
// process watches for this archive. corrupt, version_mismatch: the stores cannot be used.
[[nodiscard]] Result<ImportReport> watch(const WatchOptions& options,
                                         StopSignal& stop,
                                         const ImportProgress& progress);

}  // namespace broadsheet::indexer
