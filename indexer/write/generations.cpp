// The stub and the folders it names; rebuild.
#include "indexer/write/generations.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include "indexer/write/bulk_build.h"
#include "indexer/write/changes.h"
#include "indexer/write/fold_parts.h"
#include "indexer/write/parts.h"
#include "indexer/write/writer_lock.h"
#include "schema/catalog.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGenerationName = "gen-";
constexpr std::string_view kPartName = "part-";

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

// Writes bytes and makes them durable, folder entry included.
Result<void> write_durably(const fs::path& file, const std::string& bytes) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const bool written =
      descriptor >= 0 &&
      ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
      ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (written) return {};
  return fail(ErrorCode::internal,
              "cannot write " + file.string(),
              "check free disk space and the rights on the folder");
}

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

Result<void> verify(const LiveIndex& built, std::uint64_t expected) {
  std::uint64_t found = 0;
  auto counted = xapian_try([&] { found = count_articles(built); });
  if (!counted) return counted;
  if (found == expected) return {};
  return fail(ErrorCode::internal,
              fmt::format("the new index holds {} articles, the catalog {}", found, expected),
              "the live index is unchanged; run broadsheet-indexer rebuild again");
}

// Under the lock: what changed since the build, then the count, then the swap.
Result<RebuildReport> catch_up_and_swap(const fs::path& data_dir,
                                        const RebuildOptions& options,
                                        const LiveIndex& built,
                                        std::int64_t applied_seq) {
  auto now = options.take_lock ? options.take_lock() : Result<std::int64_t>(options.now);
  if (!now) return pass_on(now.error());
  auto catalog = open_catalog_for_reading(data_dir);
  if (!catalog) return pass_on(catalog.error());
  PartsWriter writer(data_dir, built);
  ChangeApplier applier(*catalog, writer, applied_seq);
  if (auto done = applier.apply(*now, options.progress); !done) return pass_on(done.error());
  auto visible = count_visible(*catalog, *now);
  if (!visible) return pass_on(visible.error());
  if (auto good = verify(writer.live(), *visible); !good) return pass_on(good.error());
  if (options.swap) {
    if (auto done = writer.publish_if_changed(PartsWriter::Force::yes); !done)
      return pass_on(done.error());
    remove_unused(data_dir, writer.live());
  }
  return RebuildReport{built.generation, *visible};
}

}  // namespace

Result<void> publish(const fs::path& data_dir, const LiveIndex& live) {
  const fs::path root = fs::absolute(index_dir(data_dir));
  std::string lines;
  for (const fs::path& part : live.parts) {
    lines += "auto " + part.lexically_relative(root).string() + "\n";
  }
  const fs::path stub = stub_path(data_dir);
  const fs::path fresh = stub.string() + ".new";
  if (auto written = write_durably(fresh, lines); !written) return written;
  std::error_code failed;
  fs::rename(fresh, stub, failed);
  if (failed)
    return fail(ErrorCode::internal, "cannot write " + stub.string() + ": " + failed.message());
  sync_folder(root);
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
  for (const auto& entry : fs::directory_iterator(index_dir(data_dir), ignored)) {
    const int number = number_of(entry.path(), kGenerationName);
    if (number > 0 && number < live.generation - 1) fs::remove_all(entry.path(), ignored);
  }
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
  auto lock = WriterLock::take_for_rebuild(data_dir, options.lock_timeout, [&] {
    return options.progress ? options.progress(0, 0) : GoOn::yes;
  });
  if (!lock) return pass_on(lock.error());
  remove_unfinished(data_dir);
  const int generation = next_generation(data_dir);
  std::error_code failed;
  fs::create_directories(generation_path(data_dir, generation), failed);
  if (failed) return fail(ErrorCode::internal, "cannot make the index folder: " + failed.message());
  const LiveIndex built{generation, {next_part(data_dir, generation)}};
  auto report =
      bulk_build({data_dir, built.parts.front(), options.threads, options.now}, options.progress);
  Result<RebuildReport> outcome;
  if (!report) {
    outcome = pass_on(report.error());
  } else {
    outcome = catch_up_and_swap(data_dir, options, built, report->applied_seq);
  }
  if (!outcome) fs::remove_all(generation_path(data_dir, generation), failed);
  return outcome;
}

}  // namespace broadsheet::indexer
