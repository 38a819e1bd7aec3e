// Room on the disk, asked for before it is needed: Xapian ends the process when the disk runs full
// in the midst of a commit (a destructor of its value tables writes), so it must not come to that.
#pragma once

#include <cstdint>
#include <filesystem>

#include "schema/result.h"

namespace broadsheet::indexer {

// Disk that indexed text takes while it is written, for each byte of it.
inline constexpr std::uintmax_t kDiskPerTextByte = 5;
// Kept free by every commit, for whatever else writes meanwhile.
inline constexpr std::uintmax_t kCommitReserve = std::uintmax_t{16} << 20U;

// internal, saying how much is free and how much is needed, when the disk that holds `folder` has
// less than `needed` bytes left. A disk that cannot be asked counts as large enough.
[[nodiscard]] Result<void> check_room(const std::filesystem::path& folder, std::uintmax_t needed);

// `outcome`, or where it is a failure and the disk that holds `folder` is full, that: an index
// written in place (Xapian::DB_DANGEROUS) reports only that it cannot go back.
[[nodiscard]] Result<void> or_disk_full(Result<void> outcome, const std::filesystem::path& folder);

// Bytes of all files in a folder, those below it left out.
[[nodiscard]] std::uintmax_t bytes_in(const std::filesystem::path& folder);

}  // namespace broadsheet::indexer
