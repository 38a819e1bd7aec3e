// One question to the file system: a few microseconds.
#include "indexer/write/disk_room.h"

#include <spdlog/fmt/fmt.h>

namespace broadsheet::indexer {

Result<void> check_room(const std::filesystem::path& folder, std::uintmax_t needed) {
  std::error_code failed;
  const std::filesystem::space_info space = std::filesystem::space(folder, failed);
  if (failed || space.available >= needed) return {};
  return fail(ErrorCode::internal,
              fmt::format("the disk is full: writing in {} needs about {} MB, {} MB are free",
                          folder.string(),
                          (needed >> 20U) + 1,
                          space.available >> 20U),
              "free disk space and run broadsheet-indexer index");
}

Result<void> or_disk_full(Result<void> outcome, const std::filesystem::path& folder) {
  if (outcome) return outcome;
  auto room = check_room(folder, kCommitReserve);
  return room ? outcome : room;
}

std::uintmax_t bytes_in(const std::filesystem::path& folder) {
  std::uintmax_t bytes = 0;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    std::error_code gone;
    const std::uintmax_t size = entry.file_size(gone);
    if (!gone) bytes += size;
  }
  return bytes;
}

}  // namespace broadsheet::indexer
