// Only brackets and quotes are looked at; the state of the scan outlives the buffer.
#include "indexer/readers/json_values.h"

#include <algorithm>

namespace broadsheet::indexer {
namespace {

bool is_between_values(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',';
}

// A value without brackets ends with its line or its element.
bool ends_bare_value(char c) {
  return c == ',' || c == '\n' || c == ']';
}

}  // namespace

Result<bool> JsonValueCutter::next(RawRecord& record) {
  auto found = find_begin();
  if (!found) return pass_on(found.error());
  if (!*found) return false;
  begin_ = at_;
  depth_ = 0;
  in_string_ = escaped_ = false;
  record = {};
  record.offset = offset_ + begin_;
  while (!scan() && !at_end_) {
    drop_overlong();
    if (auto done = refill(); !done) return pass_on(done.error());
  }
  give(record);
  return true;
}

// Goes to the first byte of a value.
Result<bool> JsonValueCutter::find_begin() {
  while (true) {
    while (at_ < buffer_.size() && is_passed_over(buffer_[at_]))
      ++at_;
    if (at_ < buffer_.size()) return true;
    if (at_end_) return false;
    begin_ = at_;
    if (auto done = refill(); !done) return pass_on(done.error());
  }
}

// What stands between values; the brackets of the array around all of them are no value.
bool JsonValueCutter::is_passed_over(char c) {
  const bool opens = c == '[' && number_ == 0 && !in_array_;
  if (opens) in_array_ = true;
  return opens || (c == ']' && in_array_) || is_between_values(c);
}

// Looks on from at_; true when the value ends before it.
bool JsonValueCutter::scan() {
  while (at_ < buffer_.size()) {
    if (in_string_) {
      scan_string();
      continue;
    }
    const char c = buffer_[at_];
    if (at_ > begin_ && depth_ == 0 && ends_bare_value(c)) return true;
    ++at_;
    in_string_ = c == '"';
    if (c == '{' || c == '[') ++depth_;
    if ((c == '}' || c == ']') && (depth_ == 0 || --depth_ == 0)) return true;
  }
  return false;
}

void JsonValueCutter::scan_string() {
  for (; at_ < buffer_.size(); ++at_) {
    const char c = buffer_[at_];
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      ++at_;
      return;
    }
  }
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
