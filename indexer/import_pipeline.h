// Reads and normalises many records at once and hands them on in the order of the input.
// One thread reads bytes and cuts records, several make articles of them; the caller writes.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"
#include "indexer/write/catalog_writer.h"

namespace broadsheet::indexer {

struct PipelineOptions {
  std::vector<InputFile> files;
  std::string format = "auto";
  std::shared_ptr<const FieldMap> map;  // of ReaderOptions
  std::string default_source;
  int workers = 1;
  std::int64_t now = 0;  // seconds since 1970 UTC: dates are judged by it
  // conclude() and make features at once: most articles are going to be new
  bool concludes = true;
  std::map<std::string, std::string> source_languages;  // by id; of texts that do not tell theirs
};

// What became of one record: an article, or a refusal.
struct ImportedRecord {
  IncomingArticle article;
  std::uint64_t number = 0;  // in its file, from 1
  std::uint64_t offset = 0;
  bool repaired = false;
  std::string refusal;  // empty for an article
  std::string text;     // the record itself, only where it was refused
};

// Neighbours from one file.
struct ImportedChunk {
  std::shared_ptr<const std::string> file;
  std::size_t input = 0;  // its place among the files
  std::vector<ImportedRecord> records;
  bool ends_file = false;  // nothing of the file follows; never set for one that was cut short
  std::string failure;     // with ends_file: why the rest, or all, of it could not be read
  std::vector<PassedOver> passed_over;  // with ends_file: what of it was neither read nor refused
};

class ImportPipeline {
 public:
  // Starts at once. `stop` ends the reading early; what was read by then still comes out.
  // Destroying the pipeline before its end raises it, so that no thread goes on waiting for input.
  ImportPipeline(PipelineOptions options, StopSignal& stop);
  ~ImportPipeline();
  ImportPipeline(const ImportPipeline&) = delete;
  ImportPipeline& operator=(const ImportPipeline&) = delete;

  enum class Outcome { chunk, timeout, end };

  // Waits until `deadline` for what comes next in the input. The memory of all that is under way is
  // bounded: reading waits for the caller.
  [[nodiscard]] Outcome next(ImportedChunk& chunk, std::chrono::steady_clock::time_point deadline);

  // Bytes taken from the files so far, packed as they are. From any thread.
  [[nodiscard]] std::uint64_t bytes_consumed() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace broadsheet::indexer
