// Cuts a byte source into JSON values: one after another, or the elements of one array.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

class JsonValueCutter {
 public:
  JsonValueCutter(std::unique_ptr<PeekedSource> source, std::size_t max_bytes)
      : source_(std::move(source)), max_bytes_(max_bytes) {}

  // The next value, cut by its brackets alone: whether it is JSON is seen when it is read. One over
  // the limit comes as a refusal with its first 64 KiB, one that the input cuts short as it is.
  // False at the end.
  [[nodiscard]] Result<bool> next(RawRecord& record);

  // Whether a value can lie in the buffer.
  [[nodiscard]] bool has_buffered() const { return at_ < buffer_.size(); }

 private:
  [[nodiscard]] Result<bool> find_begin();
  bool is_passed_over(char c);
  bool scan();
  void scan_string();
  void drop_overlong();
  void give(RawRecord& record);
  [[nodiscard]] Result<void> refill();

  std::unique_ptr<PeekedSource> source_;
  std::size_t max_bytes_;
  std::string buffer_;
  std::size_t begin_ = 0;     // of the value being read
  std::size_t at_ = 0;        // everything before was looked at
  std::uint64_t offset_ = 0;  // of the buffer in the input
  std::uint64_t number_ = 0;
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool in_array_ = false;
  bool at_end_ = false;
  std::string overlong_;  // the beginning of a value too long to be kept
};

}  // namespace broadsheet::indexer
