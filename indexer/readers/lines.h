// Cuts a byte source into lines of bounded length.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

class LineCutter {
 public:
  LineCutter(std::unique_ptr<PeekedSource> source, std::size_t max_bytes)
      : source_(std::move(source)), max_bytes_(max_bytes) {}

  // The next line that is not blank, without its line end and without a byte order mark in front of
  // the first one. A line over the limit comes as a refusal with its first 64 KiB. False at the
  // end.
  [[nodiscard]] Result<bool> next(RawRecord& record);

  // Whether a whole line lies in the buffer.
  [[nodiscard]] bool has_buffered() const;

 private:
  enum class Cut { line, blank, need_input };
  Cut cut(RawRecord& record);
  Cut finish(RawRecord& record, std::size_t size, std::size_t with_end);
  [[nodiscard]] Result<void> refill();

  std::unique_ptr<PeekedSource> source_;
  std::size_t max_bytes_;
  std::string buffer_;
  std::size_t begin_ = 0;      // of the line being read
  std::size_t searched_ = 0;   // no line end before this
  std::uint64_t offset_ = 0;   // of begin_ in the input
  std::uint64_t line_ = 0;     // lines seen, blank ones too
  std::uint64_t dropped_ = 0;  // bytes of an overlong line thrown away already
  std::string overlong_;       // its beginning
  bool at_end_ = false;
};

}  // namespace broadsheet::indexer
