// Cuts a byte source into JSON values: one after another, the elements of one array, or those of an
// array that an object wraps.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "indexer/readers/field_map.h"
#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"

namespace broadsheet::indexer {

// What becomes of an object at the top that is no article but holds an array of them.
enum class JsonWrappers {
  are_values,  // it is a value like others
  are_opened   // the elements of the array are the values (json_outline.h)
};

class JsonValueCutter {
 public:
  JsonValueCutter(std::unique_ptr<PeekedSource> source,
                  std::size_t max_bytes,
                  JsonWrappers wrappers = JsonWrappers::are_values,
                  std::shared_ptr<const FieldMap> map = nullptr)
      : source_(std::move(source)),
        max_bytes_(max_bytes),
        wrappers_(wrappers),
        map_(std::move(map)) {}

  // The next value, cut by its brackets alone: whether it is JSON is seen when it is read. One over
  // the limit comes as a refusal with its first 64 KiB, one that the input cuts short as it is.
  // Where a bracket or a quote was never closed, the value ends where the next object must begin.
  // False at the end. corrupt: an opened array is cut short between two values.
  [[nodiscard]] Result<bool> next(RawRecord& record);

  // Whether a value can lie in the buffer.
  [[nodiscard]] bool has_buffered() const { return at_ < buffer_.size(); }

 private:
  enum class Found { value, nothing, look_again };
  [[nodiscard]] Result<bool> find_begin();
  [[nodiscard]] Result<bool> end_of_input();
  [[nodiscard]] Result<bool> pass_over_blanks();
  [[nodiscard]] Result<Found> open_wrapper();
  [[nodiscard]] Result<bool> search_array();
  [[nodiscard]] bool search_buffer(std::size_t& arrays);
  [[nodiscard]] Result<void> leave_wrapper();
  [[nodiscard]] Result<void> scan_value();
  [[nodiscard]] Result<bool> cut(RawRecord& record);
  void enter(std::size_t levels);
  bool is_passed_over(char c);
  bool scan();
  bool scan_string();
  bool closes(char c);
  [[nodiscard]] bool lost_bracket(char c) const;
  void drop_overlong();
  void give(RawRecord& record);
  [[nodiscard]] Result<void> refill();

  std::unique_ptr<PeekedSource> source_;
  std::size_t max_bytes_;
  JsonWrappers wrappers_;
  std::shared_ptr<const FieldMap> map_;
  std::string buffer_;
  std::size_t begin_ = 0;     // of the value being read
  std::size_t at_ = 0;        // everything before was looked at
  std::uint64_t offset_ = 0;  // of the buffer in the input
  std::uint64_t number_ = 0;
  std::size_t depth_ = 0;
  std::uint64_t objects_ = 0;  // bit n: the bracket open at depth n + 1 is a brace
  char previous_ = '\0';       // the last byte outside strings that is not blank
  bool in_string_ = false;
  bool escaped_ = false;
  bool begins_line_ = false;  // only blanks since a line break within a string
  bool in_array_ = false;
  std::size_t levels_ = 0;  // brackets open around the array
  bool is_cut_short_ = false;
  bool at_end_ = false;
  std::string overlong_;  // the beginning of a value too long to be kept
};

}  // namespace broadsheet::indexer
