// Finding inputs by name and reading their bytes. A read waits for input and for the stop signal at
// once, so that an interrupt ends it even while a pipe is silent.
#include "indexer/readers/input.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace broadsheet::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPeek = std::size_t{64} * 1024;

std::string reason_of(int error) {
  return std::strerror(error);  // NOLINT(concurrency-mt-unsafe): glibc's is safe for known errors
}

// A file, a pipe or standard input as it is.
class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, std::string path, const StopSignal* stop)
      : descriptor_(descriptor), path_(std::move(path)), stop_(stop) {}

  ~FileSource() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (true) {
      if (!wait()) return std::size_t{0};
      const ssize_t got = ::read(descriptor_, buffer, size);
      if (got >= 0) {
        consumed_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR && errno != EAGAIN) {
        return fail(ErrorCode::internal, "cannot read " + path_ + ": " + reason_of(errno));
      }
    }
  }

  std::uint64_t consumed() const override { return consumed_; }

 private:
  // Waits until there is something to read; false when reading must stop.
  bool wait() const {
    if (stop_ == nullptr) return true;
    pollfd watched[] = {{descriptor_, POLLIN, 0}, {stop_->descriptor(), POLLIN, 0}};
    while (::poll(watched, 2, -1) < 0 && errno == EINTR) {
    }
    return !stop_->raised();
  }

  int descriptor_;
  std::string path_;
  const StopSignal* stop_;
  std::uint64_t consumed_ = 0;
};

class BytesAtHand final : public ByteSource {
 public:
  BytesAtHand(std::string_view bytes, const StopSignal* stop) : bytes_(bytes), stop_(stop) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (stop_ != nullptr && stop_->raised()) return std::size_t{0};
    const std::size_t count = bytes_.copy(buffer, size, consumed_);
    consumed_ += count;
    return count;
  }

  std::uint64_t consumed() const override { return consumed_; }

 private:
  std::string_view bytes_;
  const StopSignal* stop_;
  std::size_t consumed_ = 0;
};

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

Result<void> add_folder(const fs::path& folder, std::vector<InputFile>& files) {
  std::error_code failed;
  std::vector<std::string> found;
  fs::recursive_directory_iterator at(folder, failed);
  for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    std::error_code ignored;
    if (is_hidden(at->path())) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file(ignored)) {
      found.push_back(at->path().string());
    }
  }
  if (failed) {
    return fail(ErrorCode::invalid_argument,
                "cannot list " + folder.string() + ": " + failed.message());
  }
  std::sort(found.begin(), found.end());
  for (std::string& path : found)
    files.push_back({std::move(path), true});
  return {};
}

Result<void> add_path(const fs::path& path, std::vector<InputFile>& files) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return add_folder(path, files);
  files.push_back({path.string(), false});
  return {};
}

Result<void> add_pattern(const std::string& pattern, std::vector<InputFile>& files) {
  glob_t matches{};
  const int result = ::glob(pattern.c_str(), 0, nullptr, &matches);
  std::vector<std::string> paths;
  for (std::size_t i = 0; result == 0 && i < matches.gl_pathc; ++i) {
    paths.emplace_back(matches.gl_pathv[i]);
  }
  ::globfree(&matches);
  if (paths.empty()) {
    const bool is_pattern = pattern.find_first_of("*?[") != std::string::npos;
    return fail(ErrorCode::invalid_argument,
                is_pattern ? "nothing matches " + pattern : "there is no file or folder " + pattern,
                "name files, folders, patterns, or - for standard input");
  }
  for (const std::string& path : paths) {
    if (auto done = add_path(path, files); !done) return done;
  }
  return {};
}

}  // namespace

StopSignal::StopSignal() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

StopSignal::~StopSignal() {
  ::close(descriptor_);
}

void StopSignal::raise(int number) {
  int none = 0;
  number_.compare_exchange_strong(none, number);
  raised_ = true;
  const std::uint64_t one = 1;
  // Cannot fail in a way that matters: a full counter is readable too.
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, &one, sizeof one);
}

void StopSignal::forget_request() {
  raised_ = false;
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t taken = ::read(descriptor_, &count, sizeof count);
  // It sets the number first: one that came meanwhile is seen here.
  if (number_ != 0) raise(number_);
}

Result<std::vector<InputFile>> expand_inputs(const std::vector<std::string>& named) {
  std::vector<InputFile> files;
  for (const std::string& name : named) {
    if (name == "-") {
      files.push_back({name, false});
      continue;
    }
    std::error_code failed;
    const fs::file_status status = fs::status(name, failed);
    if (fs::exists(status)) {
      if (auto done = add_path(name, files); !done) return pass_on(done.error());
    } else if (status.type() != fs::file_type::not_found) {
      return fail(ErrorCode::invalid_argument,
                  "cannot look at " + name + ": " + failed.message(),
                  "check the links and the rights on the way to it");
    } else if (auto done = add_pattern(name, files); !done) {
      return pass_on(done.error());
    }
  }
  return files;
}

Result<bool> read_more(ByteSource& source, std::string& buffer) {
  constexpr std::size_t kReadBytes = std::size_t{256} * 1024;
  const std::size_t before = buffer.size();
  buffer.resize(before + kReadBytes);
  auto got = source.read(buffer.data() + before, kReadBytes);
  buffer.resize(before + got.value_or(0));
  if (!got) return pass_on(got.error());
  return *got > 0;
}

Result<std::unique_ptr<ByteSource>> open_input(const std::string& path, const StopSignal* stop) {
  int descriptor = STDIN_FILENO;
  if (path != "-") {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      return fail(ErrorCode::invalid_argument, "cannot open " + path + ": " + reason_of(errno));
    }
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  return unpack(std::make_unique<PeekedSource>(
      std::make_unique<FileSource>(descriptor, path == "-" ? "standard input" : path, stop)));
}

std::unique_ptr<ByteSource> open_bytes(std::string_view bytes, const StopSignal* stop) {
  return std::make_unique<BytesAtHand>(bytes, stop);
}

Result<bool> PeekedSource::fetch() {
  const std::size_t before = head_.size();
  head_.resize(before + 4096);
  auto got = source_->read(head_.data() + before, 4096);
  head_.resize(before + got.value_or(0));
  if (!got) return pass_on(got.error());
  return *got > 0;
}

Result<std::string_view> PeekedSource::peek(std::size_t size) {
  while (head_.size() < std::min(size, kMaxPeek)) {
    auto more = fetch();
    if (!more) return pass_on(more.error());
    if (!*more) break;
  }
  return std::string_view(head_);
}

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What follows a byte order mark and blanks.
std::string_view text_of(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  return head;
}

}  // namespace

Result<std::string_view> PeekedSource::peek_text() {
  while (head_.size() < kMaxPeek) {
    const bool may_be_mark = head_.size() < kByteOrderMark.size();
    if (const std::string_view text = text_of(head_); !text.empty() && !may_be_mark) return text;
    auto more = fetch();
    if (!more) return pass_on(more.error());
    if (!*more) break;
  }
  return text_of(head_);
}

Result<std::size_t> PeekedSource::read(char* buffer, std::size_t size) {
  if (taken_ == head_.size()) return source_->read(buffer, size);
  const std::size_t count = std::min(size, head_.size() - taken_);
  std::memcpy(buffer, head_.data() + taken_, count);
  taken_ += count;
  return count;
}

}  // namespace broadsheet::indexer
