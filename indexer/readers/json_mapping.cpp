// A record of the input shape is built of the values that rules name; the rest is kept in extra.
#include "indexer/readers/json_mapping.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

#include "indexer/readers/json_article.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;

// One step down: a member, or an element of a list by its number from 0.
Json* step_into(Json& value, const std::string& step) {
  if (value.is_object()) {
    const auto found = value.find(step);
    return found == value.end() ? nullptr : &*found;
  }
  std::size_t number = 0;
  const char* end = step.data() + step.size();
  const bool is_number = std::from_chars(step.data(), end, number).ptr == end && !step.empty();
  return value.is_array() && is_number && number < value.size() ? &value[number] : nullptr;
}

// A member of that very name wins over a path: columns may have dots in their names.
Json* find_path(Json& record, const std::string& path) {
  if (const auto found = record.find(path); found != record.end()) return &*found;
  Json* at = &record;
  std::size_t begin = 0;
  while (at != nullptr) {
    const std::size_t dot = path.find('.', begin);
    at = step_into(*at, path.substr(begin, dot - begin));
    if (dot == std::string::npos) return at;
    begin = dot + 1;
  }
  return nullptr;
}

// Takes a value out, and objects that are empty without it.
void erase_path(Json& record, const std::string& path) {
  if (record.erase(path) > 0) return;
  const std::size_t dot = path.rfind('.');
  if (dot == std::string::npos) return;
  const std::string above = path.substr(0, dot);
  Json* holder = find_path(record, above);
  if (holder == nullptr || !holder->is_object()) return;
  holder->erase(path.substr(dot + 1));
  if (holder->empty()) erase_path(record, above);
}

bool says_nothing(const Json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().empty();
  return value.is_null() || (value.is_structured() && value.empty());
}

// Only some fields are made of lists and objects; a synonym that holds one means something else.
bool can_mean(std::string_view target, std::string_view name, const Json& value) {
  constexpr std::array<std::string_view, 5> kStructured = {
      "author", "tags", "image", "source", "access"};
  if (!value.is_structured() || target == name) return true;
  return std::find(kStructured.begin(), kStructured.end(), target) != kStructured.end();
}

void append(Json& all, const Json& more, std::string_view between) {
  if (all.is_array() || more.is_array()) {
    if (!all.is_array()) all = all.is_null() ? Json::array() : Json::array({all});
    if (!more.is_array()) return all.push_back(more);
    all.insert(all.end(), more.begin(), more.end());
  } else if (all.is_null()) {
    all = more;
  } else if (all.is_string() && more.is_string()) {
    all.get_ref<std::string&>().append(between).append(more.get_ref<const std::string&>());
  }
}

class Mapping {
 public:
  explicit Mapping(Json& record) : record_(record) {}

  void apply(const FieldRule& rule) {
    Json value = rule.use == SourceUse::joined ? all_of(rule) : first_of(rule);
    if (value.is_null()) return;
    const std::size_t dot = rule.target.find('.');
    if (dot == std::string::npos) {
      shaped_[rule.target] = std::move(value);
    } else {
      shaped_[rule.target.substr(0, dot)][rule.target.substr(dot + 1)] = std::move(value);
    }
  }

  // Gives the record in the input shape; what is left in the one given was not taken.
  Json finish() {
    for (const std::string& path : used_)
      erase_path(record_, path);
    return std::move(shaped_);
  }

 private:
  // Where all say nothing, the last one still counts as said: access for nobody is no free access.
  Json first_of(const FieldRule& rule) {
    const std::string* said = nullptr;
    for (const std::string& source : rule.sources) {
      const Json* value = find_path(record_, source);
      if (value == nullptr || value->is_null()) continue;
      said = &source;
      if (!says_nothing(*value)) break;
    }
    if (said == nullptr) return nullptr;
    used_.push_back(*said);
    return *find_path(record_, *said);
  }

  Json all_of(const FieldRule& rule) {
    const bool is_text = rule.target.starts_with("body") || rule.target == "summary";
    Json all;
    for (const std::string& source : rule.sources) {
      const Json* value = find_path(record_, source);
      if (value == nullptr || says_nothing(*value)) continue;
      append(all, *value, is_text ? "\n\n" : " ");
      used_.push_back(source);
    }
    return all;
  }

  Json& record_;
  Json shaped_ = Json::object();
  std::vector<std::string> used_;
};

FieldMap map_by_names(const Json& record) {
  std::vector<std::string> names;
  for (const auto& [name, value] : record.items()) {
    if (!value.is_null() && can_mean(known_name(name).target, name, value)) names.push_back(name);
  }
  return map_of_names(names);
}

// Tags that a text about tags would hardly have: exports of content systems are full of them.
bool is_markup(std::string_view text) {
  for (const std::string_view tag : {"</p>", "<br>", "<br/>", "<br />", "</div>", "</a>"}) {
    if (text.find(tag) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void take_mapped(nlohmann::json& object, const FieldMap* map, RawArticle& raw) {
  const FieldMap by_names = map == nullptr ? map_by_names(object) : FieldMap();
  Mapping mapping(object);
  for (const FieldRule& rule : map == nullptr ? by_names.rules : map->rules)
    mapping.apply(rule);
  Json shaped = mapping.finish();
  if (map == nullptr) {
    // Our own exports have their extra members in an object of that name.
    if (const auto extra = object.find("extra"); extra != object.end()) {
      shaped["extra"] = std::move(*extra);
      object.erase(extra);
    }
  }
  take_members(shaped, raw);
  for (const auto& [name, value] : object.items()) {
    if (value.is_null()) continue;
    raw.extra.emplace_back(name, value.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  if (raw.body && !raw.body_html && is_markup(*raw.body)) {
    raw.body_html = std::move(raw.body);
    raw.body.reset();
  }
}

}  // namespace broadsheet::indexer
