// flock() on a file that is never deleted: deleting it would let two holders have two files.
#include "indexer/write/writer_lock.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace broadsheet::indexer {
namespace {

constexpr std::chrono::milliseconds kPause{20};  // flock() cannot wait for a limited time

// What the file says of its holder: "process 4711 (add)".
std::string holder_of(int descriptor) {
  std::array<char, 128> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  holder.resize(std::min(holder.find('\n'), holder.size()));
  const std::size_t blank = holder.find(' ');
  if (blank == std::string::npos) return "another process";
  return "process " + holder.substr(0, blank) + " (" + holder.substr(blank + 1) + ")";
}

bool wait_for(int descriptor, std::chrono::milliseconds timeout) {
  const auto end = std::chrono::steady_clock::now() + timeout;
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

}  // namespace

Result<WriterLock> WriterLock::take(const std::filesystem::path& data_dir,
                                    std::string_view command,
                                    std::chrono::milliseconds timeout) {
  return take_file(
      data_dir / "writer.lock", command, timeout, " is writing to " + data_dir.string());
}

Result<WriterLock> WriterLock::take_for_rebuild(const std::filesystem::path& data_dir,
                                                std::chrono::milliseconds timeout) {
  return take_file(data_dir / "index" / "rebuild.lock",
                   "rebuild",
                   timeout,
                   " is building the index of " + data_dir.string());
}

Result<WriterLock> WriterLock::take_file(const std::filesystem::path& file,
                                         std::string_view command,
                                         std::chrono::milliseconds timeout,
                                         const std::string& complaint) {
  std::error_code failed;
  std::filesystem::create_directories(file.parent_path(), failed);
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    return fail(ErrorCode::internal, "cannot make " + file.string() + ": " + std::strerror(errno));
  }
  WriterLock lock(descriptor);
  if (!wait_for(descriptor, timeout)) {
    return fail(ErrorCode::unavailable,
                holder_of(descriptor) + complaint,
                "wait for it, or give it longer with --lock-timeout SECONDS");
  }
  const std::string holder = std::to_string(::getpid()) + " " + std::string(command) + "\n";
  const bool written =
      ::ftruncate(descriptor, 0) == 0 &&
      ::pwrite(descriptor, holder.data(), holder.size(), 0) == static_cast<ssize_t>(holder.size());
  if (written) return lock;
  return fail(ErrorCode::internal,
              "cannot write " + file.string() + ": " + std::strerror(errno),
              "check free disk space and the rights on the folder");
}

WriterLock::WriterLock(WriterLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace broadsheet::indexer
