// A stretch is what can be read without a gap. A record's length counts where the next record, or
// the end of its stretch, follows; else the beginning of the next record does.
#include "indexer/readers/warc_records.h"

#include <algorithm>
#include <utility>

#include "indexer/readers/warc_head.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kMaxHeadBytes = std::size_t{64} * 1024;
constexpr std::size_t kFirstLine = 16;  // enough to know a record's first line by

std::size_t line_ends_at(std::string_view text) {
  return std::min(text.find_first_not_of("\r\n"), text.size());
}

}  // namespace

Result<bool> WarcCutter::next(WarcRecord& record) {
  record = {};
  auto found = begin_record(record);
  if (!found || !*found) return found;
  record.number = ++number_;
  if (!record.refusal.empty()) return true;
  auto done = read_record(record);
  if (!done) return pass_on(done.error());
  return true;
}

std::string_view WarcCutter::rest() const {
  return std::string_view(buffer_).substr(begin_);
}

void WarcCutter::drop(std::size_t size) {
  begin_ += size;
  offset_ += size;
}

// Adds to the buffer; false where the stretch ends.
Result<bool> WarcCutter::read_on() {
  if (stretch_ended_) return false;
  buffer_.erase(0, std::exchange(begin_, 0));
  auto more = read_more(*source_, buffer_);
  if (!more && more.error().code != ErrorCode::corrupt) return more;
  stretch_ended_ = !more || !*more;
  is_over_ = more.has_value() && !*more;
  if (!more) damage_ = more.error().message;
  return !stretch_ended_;
}

// Makes sure that so much follows begin_; false where the stretch is shorter.
Result<bool> WarcCutter::fill(std::size_t size) {
  while (buffer_.size() - begin_ < size) {
    auto more = read_on();
    if (!more || !*more) return more;
  }
  return true;
}

// Goes on behind damage; false where nothing follows.
Result<bool> WarcCutter::begin_stretch() {
  if (!damage_.empty()) left_behind_ = std::exchange(damage_, {});
  if (is_over_) return false;
  auto skipped = source_->skip_damage();
  if (!skipped || !*skipped) {
    is_over_ = true;
    return skipped;
  }
  stretch_ended_ = false;
  return true;
}

// Goes on to what is no line end, behind damage too; false where nothing follows.
Result<bool> WarcCutter::pass_over_line_ends() {
  while (true) {
    auto filled = fill(1);
    if (!filled) return filled;
    drop(line_ends_at(rest()));
    if (begin_ < buffer_.size()) return true;
    if (!stretch_ended_) continue;
    auto begun = begin_stretch();
    if (!begun || !*begun) return begun;
  }
}

// Goes to the next record. One that tells of damage comes first, with its refusal.
Result<bool> WarcCutter::begin_record(WarcRecord& record) {
  if (auto passed = pass_over_line_ends(); !passed) return passed;
  record.offset = offset_;
  if (auto filled = fill(kFirstLine); !filled) return filled;
  const bool is_record = begins_warc_record(rest());
  if (!left_behind_.empty() && (is_record || rest().empty())) {
    record.refusal = std::exchange(left_behind_, {});
    return true;
  }
  if (is_record || rest().empty()) return is_record;
  auto done = pass_over_junk(record);
  if (!done) return pass_on(done.error());
  return true;
}

// Reads more of what is no record; false where nothing follows.
Result<bool> WarcCutter::read_junk() {
  auto more = read_on();
  if (!more || *more) return more;
  drop(rest().size());
  // Junk behind damage belongs to it; whatever comes next is looked at anew.
  auto begun = begin_stretch();
  if (!begun || !*begun) return begun;
  if (auto filled = fill(kFirstLine); !filled) return filled;
  return true;
}

Result<void> WarcCutter::pass_over_junk(WarcRecord& record) {
  record.block = rest().substr(0, kMaxHeadBytes);
  const std::uint64_t before = offset_;
  while (true) {
    const std::size_t found = begins_warc_record(rest()) ? 0 : find_warc_record(rest(), 0);
    drop(found != std::string::npos ? found : rest().size() - std::min(rest().size(), kFirstLine));
    if (found != std::string::npos) break;
    auto has_more = read_junk();
    if (!has_more) return pass_on(has_more.error());
    if (!*has_more) break;
  }
  const std::string damage = std::exchange(left_behind_, {});
  record.refusal = std::to_string(offset_ - before) + " bytes that are no WARC record" +
                   (damage.empty() ? "" : ": " + damage);
  return {};
}

