// The "Read next" lists of all articles as files, for a content delivery network to serve where no
// server of ours is asked. An export into a folder that has a bundle writes what has changed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "schema/result.h"
#include "server/api/backend.h"

namespace broadsheet::server {

struct BundleOptions {
  std::filesystem::path folder;  // made when it is not there
  int threads = 1;               // lists made at the same time; each takes a session
  // Called now and then, by one thread at a time.
  std::function<void(std::size_t done, std::size_t articles)> on_progress;
};

struct BundleReport {
  std::size_t articles = 0;  // visible ones, one file each
  // Files below the folder, in order: what is not as the last manifest has it.
  std::vector<std::string> written;
  std::vector<std::string> removed;
  // Lists that could not be made; their files stay as they were, unless they name what is gone.
  std::size_t failed = 0;
};

// Writes the list of every visible article as GET /v1/articles/{id}/read_next gives it, without
// `index`, to read_next/; then manifest.json, and changed.json with what differs from the manifest
// before. What was taken down goes first, and lists that named what is taken down meanwhile are
// made again. It may be ended at any moment: the next one finishes it. invalid_argument, corrupt:
// as read_manifest(), also for the bundle of another archive. unavailable: another export writes
// there, or nothing can be searched. internal: a file cannot be written.
[[nodiscard]] Result<BundleReport> write_bundle(const Backend& backend,
                                                const BundleOptions& options);

}  // namespace broadsheet::server
