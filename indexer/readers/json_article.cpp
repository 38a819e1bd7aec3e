// The JSON of one article, member by member. The table below is the list of members
// of the input shape; whatever is not in it goes to `extra` as it is.
#include "indexer/readers/json_article.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "indexer/readers/json_mapping.h"
#include "indexer/readers/json_record.h"
#include "indexer/readers/json_text.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;
using Text = std::optional<std::string>;
using Texts = std::vector<std::string>;

std::string json_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// What a member of an unexpected type held is not lost: it goes to extra.
void set_aside(RawArticle& raw, std::string_view name, const Json& value) {
  raw.repairs.push_back(std::string(name) + " has an unexpected type");
  raw.extra.emplace_back(name, json_text(value));
}

// Text, or a number as text; empty for other types.
Text text_of(Json& value) {
  if (value.is_string()) return std::move(value.get_ref<std::string&>());
  if (value.is_number()) return json_text(value);
  return std::nullopt;
}

template <Text RawArticle::*member>
void take_text(RawArticle& raw, std::string_view name, Json& value) {
  raw.*member = text_of(value);
  if (!(raw.*member)) set_aside(raw, name, value);
}

// Title and body make the article: anything but text in them means that the record is not
// understood.
template <Text RawArticle::*member>
void take_required_text(RawArticle& raw, std::string_view name, Json& value) {
  if (value.is_string()) {
    raw.*member = text_of(value);
  } else {
    raw.refusal = std::string(name) + " is not a text";
  }
}

void take_id(RawArticle& raw, std::string_view /*name*/, Json& value) {
  if (value.is_string() || value.is_number_integer()) {
    raw.id = text_of(value);
  } else {
    raw.refusal = "id is neither a text nor an integer";
  }
}

// A list of texts; objects count by their name, as many writers put people and subjects.
Texts texts_of(RawArticle& raw, std::string_view name, Json& list) {
  Texts texts;
  for (Json& value : list) {
    Json& named = value.is_object() && value.contains("name") ? value["name"] : value;
    if (Text text = text_of(named)) {
      texts.push_back(*std::move(text));
    } else if (!value.is_null()) {
      raw.repairs.push_back(std::string(name) + " holds a value of an unexpected type");
    }
  }
  return texts;
}

void take_author(RawArticle& raw, std::string_view name, Json& value) {
  if (value.is_string()) {
    raw.byline = text_of(value);
  } else if (value.is_array()) {
    raw.authors = texts_of(raw, name, value);
  } else if (value.is_object()) {
    Json list = Json::array({std::move(value)});
    raw.authors = texts_of(raw, name, list);
  } else {
    set_aside(raw, name, value);
  }
}

void take_tags(RawArticle& raw, std::string_view name, Json& value) {
  if (value.is_array()) {
    raw.tags = texts_of(raw, name, value);
  } else if (Text text = text_of(value)) {
    raw.tags = {*std::move(text)};
  } else {
    set_aside(raw, name, value);
  }
}

void take_access(RawArticle& raw, std::string_view name, Json& value) {
  if (value.is_array()) {
    raw.access = texts_of(raw, name, value);
  } else if (Text text = text_of(value)) {
    raw.access = Texts{*std::move(text)};
  } else {
    raw.access = Texts{};  // unreadable is not public: normalize/ withholds it
    set_aside(raw, name, value);
  }
}

// Takes one member out of an object, as text; absent when it is missing, null or of another type.
Text take_from(Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return std::nullopt;
  Text text = text_of(*found);
  if (text || found->is_null()) object.erase(found);
  return text;
}

// What nobody took out of an object goes to extra.
void keep_rest(RawArticle& raw, std::string_view name, const Json& object) {
  if (object.empty()) return;
  raw.repairs.push_back(std::string(name) + " has members that are not known: kept in extra");
  raw.extra.emplace_back(name, json_text(object));
}

void take_source(RawArticle& raw, std::string_view name, Json& value) {
  if (value.is_object()) {
    raw.source_id = take_from(value, "id");
    raw.source_name = take_from(value, "name");
    keep_rest(raw, name, value);
  } else if (Text text = text_of(value)) {
    raw.source_name = std::move(text);
  } else {
    set_aside(raw, name, value);
  }
}

