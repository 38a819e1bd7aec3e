// Bytes from files, folders, globs and standard input, unpacked on the way (gzip, zstd by their
// first bytes, whatever the name says).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"

namespace broadsheet::indexer {

// Set from a signal handler to make every reading stop. Outlives the inputs that watch it.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // Async-signal-safe; `number` is the signal, kept for the exit status, or 0 without one.
  void raise(int number);

  // Undoes a raise(0), so that reading can begin again; a signal stays. For who reads, not
  // handlers.
  void forget_request();

  [[nodiscard]] bool raised() const { return raised_.load(); }

  // The first signal, or 0.
  [[nodiscard]] int number() const { return number_.load(); }

  // Readable once raised: to wait for it together with other descriptors.
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  std::atomic<bool> raised_{false};
  std::atomic<int> number_{0};
  int descriptor_ = -1;
};

// What came over the network instead of lying in a file.
struct Received {
  std::string bytes;
  std::string content_type;  // as ReaderOptions has it
  std::string base_url;      // as ReaderOptions has it
  std::string source;        // whose articles these are, whatever they say; empty: what they say
};

// One input, found by expand_inputs() or received.
struct InputFile {
  std::string path;          // "-" is standard input; of something received what it is called
  bool from_folder = false;  // found inside a folder: it may be of no known format
  std::shared_ptr<const Received> received = nullptr;  // null: it is read from the file
};

// Resolves what the user named: files as they are, folders to the files in them (recursive, sorted,
// without hidden ones), patterns with * ? [ ] that name no file themselves to what they match.
// invalid_argument: something named does not exist or a pattern matches nothing.
[[nodiscard]] Result<std::vector<InputFile>> expand_inputs(const std::vector<std::string>& named);

// Bytes of one input. Not thread-safe.
class ByteSource {
 public:
  ByteSource() = default;
  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // Reads up to `size` bytes, at least one; 0 at the end and once `stop` is raised. Returns what
  // has arrived without waiting for more. corrupt: packed bytes are damaged; what came before is
  // good.
  [[nodiscard]] virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;

  // Bytes taken from the file itself so far, packed as they are: for progress.
  [[nodiscard]] virtual std::uint64_t consumed() const = 0;

  // After read() has failed for damage: goes on to where packed data begins anew, if anywhere.
  // False when there is no such place; what follows is read as if it were another file.
  [[nodiscard]] virtual Result<bool> skip_damage() { return false; }
};

// Appends what has arrived to `buffer`, waiting for at least one byte; false at the end.
[[nodiscard]] Result<bool> read_more(ByteSource& source, std::string& buffer);

// Opens a file, or standard input for "-", unpacking it when it is packed. `stop` may be null.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_input(const std::string& path,
                                                             const StopSignal* stop);

// Reads bytes that are there already, as they are. They must outlive it; `stop` may be null.
[[nodiscard]] std::unique_ptr<ByteSource> open_bytes(std::string_view bytes,
                                                     const StopSignal* stop);

// A source whose first bytes can be looked at before they are taken.
class PeekedSource final : public ByteSource {
 public:
  explicit PeekedSource(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

  // At least `size` bytes from the front (at most 64 KiB), fewer only where the input ends.
  [[nodiscard]] Result<std::string_view> peek(std::size_t size);
  // Everything from the first byte that is not blank, as far as it has arrived; empty where the
  // input holds none in its first 64 KiB. A byte order mark counts as blank.
  [[nodiscard]] Result<std::string_view> peek_text();

  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) override;

  [[nodiscard]] std::uint64_t consumed() const override { return source_->consumed(); }

  [[nodiscard]] Result<bool> skip_damage() override { return source_->skip_damage(); }

 private:
  Result<bool> fetch();

  std::unique_ptr<ByteSource> source_;
  std::string head_;
  std::size_t taken_ = 0;
};

// Unpacks gzip (any number of members) or zstd (any number of frames) if the source begins like
// one; otherwise gives the source back as it is.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> unpack(std::unique_ptr<PeekedSource> source);

}  // namespace broadsheet::indexer
