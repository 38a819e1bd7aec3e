// inotify(7): the system reports what happens in folders, so that nobody has to look again and
// again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "schema/result.h"

namespace broadsheet::indexer {

// One queue of reports. Not thread-safe.
class Inotify {
 public:
  struct Event {
    int watch = -1;          // as add() gave it; -1 when the queue overflowed
    std::uint32_t mask = 0;  // IN_... of <sys/inotify.h>
    std::string name;        // within a watched folder; empty for the folder itself
  };

  // unavailable: the system has no queue left for this user.
  [[nodiscard]] static Result<Inotify> open();
  Inotify(Inotify&& other) noexcept;
  Inotify& operator=(Inotify&& other) noexcept;
  Inotify(const Inotify&) = delete;
  Inotify& operator=(const Inotify&) = delete;
  ~Inotify();

  // Watches a file or folder for `mask`; the same one again gives the same number. not_found: it is
  // not there, or is no folder where the mask asks for one. unavailable: the system's limit is
  // reached. internal: anything else; the message names the path.
  [[nodiscard]] Result<int> add(const std::filesystem::path& path, std::uint32_t mask);
  void remove(int watch);

  // What was reported since the last call; does not wait.
  [[nodiscard]] std::vector<Event> read();

  // Readable once something was reported.
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  explicit Inotify(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

}  // namespace broadsheet::indexer