Result<void> WarcCutter::read_record(WarcRecord& record) {
  std::size_t head = head_size(rest().substr(0, kMaxHeadBytes));
  while (head == std::string::npos && rest().size() < kMaxHeadBytes) {
    auto more = read_on();
    if (!more) return pass_on(more.error());
    head = head_size(rest().substr(0, kMaxHeadBytes));
    if (!*more) break;
  }
  if (head == std::string::npos) {
    record.block = rest().substr(0, kMaxHeadBytes);
    record.refusal = stretch_ended_ ? why_cut() : "its head has no end";
    drop(1);  // so that the next record is searched behind its first line
    return take_unbounded(record, 0);
  }
  record.head = parse_warc_head(rest().substr(0, head));
  const auto length = parse_length(record.head.value("content-length"));
  if (!length) {
    record.repair = "it has no Content-Length: it was read up to the next record";
    return take_unbounded(record, head);
  }
  if (*length > kMaxWarcRecordBytes) return skip_long(record, head, *length);
  return take_block(record, head, *length);
}

std::string WarcCutter::why_cut() const {
  return "it is cut short: " + (damage_.empty() ? "the archive ends too early" : damage_);
}

// Whether so many bytes are closed as records are, or the next record or the end of the stretch
// follows them.
Result<bool> WarcCutter::ends_at(std::size_t size) {
  auto whole = fill(size);
  if (!whole || !*whole) return whole;
  // Some writers forget a line end, or add one.
  auto filled = fill(size + 8 + kFirstLine);
  if (!filled) return filled;
  const std::string_view behind = rest().substr(size);
  if (behind.starts_with("\r\n\r\n") || behind.starts_with("\n\n")) return true;
  const std::string_view next = behind.substr(line_ends_at(behind));
  return (next.empty() && stretch_ended_) || begins_warc_record(next);
}

// The length is judged by what follows the block.
Result<void> WarcCutter::take_block(WarcRecord& record, std::size_t head, std::uint64_t length) {
  const std::size_t size = head + static_cast<std::size_t>(length);
  auto ends = ends_at(size);
  if (!ends) return pass_on(ends.error());
  if (*ends) {
    record.block = rest().substr(head, length);
    drop(size);
    if (stretch_ended_ && !damage_.empty() && line_ends_at(rest()) == rest().size())
      record.repair = "what it was packed in is damaged at its end";
    return {};
  }
  const bool is_whole = rest().size() >= size;
  auto found = find_record(head - 1);
  if (!found) return pass_on(found.error());
  if (*found != std::string::npos) {
    record.block = without_record_end(rest().substr(head, *found - std::min(*found, head)));
    record.repair = "its Content-Length is wrong: it was read up to the next record";
    drop(*found);
  } else if (is_whole) {
    record.block = rest().substr(head, length);
    drop(size);
  } else {
    record.block = rest().substr(head);
    record.refusal = why_cut();
    damage_.clear();
    drop(rest().size());
  }
  return {};
}

// The next record of the stretch at or behind `from`, within what may be kept; npos without one.
Result<std::size_t> WarcCutter::find_record(std::size_t from) {
  std::size_t looked_at = from;
  while (true) {
    const std::size_t found = find_warc_record(rest(), looked_at);
    if (found != std::string::npos || rest().size() > kMaxWarcRecordBytes + kMaxHeadBytes)
      return found;
    looked_at = std::max(from, rest().size() - std::min(rest().size(), kFirstLine));
    auto more = read_on();
    if (!more) return pass_on(more.error());
    if (!*more) return find_warc_record(rest(), looked_at);
  }
}

// Up to the next record, or to the end of the stretch.
Result<void> WarcCutter::take_unbounded(WarcRecord& record, std::size_t head) {
  auto found = find_record(head == 0 ? 0 : head - 1);
  if (!found) return pass_on(found.error());
  const std::size_t end = std::min(*found, rest().size());
  if (record.refusal.empty()) {
    record.block = without_record_end(rest().substr(head, end - std::min(end, head)));
    // Packed data that breaks off within it would leave half a page.
    if (*found == std::string::npos && !damage_.empty()) record.refusal = why_cut();
    record.is_too_long = *found == std::string::npos && !stretch_ended_;
  }
  if (*found == std::string::npos) damage_.clear();
  drop(end);
  return {};
}

// Passes over a block that is too long to be kept. A record that begins within it ends it: its
// length may be a lie, and nothing can be taken back.
Result<void> WarcCutter::skip_long(WarcRecord& record, std::size_t head, std::uint64_t length) {
  record.is_too_long = true;
  auto filled = fill(head + kMaxHeadBytes);
  if (!filled) return pass_on(filled.error());
  record.block = rest().substr(head, kMaxHeadBytes);
  drop(head - 1);
  std::uint64_t left = length + 1;
  while (true) {
    const std::size_t here = static_cast<std::size_t>(std::min<std::uint64_t>(left, rest().size()));
    const std::size_t found = find_warc_record(rest().substr(0, here), 0);
    const bool is_end = here == left;
    const std::size_t kept = found != std::string::npos || is_end ? 0 : std::min(here, kFirstLine);
    const std::size_t passed = std::min(found, here - kept);
    drop(passed);
    left -= passed;
    if (found != std::string::npos || is_end) return {};
    auto more = read_on();
    if (!more) return pass_on(more.error());
    if (*more) continue;
    drop(rest().size());
    record.refusal = why_cut();
    damage_.clear();
    return {};
  }
}

}  // namespace broadsheet::indexer
