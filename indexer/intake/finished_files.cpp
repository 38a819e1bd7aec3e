// A file is moved first and looked at then: whoever puts another one in its place between a look
// and a move would lose that one unread.
#include "indexer/intake/finished_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

#include "schema/time.h"

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_move(const fs::path& from, const fs::path& folder, int error) {
  return fail(error == ENOENT ? ErrorCode::not_found : ErrorCode::internal,
              "cannot move " + from.string() + " to " + folder.string() + ": " +
                  std::generic_category().message(error),
              "check the rights on both folders, and that they are of one file system");
}

// Renames without ever overwriting, also on file systems that cannot promise that in one step.
int rename_to_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;

  struct stat there {};

  if (::lstat(to.c_str(), &there) == 0) return EEXIST;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

Result<fs::path> move_into(const FoundFile& file, std::string_view name, std::int64_t now) {
  const fs::path folder = file.path.parent_path() / name;
  std::error_code failed;
  fs::create_directory(folder, failed);
  if (failed) return cannot_move(file.path, folder, failed.value());
  const std::string base = file.path.filename().string();
  fs::path target = folder / base;
  int error = rename_to_new(file.path, target);
  for (int number = 1; error == EEXIST; ++number) {
    target = folder / (base + "." + format_utc_basic(now) +
                       (number > 1 ? "." + std::to_string(number) : ""));
    error = rename_to_new(file.path, target);
  }
  if (error != 0) return cannot_move(file.path, folder, error);
  FoundFile moved = look_at_file(target).value_or(FoundFile());
  moved.path = file.path;
  if (moved == file) return target;
  // Back it goes; where a third one has come meanwhile, it waits for its turn under another name.
  error = rename_to_new(target, file.path);
  if (error == EEXIST)
    error = rename_to_new(target, file.path.string() + "." + format_utc_basic(now));
  if (error != 0) return cannot_move(target, file.path.parent_path(), error);
  return fail(ErrorCode::not_found, file.path.string() + " is another file by now");
}

}  // namespace

Result<FoundFile> look_at_file(const fs::path& path) {
  struct stat found {};

  if (::lstat(path.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) {
    return fail(ErrorCode::not_found, "there is no file " + path.string());
  }
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return FoundFile{path,
                   found.st_dev,
                   found.st_ino,
                   static_cast<std::uint64_t>(found.st_size),
                   found.st_mtim.tv_sec * kNanoseconds + found.st_mtim.tv_nsec};
}

Result<fs::path> move_to_done(const FoundFile& file, std::int64_t now) {
  return move_into(file, kDoneFolder, now);
}

Result<fs::path> move_to_failed(const FoundFile& file, std::string_view reason, std::int64_t now) {
  auto moved = move_into(file, kFailedFolder, now);
  if (!moved) return moved;
  std::ofstream note(moved->string() + ".reason", std::ios::app);  // nothing is overwritten
  note << reason << '\n';
  if (note.flush()) return moved;
  return fail(ErrorCode::internal, "cannot write " + moved->string() + ".reason");
}

}  // namespace broadsheet::indexer
