// One growing buffer; what was handed out is dropped from its front only when room is needed.
#include "indexer/readers/lines.h"

#include <cstring>

namespace broadsheet::indexer {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

bool LineCutter::has_buffered() const {
  return buffer_.find('\n', searched_) != std::string::npos;
}

Result<bool> LineCutter::next(RawRecord& record) {
  while (true) {
    const Cut found = cut(record);
    if (found == Cut::line) return true;
    if (found == Cut::blank) continue;
    if (at_end_) return false;
    if (auto done = refill(); !done) return pass_on(done.error());
  }
}

LineCutter::Cut LineCutter::cut(RawRecord& record) {
  if (const std::size_t end = buffer_.find('\n', searched_); end != std::string::npos) {
    return finish(record, end - begin_, end - begin_ + 1);
  }
  searched_ = buffer_.size();
  const std::size_t size = buffer_.size() - begin_;
  if (at_end_ && size + dropped_ > 0) return finish(record, size, size);
  if (size > max_bytes_) {
    if (dropped_ == 0) overlong_ = buffer_.substr(begin_, kShownOfRefused);
    dropped_ += size;
    begin_ = searched_;
  }
  return Cut::need_input;
}

// The line of `size` bytes at begin_ is whole; `with_end` counts its line end too.
LineCutter::Cut LineCutter::finish(RawRecord& record, std::size_t size, std::size_t with_end) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::string_view line(buffer_.data() + begin_, size);
  ++line_;
  if (line_ == 1 && line.starts_with(kMark)) line.remove_prefix(kMark.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  const bool overlong = dropped_ > 0 || line.size() > max_bytes_;
  const bool blank = !overlong && is_blank(line);
  if (!blank) {
    record.number = line_;
    record.offset = offset_;
    record.text = dropped_ > 0 ? std::move(overlong_) : std::string(line);
    record.refusal.clear();
  }
  if (overlong) {
    record.text.resize(std::min(record.text.size(), kShownOfRefused));
    record.refusal = "the line is longer than " + std::to_string(max_bytes_ >> 20U) + " MiB";
  }
  offset_ += dropped_ + with_end;
  begin_ += with_end;
  searched_ = begin_;
  dropped_ = 0;
  overlong_.clear();
  return blank ? Cut::blank : Cut::line;
}

Result<void> LineCutter::refill() {
  buffer_.erase(0, begin_);
  searched_ -= begin_;
  begin_ = 0;
  auto more = read_more(*source_, buffer_);
  if (!more) return pass_on(more.error());
  at_end_ = !*more;
  return {};
}

}  // namespace broadsheet::indexer
