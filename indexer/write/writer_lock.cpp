// flock() on a file that is never deleted: deleting it would let two holders have two files.
// Who waits shows it by a shared flock() on a second file, which vanishes with the process too.
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

// A system call on the lock's file failed.
tl::unexpected<Error> failed_to(const char* action, const std::filesystem::path& file) {
  const std::string reason = std::strerror(errno);  // NOLINT(concurrency-mt-unsafe)
  return fail(ErrorCode::internal,
              std::string("cannot ") + action + " " + file.string() + ": " + reason,
              "check free disk space and the rights on the data folder");
}

std::filesystem::path sign_of(const std::filesystem::path& data_dir) {
  return data_dir / "writer.wanted";
}

// Shows others that this process waits, for as long as it lives.
class WaitingSign {
 public:
  // An empty path shows nothing.
  explicit WaitingSign(std::filesystem::path file) : file_(std::move(file)) {}

  ~WaitingSign() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  WaitingSign(const WaitingSign&) = delete;
  WaitingSign& operator=(const WaitingSign&) = delete;

  // Again and again: it fails while the holder looks.
  void show() {
    if (descriptor_ < 0 && !file_.empty())
      descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ >= 0) (void)::flock(descriptor_, LOCK_SH | LOCK_NB);
  }

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace

// Which lock is wanted, by whom, and for how long it is waited for.
struct WriterLock::Request {
  static constexpr std::string_view kWaitHint =
      "wait for it, or give it longer with --lock-timeout SECONDS";

  std::filesystem::path file;
  std::string_view command;
  std::chrono::milliseconds timeout;
  KeepWaiting keep_waiting;
  std::string complaint;  // what its holder does
  std::string_view hint = kWaitHint;
  std::filesystem::path sign = {};  // of who waits; empty: nobody looks for it
};

Result<WriterLock> WriterLock::take(const std::filesystem::path& data_dir,
                                    std::string_view command,
                                    std::chrono::milliseconds timeout,
                                    const KeepWaiting& keep_waiting) {
  return take_file({data_dir / "writer.lock",
                    command,
                    timeout,
                    keep_waiting,
                    " is writing to " + data_dir.string(),
                    Request::kWaitHint,
                    sign_of(data_dir)});
}

Result<WriterLock> WriterLock::take_for_watch(const std::filesystem::path& data_dir) {
  return take_file({data_dir / "watch.lock",
                    "watch",
                    {},
                    {},
                    " is watching for " + data_dir.string() + " already",
                    "end that one first"});
}

bool WriterLock::is_wanted(const std::filesystem::path& data_dir) {
  const int descriptor = ::open(sign_of(data_dir).c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool wanted = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  return wanted;
}

Result<WriterLock> WriterLock::take_for_rebuild(const std::filesystem::path& data_dir,
                                                std::chrono::milliseconds timeout,
                                                const KeepWaiting& keep_waiting) {
  return take_file({data_dir / "index" / "rebuild.lock",
                    "rebuild",
                    timeout,
                    keep_waiting,
                    " is building the index of " + data_dir.string()});
}

Result<WriterLock> WriterLock::take_file(const Request& request) {
  std::error_code failed;
  std::filesystem::create_directories(request.file.parent_path(), failed);
  const int descriptor = ::open(request.file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return failed_to("open", request.file);
  WriterLock lock(descriptor);
  if (auto taken = lock.wait_for(request); !taken) return pass_on(taken.error());
  const std::string holder = std::to_string(::getpid()) + " " + std::string(request.command) + "\n";
  const bool written =
      ::ftruncate(descriptor, 0) == 0 &&
      ::pwrite(descriptor, holder.data(), holder.size(), 0) == static_cast<ssize_t>(holder.size());
  if (written) return lock;
  return failed_to("write", request.file);
}

Result<void> WriterLock::wait_for(const Request& request) const {
  const auto end = std::chrono::steady_clock::now() + request.timeout;
  WaitingSign sign(request.sign);
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return failed_to("lock", request.file);
    if (request.keep_waiting && request.keep_waiting() == GoOn::no) {
      return fail(ErrorCode::interrupted,
                  "the wait for " + request.file.string() + " was cut short");
    }
    if (std::chrono::steady_clock::now() >= end) {
      return fail(ErrorCode::unavailable,
                  holder_of(descriptor_) + request.complaint,
                  std::string(request.hint));
    }
    sign.show();
    std::this_thread::sleep_for(kPause);
  }
  return {};
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
