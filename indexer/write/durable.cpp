// fsync(2) on a descriptor of its own: it covers what other descriptors wrote, too.
#include "indexer/write/durable.h"

#include <fcntl.h>
#include <unistd.h>

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_write(const fs::path& path) {
  return fail(ErrorCode::internal,
              "cannot write " + path.string(),
              "check free disk space and the rights on the folder");
}

}  // namespace

Result<void> write_durably(const fs::path& file, const std::string& bytes) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const bool written =
      descriptor >= 0 &&
      ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
      ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  return written ? Result<void>() : cannot_write(file);
}

Result<void> make_durable(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  return done ? Result<void>() : cannot_write(path);
}

}  // namespace broadsheet::indexer