void take_image(RawArticle& raw, std::string_view name, Json& value) {
  if (value.is_object()) {
    raw.image_url = take_from(value, "url");
    raw.image_alt = take_from(value, "alt");
    raw.image_credit = take_from(value, "credit");
    raw.image_width = take_from(value, "width");
    raw.image_height = take_from(value, "height");
    keep_rest(raw, name, value);
  } else if (value.is_string()) {
    raw.image_url = text_of(value);
  } else {
    set_aside(raw, name, value);
  }
}

void take_extra(RawArticle& raw, std::string_view name, Json& value) {
  if (!value.is_object()) return set_aside(raw, name, value);
  for (const auto& [key, member] : value.items()) {
    raw.extra.emplace_back(key, json_text(member));
    if (key == "original_id" && member.is_string()) raw.original_id = member.get<std::string>();
  }
}

struct Member {
  std::string_view name;
  void (*take)(RawArticle& raw, std::string_view name, Json& value);
};

constexpr std::array kMembers = {
    Member{"id", take_id},
    Member{"url", take_text<&RawArticle::url>},
    Member{"title", take_required_text<&RawArticle::title>},
    Member{"body", take_required_text<&RawArticle::body>},
    Member{"body_html", take_text<&RawArticle::body_html>},
    Member{"summary", take_text<&RawArticle::summary>},
    Member{"published", take_text<&RawArticle::published>},
    Member{"updated", take_text<&RawArticle::updated>},
    Member{"source", take_source},
    Member{"author", take_author},
    Member{"section", take_text<&RawArticle::section>},
    Member{"kicker", take_text<&RawArticle::kicker>},
    Member{"genre", take_text<&RawArticle::genre>},
    Member{"language", take_text<&RawArticle::language>},
    Member{"tags", take_tags},
    Member{"image", take_image},
    Member{"status", take_text<&RawArticle::status>},
    Member{"embargoed_until", take_text<&RawArticle::embargoed_until>},
    Member{"expires", take_text<&RawArticle::expires>},
    Member{"correction", take_text<&RawArticle::correction>},
    Member{"access", take_access},
    Member{"prompt", take_text<&RawArticle::prompt>},
    Member{"extra", take_extra},
    Member{"summary_from", take_text<&RawArticle::summary_from>},
    Member{"kicker_from", take_text<&RawArticle::kicker_from>},
    Member{"language_confidence", take_text<&RawArticle::language_confidence>},
};

void take_member(RawArticle& raw, const std::string& name, Json& value) {
  const auto* known = std::find_if(
      kMembers.begin(), kMembers.end(), [&](const Member& member) { return member.name == name; });
  if (known == kMembers.end()) {
    raw.extra.emplace_back(name, json_text(value));
  } else if (!value.is_null()) {
    known->take(raw, name, value);
  }
}

// An integer of more than 64 bits was read as a fraction: an id needs its digits.
void restore_long_integer(Json& record, std::string_view line, const std::string& name) {
  const auto found = record.find(name);
  if (found == record.end() || !found->is_number_float()) return;
  const std::string_view digits = integer_member(line, name);
  if (!digits.empty()) *found = std::string(digits);
}

void restore_long_ids(Json& record, std::string_view line, const FieldMap* map) {
  restore_long_integer(record, line, "id");
  if (map == nullptr) return;
  for (const FieldRule& rule : map->rules) {
    if (rule.target != "id") continue;
    for (const std::string& source : rule.sources)
      restore_long_integer(record, line, source);
  }
}

RawArticle refused(std::string reason) {
  RawArticle raw;
  raw.refusal = std::move(reason);
  return raw;
}

}  // namespace

void take_members(nlohmann::json& object, RawArticle& raw) {
  raw.extent = Extent::whole;
  for (auto& [name, value] : object.get_ref<Json::object_t&>())
    take_member(raw, name, value);
}

RawArticle parse_json_article(std::string_view text, NamesBy names, const FieldMap* map) {
  RawArticle raw;
  auto parsed = parse_json_record(text, raw.repairs);
  if (!parsed) return refused(parsed.error().message);
  Json& record = *parsed;
  if (record.is_array()) return refused("a JSON array, not an object: write one object a line");
  if (!record.is_object()) return refused("not a JSON object");
  restore_long_ids(record, text, map);
  if (names == NamesBy::shape && map == nullptr) {
    take_members(record, raw);
  } else {
    take_mapped(record, map, raw);
  }
  return raw;
}

}  // namespace broadsheet::indexer
