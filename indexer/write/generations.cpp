// The stub and the folders it names; rebuild.
#include "indexer/write/generations.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <spdlog/fmt/fmt.h>

#include "indexer/write/bulk_build.h"
#include "indexer/write/changes.h"
#include "indexer/write/durable.h"
#include "indexer/write/parts.h"
#include "indexer/write/verify.h"
#include "indexer/write/writer_lock.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGenerationName = "gen-";
constexpr std::string_view kPartName = "part-";
constexpr std::string_view kListName = "parts";  // of a generation that is whole and not live

// The number in an entry "PREFIXnnnnnn..."; 0 in any other.
int number_of(const fs::path& entry, std::string_view prefix) {
  const std::string name = entry.filename().string();
  int number = 0;
  if (name.starts_with(prefix)) {
    std::from_chars(name.data() + prefix.size(), name.data() + name.size(), number);
  }
  return number;
}

// The highest number among entries of a folder; 0 when there is none.
int highest_number(const fs::path& folder, std::string_view prefix) {
  int highest = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    highest = std::max(highest, number_of(entry.path(), prefix));
  }
  return highest;
}

// Deletes generations newer than the live one. What is live cannot be told from a damaged stub.
void remove_unfinished(const fs::path& data_dir) {
  const auto live = read_stub(data_dir);
  if (!live && live.error().code != ErrorCode::not_found) return;
  const int newest = live ? live->generation : 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(index_dir(data_dir), ignored)) {
    if (number_of(entry.path(), kGenerationName) > newest) fs::remove_all(entry.path(), ignored);
  }
}

std::string lines_of(const fs::path& data_dir, const LiveIndex& index) {
  const fs::path root = fs::absolute(index_dir(data_dir));
  std::string lines;
  for (const fs::path& part : index.parts)
    lines += "auto " + part.lexically_relative(root).string() + "\n";
  return lines;
}

fs::path list_of(const fs::path& data_dir, int generation) {
  return generation_path(data_dir, generation) / kListName;
}

// Nobody else makes a generation or swaps one in meanwhile.
Result<WriterLock> lock_generations(const fs::path& data_dir, const RebuildOptions& options) {
  return WriterLock::take_for_rebuild(data_dir, options.lock_timeout, [&options] {
    return options.progress ? options.progress(0, 0) : GoOn::yes;
  });
}

// What a generation consists of, for as long as it is not live.
Result<void> keep_list(const fs::path& data_dir, const LiveIndex& index) {
  return write_durably(list_of(data_dir, index.generation), lines_of(data_dir, index));
}

// Before the lock, for it takes a while. Empty where nothing is live, or what is cannot be read:
// then there is nothing to compare with.
std::optional<AnswerDrift> drift_from_live(const fs::path& data_dir, const LiveIndex& built) {
  const auto live = read_stub(data_dir);
  if (!live || live->generation == built.generation) return std::nullopt;
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog) return std::nullopt;
  const auto queries = drift_queries(data_dir, *catalog);
  if (!queries) return std::nullopt;
  const auto drift = answer_drift(*live, built, *queries);
  return drift ? std::optional(*drift) : std::nullopt;
}

// Under the lock: what changed since the build, then a close look, then the swap.
Result<RebuildReport> catch_up_and_swap(const fs::path& data_dir,
                                        const RebuildOptions& options,
                                        const LiveIndex& built,
                                        std::int64_t applied_seq) {
  std::optional<AnswerDrift> drift = drift_from_live(data_dir, built);
  auto now = options.take_lock ? options.take_lock() : Result<std::int64_t>(options.now);
  if (!now) return pass_on(now.error());
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog) return pass_on(catalog.error());
  PartsWriter writer(data_dir, built);
  ChangeApplier applier(*catalog, writer, applied_seq);
  if (auto done = applier.apply(*now, options.progress); !done) return pass_on(done.error());
  auto visible = count_visible(*catalog, *now);
  if (!visible) return pass_on(visible.error());
  auto compared = verify_generation(writer.live(), *catalog, *visible, *now);
  if (!compared) return pass_on(compared.error());
  if (options.swap) {
    if (auto done = writer.publish_if_changed(PartsWriter::Force::yes); !done)
      return pass_on(done.error());
    remove_unused(data_dir, writer.live());
  } else if (auto kept = keep_list(data_dir, writer.live()); !kept) {
    return pass_on(kept.error());
  }
  return RebuildReport{built.generation, *visible, *compared, std::move(drift)};
}

}  // namespace

