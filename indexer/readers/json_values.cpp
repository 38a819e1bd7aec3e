// Only brackets and quotes are looked at; the state of the scan outlives the buffer.
#include "indexer/readers/json_values.h"

#include <algorithm>

#include "indexer/readers/json_text.h"

namespace broadsheet::indexer {
namespace {

bool is_between_values(char c) {
  return is_json_blank(c) || c == ',';
}

// A value without brackets ends with its line or its element.
bool ends_bare_value(char c) {
  return c == ',' || c == '\n' || c == ']';
}

}  // namespace

Result<bool> JsonValueCutter::next(RawRecord& record) {
  while (true) {
    auto found = find_begin();
    if (!found) return pass_on(found.error());
    if (!*found) return false;
    const bool may_wrap = wrappers_ == JsonWrappers::are_opened && !in_array_;
    if (!may_wrap || buffer_[at_] != '{') return cut(record);
    auto opened = open_wrapper();
    if (!opened) return pass_on(opened.error());
    if (*opened == Found::value) return cut(record);
    if (*opened == Found::look_again) continue;
    record = {};
    record.number = ++number_;
    record.offset = offset_ + begin_;
    record.refusal = "an object without a title or a text, and without an array of articles";
    return true;
  }
}

Result<bool> JsonValueCutter::cut(RawRecord& record) {
  begin_ = at_;
  record = {};
  record.offset = offset_ + begin_;
  depth_ = 0;
  if (auto done = scan_value(); !done) return pass_on(done.error());
  give(record);
  return true;
}

// Looks on from at_ until depth_ brackets, and those opened meanwhile, are closed.
Result<void> JsonValueCutter::scan_value() {
  in_string_ = escaped_ = begins_line_ = is_cut_short_ = false;
  previous_ = '\0';
  while (!scan()) {
    if (at_end_) {
      is_cut_short_ = depth_ > 0 || in_string_;
      return {};
    }
    drop_overlong();
    if (auto done = refill(); !done) return done;
  }
  return {};
}

// Goes to the first byte of a value; false at the end.
Result<bool> JsonValueCutter::find_begin() {
  while (true) {
    auto more = pass_over_blanks();
    if (!more) return more;
    if (!*more) return end_of_input();
    // Behind the array of a wrapper a value follows only where a bracket too many closed it.
    if (levels_ > 0 && buffer_[at_] == '{') in_array_ = true;
    if (in_array_ || levels_ == 0) return true;
    if (auto done = leave_wrapper(); !done) return pass_on(done.error());
  }
}

// Always false, unless an array is still open; that is told once, and not behind a value that shows
// it.
Result<bool> JsonValueCutter::end_of_input() {
  const bool is_open = wrappers_ == JsonWrappers::are_opened && in_array_;
  if (!is_open || is_cut_short_) return false;
  is_cut_short_ = true;
  return fail(ErrorCode::corrupt, "the JSON ends too early: its array is never closed");
}

Result<bool> JsonValueCutter::pass_over_blanks() {
  while (true) {
    while (at_ < buffer_.size() && is_passed_over(buffer_[at_]))
      ++at_;
    if (at_ < buffer_.size()) return true;
    if (at_end_) return false;
    begin_ = at_;
    if (auto done = refill(); !done) return pass_on(done.error());
  }
}

// What stands between values; the brackets of the array around all of them are no value, and
// neither is a byte order mark in front.
bool JsonValueCutter::is_passed_over(char c) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (offset_ + at_ < kMark.size() && c == kMark[offset_ + at_]) return true;
  const bool one_array = wrappers_ == JsonWrappers::are_values;
  const bool opens = c == '[' && !in_array_ && (one_array ? number_ == 0 : levels_ == 0);
  if (opens) in_array_ = true;
  if (c == ']' && in_array_) {
    in_array_ = one_array;
    return true;
  }
  return opens || is_between_values(c);
}

// Looks on from at_; true when the value ends before it.
bool JsonValueCutter::scan() {
  while (at_ < buffer_.size()) {
    if (in_string_) {
      if (!scan_string()) return at_ < buffer_.size();
      continue;
    }
    const char c = buffer_[at_];
    if (at_ > begin_ && depth_ == 0 && ends_bare_value(c)) return true;
    if (lost_bracket(c)) return true;
    ++at_;
    in_string_ = c == '"';
    if (!is_json_blank(c)) previous_ = c;
    if (closes(c)) return true;
  }
  return false;
}

// Counts a bracket; true when it closes the last one, or one that never was open.
bool JsonValueCutter::closes(char c) {
  if (c == '{' || c == '[') {
    const std::uint64_t bit = depth_ < 64 ? std::uint64_t{1} << depth_ : 0;
    objects_ = c == '{' ? objects_ | bit : objects_ & ~bit;
    ++depth_;
  }
  return (c == '}' || c == ']') && (depth_ == 0 || --depth_ == 0);
}

// A brace behind a comma within an object: no name begins like that, the next value does.
bool JsonValueCutter::lost_bracket(char c) const {
  return c == '{' && previous_ == ',' && depth_ > 0 && depth_ <= 64 &&
         (objects_ >> (depth_ - 1) & 1U) != 0;
}

// Goes behind the closing quote; false where the buffer ends before it, or where a line begins with
// a brace: such a string was never closed, and at_ is at the brace.
bool JsonValueCutter::scan_string() {
  for (; at_ < buffer_.size(); ++at_) {
    const char c = buffer_[at_];
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = begins_line_ = false;
      ++at_;
      return true;
    } else if (c == '{' && begins_line_) {
      return false;
    }
    begins_line_ = c == '\n' || (begins_line_ && is_json_blank(c));
  }
  return false;
}

void JsonValueCutter::drop_overlong() {
  if (at_ - begin_ <= max_bytes_) return;
  if (overlong_.empty()) overlong_ = buffer_.substr(begin_, kShownOfRefused);
  begin_ = at_;
}

void JsonValueCutter::give(RawRecord& record) {
  record.number = ++number_;
  if (overlong_.empty() && at_ - begin_ <= max_bytes_) {
    record.text = buffer_.substr(begin_, at_ - begin_);
    return;
  }
  record.text = overlong_.empty() ? buffer_.substr(begin_, kShownOfRefused) : std::move(overlong_);
  record.refusal = "it is longer than " + std::to_string(max_bytes_ >> 20U) + " MiB";
  overlong_.clear();
}

Result<void> JsonValueCutter::refill() {
  buffer_.erase(0, begin_);
  offset_ += begin_;
  at_ -= begin_;
  begin_ = 0;
  auto more = read_more(*source_, buffer_);
  if (!more) return pass_on(more.error());
  at_end_ = !*more;
  return {};
}

}  // namespace broadsheet::indexer
