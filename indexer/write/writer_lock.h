// DATA/writer.lock: whoever writes to catalog and index holds it, so that there is one at a time.
// DATA/index/rebuild.lock: whoever builds a generation beside the live one holds that one.
// DATA/watch.lock: the one `watch` of an archive holds it while it is up.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "indexer/write/progress.h"
#include "schema/result.h"

namespace broadsheet::indexer {

// Held from take() until it is destroyed; the system lets go of it when the process ends, however
// it ends. The file stays and says who took it last.
class WriterLock {
 public:
  // Waits for the lock for at most `timeout`; zero tries once. Makes the data folder. unavailable:
  // another process holds it; the message names that process and its command. `command` is what
  // this process is known by, such as "add". interrupted: `keep_waiting` said so.
  [[nodiscard]] static Result<WriterLock> take(const std::filesystem::path& data_dir,
                                               std::string_view command,
                                               std::chrono::milliseconds timeout,
                                               const KeepWaiting& keep_waiting = {});
  // The same for DATA/index/rebuild.lock, which leaves writers alone.
  [[nodiscard]] static Result<WriterLock> take_for_rebuild(const std::filesystem::path& data_dir,
                                                           std::chrono::milliseconds timeout,
                                                           const KeepWaiting& keep_waiting = {});
  // The same for DATA/watch.lock, tried once.
  [[nodiscard]] static Result<WriterLock> take_for_watch(const std::filesystem::path& data_dir);
  // Whether a process waits in take(). For the holder, to give way.
  [[nodiscard]] static bool is_wanted(const std::filesystem::path& data_dir);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  ~WriterLock();

 private:
  explicit WriterLock(int descriptor) : descriptor_(descriptor) {}

  struct Request;
  static Result<WriterLock> take_file(const Request& request);
  [[nodiscard]] Result<void> wait_for(const Request& request) const;

  int descriptor_ = -1;
};

}  // namespace broadsheet::indexer
