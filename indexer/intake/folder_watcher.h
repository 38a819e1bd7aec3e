// Files that arrive in watched folders and the folders in them. A file is ready when whoever wrote
// it has closed it, or when it was renamed in; those that lie there at the start are ready too.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/intake/finished_files.h"
#include "indexer/intake/inotify.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Whether a name says that the file is not finished, or not meant: hidden ones, `x~`, `x.tmp`,
// `x.part`, `x.partial` and `x.filepart`.
[[nodiscard]] bool is_temporary_name(std::string_view name);

// Whether a path is a folder's own or lies below it; both in the same form, such as canonical.
[[nodiscard]] bool is_within(const std::filesystem::path& path,
                             const std::filesystem::path& folder);

// Watches folders with all that is below them, but for hidden folders, `done/`, `failed/` and
// links. Times are seconds since 1970 UTC. Not thread-safe.
class FolderWatcher {
 public:
  // invalid_argument: one of the folders is not there. unavailable, internal: it cannot be watched.
  [[nodiscard]] static Result<FolderWatcher> open(const std::vector<std::filesystem::path>& folders,
                                                  std::int64_t now);

  // Readable when there is something to read_events() about.
  [[nodiscard]] int descriptor() const { return inotify_.descriptor(); }

  // When to call read_events() though nothing was reported; empty: never.
  [[nodiscard]] std::optional<std::int64_t> next_look() const;

  // Takes in what was reported, and looks where it is time to.
  void read_events(std::int64_t now);

  // Up to `most` files that are ready, as they came. Each is given out once, until it changes or is
  // put_back().
  [[nodiscard]] std::vector<FoundFile> take(std::size_t most, std::int64_t now);
  void put_back(const std::vector<FoundFile>& files);

  // A file that could not be moved away is not given out again while it stays as it is.
  void leave_alone(const FoundFile& file);

  // What somebody should know, in words: folders that went and came back. Given out once.
  [[nodiscard]] std::vector<std::string> take_notices();

 private:
  // A folder that was asked for.
  struct Root {
    std::filesystem::path path;
    bool is_there = true;
    bool is_told = false;                 // that it must be looked through
    std::optional<std::int64_t> look_at;  // when to look again: gone, or not reported on in full
  };

  // A file that may be ready.
  struct Candidate {
    std::filesystem::path path;
    bool was_closed = false;  // as reported; otherwise it was found lying there
  };

  explicit FolderWatcher(Inotify inotify) : inotify_(std::move(inotify)) {}

  Result<void> watch_root(Root& root, std::int64_t now);
  Result<void> watch_folder(const std::filesystem::path& folder, std::uint32_t more_mask);
  void look_through(const std::filesystem::path& folder, std::int64_t now);
  void watch_inner(const std::filesystem::path& folder, std::int64_t now);
  void forget_folder(const std::filesystem::path& folder);
  void lose_root(const std::filesystem::path& folder, std::int64_t now);
  void take_event(const Inotify::Event& event, std::int64_t now);
  void take_folder_event(const std::filesystem::path& folder, std::uint32_t mask, std::int64_t now);
  void take_file_event(const std::filesystem::path& file, std::uint32_t mask);
  void look_again(Root& root, std::int64_t now);
  void add(Candidate candidate);
  [[nodiscard]] bool is_finished(const Candidate& candidate,
                                 const FoundFile& file,
                                 std::int64_t now);
  void look_regularly(Root& root, const std::string& reason, std::int64_t now);
  Root* root_of(const std::filesystem::path& folder);

  Inotify inotify_;
  std::vector<Root> roots_;
  std::map<int, std::filesystem::path> folders_;  // by number of the watch
  std::deque<Candidate> candidates_;
  std::set<std::filesystem::path> waiting_;  // the paths among the candidates
  std::map<std::filesystem::path, std::int64_t>
      young_;  // found lying there, and when to look again
  std::map<std::filesystem::path, FoundFile> left_alone_;
  std::vector<std::string> notices_;
};

}  // namespace broadsheet::indexer
