// The road from files to a searchable article: reads, stores in batches, and lets the index follow.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"
#include "indexer/stores.h"
#include "schema/result.h"

namespace broadsheet::indexer {

enum class OnError { carry_on, abort };

struct ImportOptions {
  std::filesystem::path data_dir;
  std::vector<InputFile> files;
  std::string format = "auto";
  std::shared_ptr<const FieldMap> map;  // of ReaderOptions; may be null
  std::string default_source;           // for records that name none; may be empty
  int jobs = 2;                         // threads that read records and build the first index
  OnError on_error = OnError::carry_on;
  bool dry_run = false;  // reads and judges everything, writes nothing
};

// What an import has done so far.
struct ImportReport {
  std::uint64_t read = 0;   // records, refused ones too
  std::uint64_t added = 0;  // of a dry run: accepted
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t refused = 0;
  std::uint64_t passed_over = 0;  // parts of files that are no articles, and no faults; not read
  std::uint64_t repaired = 0;     // accepted, but something was mended
  std::uint64_t committed = 0;    // records that are safe in the catalog, whatever happens
  std::uint64_t indexed = 0;      // of a first load: articles in the index so far
  std::uint64_t to_index = 0;     // of a first load: articles in all; 0 before it begins
  std::uint64_t bytes = 0;        // taken from the files, packed as they are
  std::uint64_t total_bytes = 0;  // of all files; 0 when standard input is among them
  double seconds = 0;
  bool finished = false;
  std::filesystem::path quarantine;  // where refused records are; empty without any

  // Counts what another import did as well; the time is the caller's.
  ImportReport& operator+=(const ImportReport& more);

  // Accepted records a second.
  [[nodiscard]] double rate() const;
  // "read R, added A, updated U, unchanged N, refused F in S s (D articles/s)"
  [[nodiscard]] std::string summary() const;
  // {"read","added","updated","unchanged","refused","passed_over","repaired","seconds","rate"}: one
  // line.
  [[nodiscard]] std::string to_json() const;
};

// Told about once a second, and at the end, what has been done.
using ImportProgress = std::function<void(const ImportReport& report)>;

// What became of one input. Its records are in the catalog by the time the import has ended.
struct FileResult {
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::uint64_t added = 0;  // of the accepted; none in a dry run
  std::uint64_t updated = 0;
  bool is_whole = false;  // read to its end, or as far as it could be; false: cut short
  std::string failure;    // why the rest, or all, of it could not be read
};

struct ImportOutcome {
  ImportReport report;
  std::vector<FileResult> files;  // one for each of ImportOptions::files
  std::optional<Error> error;  // the import could not go on; `report.committed` says what is safe
};

// Runs an import to the end of its input, or until `stop` is raised. The caller holds
// DATA/writer.lock, except for a dry run.
[[nodiscard]] ImportOutcome import_articles(const ImportOptions& options,
                                            StopSignal& stop,
                                            const ImportProgress& progress);

// The same in turns: takes the turn when it must write, gives way to others between two commits,
// and leaves the turn to the caller, who may go on with another import. Joins of index parts begun
// here go on.
[[nodiscard]] ImportOutcome import_in_turns(const ImportOptions& options,
                                            WriteTurn& turn,
                                            StopSignal& stop,
                                            const ImportProgress& progress);

}  // namespace broadsheet::indexer
