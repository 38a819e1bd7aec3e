// Every watch is set before its folder is looked through, so that nothing falls between.
#include "indexer/intake/folder_watcher.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

// IN_CREATE tells of new folders and of files that were linked in.
constexpr std::uint32_t kMask =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE_SELF | IN_ONLYDIR;

constexpr std::int64_t kLostEvery = 5;         // seconds between looks for a folder that went away
constexpr std::int64_t kUnreportedEvery = 10;  // the same where the system does not report all
constexpr std::int64_t kQuietFor = 3;  // without a change, a file nobody vouches for is finished

// Systems whose files others change without ours hearing of it (magic numbers of statfs(2)).
constexpr std::array<long, 8> kNetworkSystems = {0x6969,       // NFS
                                                 0x517B,       // SMB
                                                 0xFF534D42,   // CIFS
                                                 0xFE534D42,   // SMB2
                                                 0x65735546,   // FUSE
                                                 0x01021997,   // 9p
                                                 0x00C36400,   // Ceph
                                                 0x5346414F};  // AFS

bool is_network_folder(const fs::path& folder) {
  struct statfs system {};

  if (::statfs(folder.c_str(), &system) != 0) return false;
  return std::find(kNetworkSystems.begin(), kNetworkSystems.end(), system.f_type) !=
         kNetworkSystems.end();
}

bool is_left_out(std::string_view folder) {
  return folder.starts_with('.') || folder == kDoneFolder || folder == kFailedFolder;
}

enum class Writers { none, some, unknown };

// Asked by way of a lease: the system grants one for reading only while nobody has the file open
// for writing.
Writers writers_of(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return Writers::unknown;
  const int granted = ::fcntl(descriptor, F_SETLEASE, F_RDLCK);
  const int error = errno;
  ::close(descriptor);  // gives the lease back
  if (granted == 0) return Writers::none;
  return error == EAGAIN ? Writers::some : Writers::unknown;
}

}  // namespace

bool is_temporary_name(std::string_view name) {
  constexpr std::array<std::string_view, 5> kSuffixes = {
      "~", ".tmp", ".part", ".partial", ".filepart"};
  return name.starts_with('.') ||
         std::any_of(kSuffixes.begin(), kSuffixes.end(), [&](std::string_view suffix) {
           return name.ends_with(suffix);
         });
}

