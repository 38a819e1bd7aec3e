// English bylines; other languages write commas too, and their "and" stays in the name.
#include "indexer/normalize/authors.h"

#include <algorithm>
#include <array>

namespace broadsheet::indexer {
namespace {

constexpr std::array<std::string_view, 8> kSuffixes = {
    "jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "ph.d."};

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Drops an "and" that no name follows.
void drop_last_and(std::string_view& text) {
  constexpr std::string_view kAnd = " and";
  if (lowered(text).ends_with(kAnd)) text = trimmed(text.substr(0, text.size() - kAnd.size()));
}

// Drops `word` and the blank behind it from the front.
void drop_word(std::string_view& text, std::string_view word) {
  if (text.size() > word.size() && text[word.size()] == ' ' &&
      lowered(text.substr(0, word.size())) == word) {
    text = trimmed(text.substr(word.size()));
  }
}

bool is_suffix(std::string_view text) {
  const std::string small = lowered(text);
  return std::find(kSuffixes.begin(), kSuffixes.end(), small) != kSuffixes.end();
}

// Where a name ends, and how long what parts it from the next one is.
struct Break {
  std::size_t at;
  std::size_t size;
};

// Finds one break after the other. Each kind is searched for again only once it is passed, so that
// the whole byline is looked at once.
class Breaks {
 public:
  explicit Breaks(std::string_view byline) : small_(lowered(byline)) {}

  // The first break at or behind `from`, which never goes back.
  Break next(std::size_t from) {
    constexpr std::string_view kAnd = " and ";
    if (mark_ < from || from == 0) mark_ = small_.find_first_of(",;", from);
    if (word_ < from || from == 0) word_ = small_.find(kAnd, from);
    if (word_ < mark_) return {word_, kAnd.size()};
    if (mark_ != std::string::npos) return {mark_, 1};
    return {small_.size(), 0};
  }

 private:
  std::string small_;
  std::size_t mark_ = 0;  // a comma or semicolon
  std::size_t word_ = 0;  // an "and"
};

}  // namespace

std::vector<std::string> split_byline(std::string_view byline) {
  std::vector<std::string> names;
  byline = trimmed(byline);
  drop_word(byline, "by");
  Breaks breaks(byline);
  std::size_t from = 0;
  while (from < byline.size()) {
    const Break end = breaks.next(from);
    std::string_view name = trimmed(byline.substr(from, end.at - from));
    drop_word(name, "and");
    drop_last_and(name);
    from = end.at + std::max<std::size_t>(end.size, 1);
    if (end.size > 1) --from;  // the blank behind "and" may stand before another one
    if (name.empty() || lowered(name) == "and") continue;
    if (is_suffix(name) && !names.empty()) {
      names.back().append(", ").append(name);
    } else {
      names.emplace_back(name);
    }
  }
  return names;
}

}  // namespace broadsheet::indexer
