// Cuts a web archive (WARC 0.17 to 1.1, ISO 28500; 0.9 as far as its lengths allow) into records,
// and finds its way again behind damage.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/http_answer.h"
#include "indexer/readers/input.h"

namespace broadsheet::indexer {

// A record over this is not kept; its first 64 KiB tell what it was.
inline constexpr std::size_t kMaxWarcRecordBytes = std::size_t{16} << 20U;

struct WarcRecord {
  HeaderFields head;
  std::string block;         // what the head says it holds; cut off where `is_too_long`
  std::uint64_t number = 0;  // counted from 1, damaged ones too
  std::uint64_t offset = 0;  // of its first byte in the unpacked file
  bool is_too_long = false;
  std::string refusal;  // why it is damaged; empty when it is not
  std::string repair;   // what was mended; empty without
};

class WarcCutter {
 public:
  explicit WarcCutter(std::unique_ptr<PeekedSource> source) : source_(std::move(source)) {}

  // The next record; false at the end. Where a record's length is wrong it ends where the next one
  // begins. Bytes between records that are none come as one refused record. Packed data that is
  // damaged is left behind with the record it cut short; the next whole piece is read on.
  [[nodiscard]] Result<bool> next(WarcRecord& record);

  [[nodiscard]] bool has_buffered() const { return begin_ < buffer_.size(); }

 private:
  [[nodiscard]] Result<bool> begin_record(WarcRecord& record);
  [[nodiscard]] Result<bool> begin_stretch();
  [[nodiscard]] Result<bool> pass_over_line_ends();
  [[nodiscard]] Result<bool> read_junk();
  [[nodiscard]] Result<void> pass_over_junk(WarcRecord& record);
  [[nodiscard]] Result<void> read_record(WarcRecord& record);
  [[nodiscard]] Result<void> take_block(WarcRecord& record, std::size_t head, std::uint64_t length);
  [[nodiscard]] Result<void> take_unbounded(WarcRecord& record, std::size_t head);
  [[nodiscard]] Result<void> skip_long(WarcRecord& record, std::size_t head, std::uint64_t length);
  [[nodiscard]] Result<bool> ends_at(std::size_t size);
  [[nodiscard]] Result<bool> fill(std::size_t size);
  [[nodiscard]] Result<bool> read_on();
  [[nodiscard]] Result<std::size_t> find_record(std::size_t from);
  [[nodiscard]] std::string_view rest() const;
  [[nodiscard]] std::string why_cut() const;
  void drop(std::size_t size);

  std::unique_ptr<PeekedSource> source_;
  std::string buffer_;
  std::size_t begin_ = 0;     // of what was not given out yet
  std::uint64_t offset_ = 0;  // of begin_
  std::uint64_t number_ = 0;
  bool stretch_ended_ = false;  // nothing follows the buffer, or only what is behind damage
  bool is_over_ = false;        // and nothing behind that
  std::string damage_;          // why the stretch ends, until a record has told it
  std::string left_behind_;     // why an earlier one ended that nobody has told
};

}  // namespace broadsheet::indexer
