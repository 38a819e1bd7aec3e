// System calls and their errors in words.
#include "indexer/intake/inotify.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <sys/inotify.h>
#include <unistd.h>

namespace broadsheet::indexer {
Result<Inotify> Inotify::open() {
  const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor >= 0) return Inotify(descriptor);
  return fail(ErrorCode::internal,
              "cannot watch anything: " + std::generic_category().message(errno),
              "raise fs.inotify.max_user_instances with sysctl");
}

Inotify::Inotify(Inotify&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Inotify& Inotify::operator=(Inotify&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Inotify::~Inotify() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<int> Inotify::add(const std::filesystem::path& path, std::uint32_t mask) {
  const int watch = ::inotify_add_watch(descriptor_, path.c_str(), mask);
  if (watch >= 0) return watch;
  const int error = errno;
  const std::string message =
      "cannot watch " + path.string() + ": " + std::generic_category().message(error);
  if (error == ENOENT || error == ENOTDIR) return fail(ErrorCode::not_found, message);
  if (error != ENOSPC) return fail(ErrorCode::internal, message, "check the rights on it");
  return fail(ErrorCode::unavailable,
              "cannot watch " + path.string() + ": no more folders can be watched at once",
              "raise fs.inotify.max_user_watches with sysctl");
}

void Inotify::remove(int watch) {
  ::inotify_rm_watch(descriptor_, watch);
}

std::vector<Inotify::Event> Inotify::read() {
  std::vector<Event> events;
  alignas(inotify_event) std::array<char, std::size_t{64} * 1024> buffer;
  while (true) {
    const ssize_t size = ::read(descriptor_, buffer.data(), buffer.size());
    if (size <= 0) return events;
    for (const char* at = buffer.data(); at < buffer.data() + size;) {
      inotify_event head{};
      std::memcpy(&head, at, sizeof head);
      // The name is padded with zero bytes.
      events.push_back({head.wd, head.mask, head.len > 0 ? std::string(at + sizeof head) : ""});
      at += sizeof head + head.len;
    }
  }
}

}  // namespace broadsheet::indexer
