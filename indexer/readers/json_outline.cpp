// One walk over the brackets and names. Only so much of the path is kept as a map can name.
#include "indexer/readers/json_outline.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "indexer/readers/json_text.h"

namespace broadsheet::indexer {
namespace {

// Deeper names are not looked at.
constexpr std::size_t kMaxPath = 16;

// More arrays are not looked at; it bounds what a hostile document costs.
constexpr std::size_t kMaxArrays = 256;

struct Candidate {
  JsonArrayPlace place;
  std::size_t size = 0;
  bool has_title = false;
  bool has_body = false;

  [[nodiscard]] bool tells() const { return has_title || has_body; }
};

std::size_t after_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

class Outline {
 public:
  Outline(std::string_view json, const FieldMap* map) : json_(json), map_(map) {}

  JsonOutline run() {
    for (std::size_t at = 0; at < json_.size() && !out_.is_whole; ++at)
      at = look_at(at);
    if (open_) arrays_.back().size = json_.size() - arrays_.back().place.at;
    choose();
    return out_;
  }

 private:
  // Gives the last byte that belongs to what lies at `at`.
  std::size_t look_at(std::size_t at) {
    switch (json_[at]) {
      case '"':
        return string_at(at);
      case '{':
        open_object();
        break;
      case '[':
        open_array(at);
        break;
      case '}':
      case ']':
        close(at);
        break;
      case '\n':
        line_break(at);
        break;
      default:
        break;
    }
    return at;
  }

  // Damage on a line of its own leaves brackets open, too: then an object follows, not a name.
  void line_break(std::size_t at) {
    const std::size_t next = after_blanks(json_, at);
    if (depth_ == 0 || next == json_.size()) return;
    if (json_[next] != '{' || arrays_open_ > 0) out_.is_spread = true;
  }

  std::size_t string_at(std::size_t at) {
    const std::size_t end = std::min(json_string_end(json_, at), json_.size());
    const std::size_t colon = after_blanks(json_, end + 1);
    if (colon >= json_.size() || json_[colon] != ':') return end;
    const std::size_t value = after_blanks(json_, colon + 1);
    name_ = json_.substr(at + 1, end - at - 1);
    if (value < json_.size() && json_[value] == '"') see_text_member();
    return colon;
  }

  // A member with a text as its value.
  void see_text_member() {
    const bool is_own = arrays_open_ == 0;
    const bool is_first_object = arrays_open_ == 1 && open_ && is_first_;
    if (objects_open_ > kMaxPath || (!is_own && !is_first_object)) return;
    std::string dotted;
    for (std::size_t i = is_own ? 1 : base_; i < path_.size(); ++i)
      dotted.append(path_[i]).append(".");
    dotted.append(name_);
    const Tells tells =
        map_ == nullptr && dotted.size() != name_.size() ? Tells::nothing : told_by(dotted, map_);
    bool& has_title = is_own ? out_.has_title : arrays_.back().has_title;
    bool& has_body = is_own ? out_.has_body : arrays_.back().has_body;
    has_title = has_title || tells == Tells::title;
    has_body = has_body || tells == Tells::body;
  }

  void open_object() {
    ++depth_;
    if (objects_open_++ < kMaxPath) path_.push_back(std::exchange(name_, {}));
  }

  void open_array(std::size_t at) {
    const std::size_t first = after_blanks(json_, at + 1);
    const bool holds_objects = first < json_.size() && json_[first] == '{';
    if (arrays_open_ == 0 && holds_objects && arrays_.size() < kMaxArrays) {
      arrays_.push_back({{at, depth_}});
      open_ = true;
      is_first_ = true;
      base_ = objects_open_ + 1;
    }
    ++depth_;
    ++arrays_open_;
  }

  void close(std::size_t at) {
    if (json_[at] == ']') {
      arrays_open_ -= std::min<std::size_t>(arrays_open_, 1);
      if (arrays_open_ == 0 && open_) arrays_.back().size = at - arrays_.back().place.at;
      if (arrays_open_ == 0) open_ = false;
    } else {
      objects_open_ -= std::min<std::size_t>(objects_open_, 1);
      if (path_.size() > objects_open_) path_.pop_back();
      if (arrays_open_ == 1 && objects_open_ < base_) is_first_ = false;
    }
    depth_ -= std::min<std::size_t>(depth_, 1);
    out_.is_whole = depth_ == 0;
    out_.end = at + 1;
  }

  void choose() {
    if (out_.has_body || arrays_.empty()) return;
    const auto largest =
        std::max_element(arrays_.begin(), arrays_.end(), [](const auto& a, const auto& b) {
          return a.tells() != b.tells() ? b.tells() : a.size < b.size;
        });
    // A title alone is an article whose lists hold no titles; else the list has one, too.
    if (out_.has_title && !largest->has_title) return;
    out_.articles = largest->place;
  }

  std::string_view json_;
  const FieldMap* map_;
  JsonOutline out_;
  std::vector<std::string_view> path_;  // names of the objects that are open
  std::string_view name_;
  std::vector<Candidate> arrays_;
  bool open_ = false;      // the last of them
  bool is_first_ = false;  // in its first object
  std::size_t base_ = 0;   // objects open within one of its objects
  std::size_t depth_ = 0;
  std::size_t arrays_open_ = 0;
  std::size_t objects_open_ = 0;
};

}  // namespace

JsonOutline outline_of(std::string_view json, const FieldMap* map) {
  return Outline(json, map).run();
}

}  // namespace broadsheet::indexer
