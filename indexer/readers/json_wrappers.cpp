// Finds the array of articles in an object around it, and the way out behind it.
#include <algorithm>
#include <utility>

#include "indexer/readers/json_outline.h"
#include "indexer/readers/json_text.h"
#include "indexer/readers/json_values.h"

namespace broadsheet::indexer {
namespace {

// So much of an object is looked at to find its array of articles. Further on the first array of
// objects is taken for it.
constexpr std::size_t kOutlineBytes = std::size_t{1} << 20U;

}  // namespace

// Leaves at_ at the first value of the array, if there is one.
Result<JsonValueCutter::Found> JsonValueCutter::open_wrapper() {
  begin_ = at_;
  JsonOutline outline = outline_of(std::string_view(buffer_).substr(begin_), map_.get());
  while (!outline.is_whole && !at_end_ && buffer_.size() - begin_ < kOutlineBytes) {
    const std::size_t before = buffer_.size() - begin_;
    while (!at_end_ && buffer_.size() - begin_ < std::min(2 * before, kOutlineBytes)) {
      if (auto done = refill(); !done) return pass_on(done.error());
    }
    outline = outline_of(std::string_view(buffer_).substr(begin_), map_.get());
  }
  if (outline.articles) {
    at_ = begin_ + outline.articles->at + 1;
    enter(outline.articles->levels);
    return Found::look_again;
  }
  const bool is_article = outline.has_title || outline.has_body || outline.is_whole || at_end_;
  if (is_article) return Found::value;
  auto found = search_array();
  if (!found) return pass_on(found.error());
  return *found ? Found::look_again : Found::nothing;
}

void JsonValueCutter::enter(std::size_t levels) {
  levels_ = levels;
  in_array_ = true;
}

// Goes on to the first array of objects that lies in objects alone; false where the object ends
// without one.
Result<bool> JsonValueCutter::search_array() {
  std::size_t arrays = 0;
  depth_ = 0;
  in_string_ = escaped_ = false;
  previous_ = '\0';
  while (!search_buffer(arrays)) {
    if (at_end_) return false;
    begin_ = at_;
    if (auto done = refill(); !done) return pass_on(done.error());
  }
  return in_array_;
}

// True once the array was entered, or the object ended. `arrays`: how many are open.
bool JsonValueCutter::search_buffer(std::size_t& arrays) {
  while (at_ < buffer_.size()) {
    if (in_string_) {
      in_string_ = !scan_string() && at_ == buffer_.size();
      continue;
    }
    const char c = buffer_[at_];
    if (c == '{' && previous_ == '[' && arrays == 1) {
      enter(depth_ - 1);
      return true;
    }
    ++at_;
    arrays += c == '[' ? 1U : 0U;
    arrays -= c == ']' ? std::min<std::size_t>(arrays, 1) : 0U;
    in_string_ = c == '"';
    if (!is_json_blank(c)) previous_ = c;
    if (closes(c)) return true;
  }
  return false;
}

// Goes behind the object that wrapped the array.
Result<void> JsonValueCutter::leave_wrapper() {
  depth_ = std::exchange(levels_, 0);
  objects_ = ~std::uint64_t{0};
  begin_ = at_;
  in_string_ = escaped_ = false;
  previous_ = '\0';
  while (!scan() && !at_end_) {
    begin_ = at_;
    if (auto done = refill(); !done) return done;
  }
  return {};
}

}  // namespace broadsheet::indexer