bool is_within(const fs::path& path, const fs::path& folder) {
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

Result<FolderWatcher> FolderWatcher::open(const std::vector<fs::path>& folders, std::int64_t now) {
  auto inotify = Inotify::open();
  if (!inotify) return pass_on(inotify.error());
  FolderWatcher watcher(*std::move(inotify));
  for (const fs::path& folder : folders) {
    std::error_code failed;
    const fs::path real = fs::canonical(folder, failed);
    if (failed || !fs::is_directory(real, failed)) {
      return fail(ErrorCode::invalid_argument, "there is no folder " + folder.string());
    }
    watcher.roots_.push_back({real});
  }
  for (Root& root : watcher.roots_) {
    if (auto done = watcher.watch_root(root, now); !done) return pass_on(done.error());
  }
  return watcher;
}

std::optional<std::int64_t> FolderWatcher::next_look() const {
  std::optional<std::int64_t> next;
  const auto consider = [&next](std::int64_t time) { next = next ? std::min(*next, time) : time; };
  for (const Root& root : roots_) {
    if (root.look_at) consider(*root.look_at);
  }
  for (const auto& [path, time] : young_)
    consider(time);
  return next;
}

Result<void> FolderWatcher::watch_root(Root& root, std::int64_t now) {
  if (auto done = watch_folder(root.path, IN_MOVE_SELF); !done) return done;
  root.is_there = true;
  root.look_at.reset();
  if (is_network_folder(root.path)) {
    look_regularly(
        root, root.path.string() + " lies where the changes of others are not reported", now);
  }
  look_through(root.path, now);
  return {};
}

Result<void> FolderWatcher::watch_folder(const fs::path& folder, std::uint32_t more_mask) {
  auto watch = inotify_.add(folder, kMask | more_mask);
  if (!watch) return pass_on(watch.error());
  folders_[*watch] = folder;
  return {};
}

// Takes in the files that lie in a watched folder, the oldest first, and watches the folders in it.
void FolderWatcher::look_through(const fs::path& folder, std::int64_t now) {
  std::error_code failed;
  std::vector<FoundFile> files;
  std::vector<fs::path> inner;
  fs::directory_iterator at(folder, failed);
  for (; !failed && at != fs::directory_iterator(); at.increment(failed)) {
    std::error_code ignored;
    const std::string name = at->path().filename().string();
    if (at->is_symlink(ignored)) continue;
    if (at->is_directory(ignored)) {
      if (!is_left_out(name)) inner.push_back(at->path());
    } else if (auto file = look_at_file(at->path()); file && !is_temporary_name(name)) {
      files.push_back(*std::move(file));
    }
  }
  if (failed) notices_.push_back("cannot list " + folder.string() + ": " + failed.message());
  std::sort(files.begin(), files.end(), [](const FoundFile& a, const FoundFile& b) {
    return std::tie(a.modified, a.path) < std::tie(b.modified, b.path);
  });
  for (FoundFile& file : files)
    add({std::move(file.path), false});
  for (const fs::path& path : inner)
    watch_inner(path, now);
}

void FolderWatcher::watch_inner(const fs::path& folder, std::int64_t now) {
  const auto watched = watch_folder(folder, IN_DONT_FOLLOW);
  Root* root = root_of(folder);
  if (!watched && watched.error().code != ErrorCode::not_found && root != nullptr) {
    look_regularly(*root, watched.error().message, now);
  }
  look_through(folder, now);
}

// Where reports do not tell of everything.
void FolderWatcher::look_regularly(Root& root, const std::string& reason, std::int64_t now) {
  root.look_at = now + kUnreportedEvery;
  if (std::exchange(root.is_told, true)) return;
  notices_.push_back(reason + ": the folder is looked through every " +
                     std::to_string(kUnreportedEvery) + " s");
}

FolderWatcher::Root* FolderWatcher::root_of(const fs::path& folder) {
  const auto found = std::find_if(
      roots_.begin(), roots_.end(), [&](const Root& root) { return is_within(folder, root.path); });
  return found == roots_.end() ? nullptr : &*found;
}

// A folder was moved away: what happens there is reported under a path that is no longer true.
void FolderWatcher::forget_folder(const fs::path& folder) {
  for (auto at = folders_.begin(); at != folders_.end();) {
    if (!is_within(at->second, folder)) {
      ++at;
      continue;
    }
    inotify_.remove(at->first);
    at = folders_.erase(at);
  }
}

void FolderWatcher::lose_root(const fs::path& folder, std::int64_t now) {
  for (Root& root : roots_) {
    if (root.path != folder || !root.is_there) continue;
    forget_folder(folder);
    root.is_there = false;
    root.look_at = now + kLostEvery;
    notices_.push_back("the watched folder " + folder.string() +
                       " is gone; it is watched again when it is back");
  }
}

void FolderWatcher::read_events(std::int64_t now) {
  for (const Inotify::Event& event : inotify_.read())
    take_event(event, now);
  for (Root& root : roots_) {
    if (root.look_at && *root.look_at <= now) look_again(root, now);
  }
  for (auto at = young_.begin(); at != young_.end();) {
    if (at->second > now) {
      ++at;
      continue;
    }
    add({at->first, false});
    at = young_.erase(at);
  }
}

void FolderWatcher::take_event(const Inotify::Event& event, std::int64_t now) {
  if ((event.mask & IN_Q_OVERFLOW) != 0) {
    notices_.emplace_back("too much happened at once: the watched folders are looked through");
    for (Root& root : roots_)
      root.look_at = now;
    return;
  }
  const auto watched = folders_.find(event.watch);
  if (watched == folders_.end()) return;
  const fs::path folder = watched->second;
  if ((event.mask & IN_IGNORED) != 0) folders_.erase(watched);
  if ((event.mask & (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0) {
    return lose_root(folder, now);
  }
  if ((event.mask & IN_ISDIR) != 0) return take_folder_event(folder / event.name, event.mask, now);
  take_file_event(folder / event.name, event.mask);
}

void FolderWatcher::take_folder_event(const fs::path& folder,
                                      std::uint32_t mask,
                                      std::int64_t now) {
  if (is_left_out(folder.filename().string())) return;
  forget_folder(folder);
  if ((mask & IN_MOVED_FROM) != 0) return;
  if (watch_folder(folder, IN_DONT_FOLLOW)) look_through(folder, now);
}

void FolderWatcher::take_file_event(const fs::path& file, std::uint32_t mask) {
  if ((mask & IN_MOVED_FROM) != 0 || is_temporary_name(file.filename().string())) return;
  std::error_code failed;
  // A new name: either somebody writes it, and will close it, or it is linked to what is written.
  if ((mask & IN_CREATE) != 0 && fs::hard_link_count(file, failed) < 2) return;
  add({file, true});
}

void FolderWatcher::look_again(Root& root, std::int64_t now) {
  const bool was_there = std::exchange(root.is_there, false);
  if (was_there) forget_folder(root.path);
  root.look_at = now + kLostEvery;
  std::error_code failed;
  if (!fs::is_directory(root.path, failed)) return;
  const auto watched = watch_root(root, now);
  if (!watched) {
    if (was_there) notices_.push_back(watched.error().message);
  } else if (!was_there) {
    notices_.push_back("the watched folder " + root.path.string() + " is back");
  }
}

void FolderWatcher::add(Candidate candidate) {
  if (!waiting_.insert(candidate.path).second) return;
  candidates_.push_back(std::move(candidate));
}

bool FolderWatcher::is_finished(const Candidate& candidate,
                                const FoundFile& file,
                                std::int64_t now) {
  const Writers writers = writers_of(candidate.path);
  if (writers == Writers::some) return false;  // its closing will be reported
  if (writers == Writers::none || candidate.was_closed) return true;
  const std::int64_t quiet_at = file.modified / 1'000'000'000 + kQuietFor;
  // A clock that is far ahead is wrong, and no reason to wait for it.
  if (quiet_at <= now || quiet_at > now + 60) return true;
  young_[candidate.path] = quiet_at;
  return false;
}

std::vector<FoundFile> FolderWatcher::take(std::size_t most, std::int64_t now) {
  std::vector<FoundFile> files;
  while (!candidates_.empty() && files.size() < most) {
    const Candidate candidate = std::move(candidates_.front());
    candidates_.pop_front();
    waiting_.erase(candidate.path);
    auto file = look_at_file(candidate.path);
    const auto left = left_alone_.find(candidate.path);
    if (left != left_alone_.end()) {
      if (file && *file == left->second) continue;
      left_alone_.erase(left);
    }
    if (file && is_finished(candidate, *file, now)) files.push_back(*std::move(file));
  }
  return files;
}

void FolderWatcher::put_back(const std::vector<FoundFile>& files) {
  for (const FoundFile& file : files)
    add({file.path, true});
}

void FolderWatcher::leave_alone(const FoundFile& file) {
  left_alone_[file.path] = file;
}

std::vector<std::string> FolderWatcher::take_notices() {
  return std::exchange(notices_, {});
}

}  // namespace broadsheet::indexer
