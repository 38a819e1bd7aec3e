// Byte sources for tests of readers: bytes from memory, in pieces of any size.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "indexer/readers/input.h"

namespace broadsheet::tests {

// Gives `bytes` in reads of at most `piece` bytes, and then `error` if there is one.
class MemorySource final : public indexer::ByteSource {
 public:
  explicit MemorySource(std::string bytes, std::size_t piece = 1 << 16U, std::string error = {})
      : bytes_(std::move(bytes)), piece_(piece), error_(std::move(error)) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min({size, piece_, bytes_.size() - at_});
    if (count == 0 && !error_.empty()) return fail(ErrorCode::corrupt, error_);
    bytes_.copy(buffer, count, at_);
    at_ += count;
    return count;
  }

  std::uint64_t consumed() const override { return at_; }

 private:
  std::string bytes_;
  std::size_t piece_;
  std::string error_;
  std::size_t at_ = 0;
};

inline std::unique_ptr<indexer::PeekedSource> source_of(std::string bytes,
                                                        std::size_t piece = 1 << 16U,
                                                        std::string error = {}) {
  return std::make_unique<indexer::PeekedSource>(
      std::make_unique<MemorySource>(std::move(bytes), piece, std::move(error)));
}

}  // namespace broadsheet::tests