Result<void> publish(const fs::path& data_dir, const LiveIndex& live) {
  const auto before = read_stub(data_dir);
  // A damaged stub may name what is not there.
  if (before && before->generation != live.generation &&
      fs::is_directory(generation_path(data_dir, before->generation))) {
    if (auto kept = keep_list(data_dir, *before); !kept) return kept;
  }
  const fs::path stub = stub_path(data_dir);
  const fs::path fresh = stub.string() + ".new";
  if (auto written = write_durably(fresh, lines_of(data_dir, live)); !written) return written;
  std::error_code failed;
  fs::rename(fresh, stub, failed);
  if (failed)
    return fail(ErrorCode::internal, "cannot write " + stub.string() + ": " + failed.message());
  (void)make_durable(index_dir(data_dir));  // it is live in any case
  return {};
}

void remove_unused(const fs::path& data_dir, const LiveIndex& live) {
  std::error_code ignored;
  for (const auto& entry :
       fs::directory_iterator(generation_path(data_dir, live.generation), ignored)) {
    const fs::path part = fs::absolute(entry.path());
    if (std::find(live.parts.begin(), live.parts.end(), part) == live.parts.end()) {
      fs::remove_all(part, ignored);
    }
  }
  int previous = 0;
  for (const auto& entry : fs::directory_iterator(index_dir(data_dir), ignored)) {
    const int number = number_of(entry.path(), kGenerationName);
    if (number < live.generation) previous = std::max(previous, number);
  }
  for (const auto& entry : fs::directory_iterator(index_dir(data_dir), ignored)) {
    const int number = number_of(entry.path(), kGenerationName);
    if (number > 0 && number < previous) fs::remove_all(entry.path(), ignored);
  }
}

std::vector<int> kept_generations(const fs::path& data_dir) {
  const auto live = read_stub(data_dir);
  const int live_number = live ? live->generation : 0;
  std::vector<int> kept;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(index_dir(data_dir), ignored)) {
    const int number = number_of(entry.path(), kGenerationName);
    const bool is_whole = number > 0 && fs::exists(list_of(data_dir, number), ignored);
    if (is_whole && number != live_number) kept.push_back(number);
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

void remove_others(const fs::path& data_dir, const LiveIndex& live) {
  const fs::path kept = generation_path(data_dir, live.generation);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(index_dir(data_dir), ignored)) {
    if (entry.is_directory() && entry.path() != kept) fs::remove_all(entry.path(), ignored);
  }
}

fs::path next_part(const fs::path& data_dir, int generation) {
  const fs::path folder = fs::absolute(generation_path(data_dir, generation));
  return folder / fmt::format("{}{:06}", kPartName, highest_number(folder, kPartName) + 1);
}

int next_generation(const fs::path& data_dir) {
  return highest_number(index_dir(data_dir), kGenerationName) + 1;
}

Result<RebuildReport> rebuild(const fs::path& data_dir, const RebuildOptions& options) {
  auto lock = lock_generations(data_dir, options);
  if (!lock) return pass_on(lock.error());
  // A number is not used twice, though its folder goes.
  const int generation = next_generation(data_dir);
  remove_unfinished(data_dir);
  std::error_code failed;
  fs::create_directories(generation_path(data_dir, generation), failed);
  if (failed) return fail(ErrorCode::internal, "cannot make the index folder: " + failed.message());
  const LiveIndex built{generation, {next_part(data_dir, generation)}};
  const BulkBuildOptions building{.data_dir = data_dir,
                                  .part = built.parts.front(),
                                  .threads = options.threads,
                                  .now = options.now};
  auto report = bulk_build(building, options.progress);
  Result<RebuildReport> outcome;
  if (!report) {
    outcome = pass_on(report.error());
  } else {
    outcome = catch_up_and_swap(data_dir, options, built, report->applied_seq);
  }
  if (!outcome) fs::remove_all(generation_path(data_dir, generation), failed);
  return outcome;
}

Result<RebuildReport> promote(const fs::path& data_dir,
                              int generation,
                              const RebuildOptions& options) {
  auto lock = lock_generations(data_dir, options);
  if (!lock) return pass_on(lock.error());
  auto kept = read_part_list(data_dir, list_of(data_dir, generation));
  if (!kept && kept.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found,
                fmt::format("generation {} is not kept", generation),
                "run broadsheet-indexer rebuild");
  }
  if (!kept) return pass_on(kept.error());
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog) return pass_on(catalog.error());
  std::int64_t applied = 0;
  for (const fs::path& path : kept->parts) {
    auto part = open_part(path);
    if (!part) return pass_on(part.error());
    if (auto same = check_same_archive(*catalog, *part); !same) return pass_on(same.error());
    if (path != kept->parts.front()) continue;  // the newest tells how far all of them are
    auto read = xapian_try([&] { applied = metadata_number(*part, kAppliedSeqKey); });
    if (!read) return pass_on(read.error());
  }
  return catch_up_and_swap(data_dir, options, *kept, applied);
}

}  // namespace broadsheet::indexer
