// DATA/writer.lock: whoever writes to catalog and index holds it, so that there is one at a time.
// DATA/index/rebuild.lock: whoever builds a generation beside the live one holds that one.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::indexer {

// Held from take() until it is destroyed; the system lets go of it when the process ends, however
// it ends. The file stays and says who took it last.
class WriterLock {
 public:
  // Waits for the lock for at most `timeout`; zero tries once. Makes the data folder. unavailable:
  // another process holds it; the message names that process and its command. `command` is what
  // this process is known by, such as "add".
  [[nodiscard]] static Result<WriterLock> take(const std::filesystem::path& data_dir,
                                               std::string_view command,
                                               std::chrono::milliseconds timeout);
  // The same for DATA/index/rebuild.lock, which leaves writers alone.
  [[nodiscard]] static Result<WriterLock> take_for_rebuild(const std::filesystem::path& data_dir,
                                                           std::chrono::milliseconds timeout);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  ~WriterLock();

 private:
  explicit WriterLock(int descriptor) : descriptor_(descriptor) {}

  static Result<WriterLock> take_file(const std::filesystem::path& file,
                                      std::string_view command,
                                      std::chrono::milliseconds timeout,
                                      const std::string& complaint);

  int descriptor_ = -1;
};

}  // namespace broadsheet::indexer
