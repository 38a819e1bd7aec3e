// Cuts a byte source into rows of CSV (RFC 4180), which may lie over several lines.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// The delimiter of a table by its first line: of comma, semicolon, tab and bar the one that stands
// there most often outside quotes. '\0' when there is none.
[[nodiscard]] char csv_delimiter(std::string_view line);

// The cells of a row without their quotes. No more than `most`: what follows then comes as one.
[[nodiscard]] std::vector<std::string> csv_cells(std::string_view row,
                                                 char delimiter,
                                                 std::size_t most);

class CsvCutter {
 public:
  CsvCutter(std::unique_ptr<PeekedSource> source, std::size_t max_bytes)
      : source_(std::move(source)), max_bytes_(max_bytes) {}

  // The next row that is not blank, numbered by its first line. A row that is too long, or whose
  // quote is never closed within the limit, comes as a refusal; then the line behind its first is
  // the next to be read. False at the end.
  [[nodiscard]] Result<bool> next(RawRecord& record);

  // Whether a row can lie in the buffer.
  [[nodiscard]] bool has_buffered() const { return buffer_.find('\n', at_) != std::string::npos; }

  // Known once the first row was cut.
  [[nodiscard]] char delimiter() const { return delimiter_; }

 private:
  enum class State { cell_begins, plain, quoted, quote_in_quoted };
  enum class Cut { row, blank, broken, need_input };
  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<Cut> find_row();
  [[nodiscard]] Cut scan();
  bool step(char c);
  bool step_behind_quote(char c);
  void refuse_first_line(RawRecord& record);
  [[nodiscard]] Result<void> drop_line(RawRecord& record);
  void give(RawRecord& record, std::size_t size);
  [[nodiscard]] Result<void> refill();

  std::unique_ptr<PeekedSource> source_;
  std::size_t max_bytes_;
  char delimiter_ = '\0';
  std::string buffer_;
  std::size_t begin_ = 0;      // of the row being read
  std::size_t at_ = 0;         // everything before was looked at
  std::size_t line_end_ = 0;   // of the first line of the row, once it has more than one
  std::size_t cell_line_ = 0;  // line ends within the cell being read
  State state_ = State::cell_begins;
  std::uint64_t offset_ = 0;  // of the buffer in the input
  std::uint64_t line_ = 1;    // of begin_
  bool has_begun_ = false;
  bool at_end_ = false;
};

}  // namespace broadsheet::indexer
