// Members are named as in 3.x (camelCase) with their lower-case names of 1.x and 2.x beside them.
// Lists of 2.x and 3.x (`headlines`) are single members with a suffix in 1.x (`body_html`).
#include "indexer/readers/ninjs.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include <nlohmann/json.hpp>

#include "indexer/readers/ascii.h"
#include "indexer/readers/json_record.h"
#include "indexer/readers/prose.h"
#include "indexer/readers/wire.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;
using Names = std::initializer_list<const char*>;

constexpr std::array kNoArticles = {
    "audio", "component", "event", "graphic", "picture", "planning", "video"};

// The first member of these names that holds something; null for what is no object.
const Json* member(const Json& object, Names names) {
  if (!object.is_object()) return nullptr;
  for (const char* name : names) {
    const auto found = object.find(name);
    if (found != object.end() && !found->is_null()) return &*found;
  }
  return nullptr;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  return value.is_number() ? value.dump() : std::string();
}

std::string text(const Json& object, Names names) {
  const Json* found = member(object, names);
  return found == nullptr ? std::string() : text_of(*found);
}

// For members that keep an article from readers: of a wrong type they must not count as absent.
std::string guarded_text(const Json& object, Names names) {
  const Json* found = member(object, names);
  if (found == nullptr) return {};
  const std::string plain = text_of(*found);
  return plain.empty() ? kUnreadable : plain;
}

// The elements of a list, the values of an object, or a single value.
std::vector<const Json*> each(const Json* values) {
  std::vector<const Json*> found;
  if (values == nullptr) return found;
  if (!values->is_structured()) return {values};
  for (const Json& value : *values)
    found.push_back(&value);
  return found;
}

// What a thing is called. Codes are no names.
std::string name_of(const Json& thing) {
  return one_line(thing.is_object() ? text(thing, {"name"}) : text_of(thing));
}

// A text in one of its roles and formats.
struct Variant {
  std::string role;
  std::string type;
  std::string value;
};

bool is_html(const Variant& one) {
  return one.type.find("html") != std::string::npos || one.role.find("html") != std::string::npos;
}

bool is_plain(const Variant& one) {
  return !is_html(one) && (one.type.empty() || one.type == "text/plain");
}

std::string plain(const Variant& one) {
  if (!is_html(one)) return one.value;
  const auto document = XmlDocument::parse_html(one.value);
  return document ? prose_of(document->root()) : std::string();
}

// Of `headlines`, `descriptions` or `bodies`; in 1.x of the members that begin with `prefix`.
std::vector<Variant> variants(const Json& item, const char* list, std::string_view prefix) {
  std::vector<Variant> found;
  for (const Json* one : each(member(item, {list}))) {
    found.push_back({text(*one, {"role"}),
                     text(*one, {"contentType", "contenttype"}),
                     one->is_string() ? text_of(*one) : text(*one, {"value"})});
  }
  for (const auto& [name, value] : item.items()) {
    if (name.starts_with(prefix)) found.push_back({name.substr(prefix.size()), {}, text_of(value)});
  }
  std::erase_if(found, [](const Variant& one) { return one_line(one.value).empty(); });
  return found;
}

void take_headlines(RawArticle& raw, const Json& item) {
  fill(raw.title, one_line(text(item, {"headline"})));
  std::vector<Variant> all = variants(item, "headlines", "headline_");
  auto main =
      std::find_if(all.begin(), all.end(), [](const Variant& one) { return one.role == "main"; });
  if (main == all.end()) main = all.begin();
  if (!raw.title && main != all.end()) {
    raw.title = one_line(plain(*main));
    all.erase(main);
  }
  fill(raw.title, one_line(text(item, {"title"})));
  std::vector<std::string> others;
  others.reserve(all.size());
  for (const Variant& one : all)
    others.push_back(one_line(plain(one)));
  add_extra(raw, "headlines", others);
}

// HTML knows the paragraphs, which plain texts often have lost.
void take_body(RawArticle& raw, const Json& item) {
  std::vector<Variant> all = variants(item, "bodies", "body_");
  const auto html = std::find_if(all.begin(), all.end(), is_html);
  const auto text = std::find_if(all.begin(), all.end(), is_plain);
  if (html != all.end()) {
    raw.body_html = std::move(html->value);
  } else if (text != all.end()) {
    raw.body = std::move(text->value);
  } else if (!all.empty()) {
    const auto document = XmlDocument::parse_xml(all.front().value);
    if (document) fill(raw.body, prose_of(document->root()));
  }
}

std::string description_of(const Json& item) {
  const std::vector<Variant> all = variants(item, "descriptions", "description_");
  for (const char* role : {"summary", "text", "caption", ""}) {
    for (const Variant& one : all) {
      if (one.role == role) return plain(one);
    }
  }
  return all.empty() ? std::string() : plain(all.front());
}

void take_tags(RawArticle& raw, const Json& item) {
  constexpr std::array<std::array<const char*, 2>, 6> kLists = {{{"subjects", "subject"},
                                                                 {"keywords", "keyword"},
                                                                 {"people", "person"},
                                                                 {"organisations", "organisation"},
                                                                 {"places", "place"},
                                                                 {"events", "event"}}};
  for (const auto& list : kLists) {
    for (const Json* thing : each(member(item, {list[0], list[1]})))
      add_tag(raw, name_of(*thing));
  }
}

void take_source(RawArticle& raw, const Json& item) {
  for (const Json* source : each(member(item, {"infoSources", "infosources", "infosource"})))
    fill(raw.source_name, name_of(*source));
  fill(raw.source_name, text(item, {"source"}));
  fill(raw.source_name, text(item, {"copyrightHolder", "copyrightholder"}));
}

void take_image(RawArticle& raw, const Json& picture) {
  std::vector<Rendition> sizes;
  for (const Json* one : each(member(picture, {"renditions"}))) {
    const std::string type = text(*one, {"contentType", "contenttype", "mimetype"});
    const std::string url = text(*one, {"href"});
    if (url.empty() || (!type.empty() && !type.starts_with("image/"))) continue;
    sizes.push_back({url, text(*one, {"width"}), text(*one, {"height"})});
  }
  set_image(raw, sizes);
  if (!raw.image_url) return;
  fill(raw.image_alt, one_line(description_of(picture)));
  fill(raw.image_alt, one_line(text(picture, {"headline"})));
  fill(raw.image_credit, one_line(text(picture, {"by", "byline"})));
  fill(raw.image_credit, one_line(text(picture, {"copyrightHolder", "copyrightholder"})));
}

// The first picture; where there is none, a graphic that is not the sender's logo.
void take_images(RawArticle& raw, const Json& item) {
  for (const char* type : {"picture", "graphic"}) {
    for (const Json* one : each(member(item, {"associations"}))) {
      const bool logo = text(*one, {"name"}).find("logo") != std::string::npos;
      if (!raw.image_url && !logo && text(*one, {"type"}) == type) take_image(raw, *one);
    }
  }
}

void take_dates(RawArticle& raw, const Json& item) {
  set_dates(raw,
            {text(item, {"firstCreated", "firstcreated"}),
             text(item, {"contentCreated", "contentcreated"}),
             text(item, {"versionCreated", "versioncreated"})});
  fill(raw.embargoed_until, guarded_text(item, {"embargoed"}));
  fill(raw.expires, text(item, {"expires"}));
}

void take_extra(RawArticle& raw, const Json& item) {
  for (const char* name : {"version", "slugline", "urgency", "located", "profile"})
    add_extra(raw, name, text(item, {name}));
  add_extra(raw, "usageterms", text(item, {"usageTerms", "usageterms"}));
  set_note(raw, text(item, {"edNote", "ednote"}));
}

}  // namespace

RawArticle parse_ninjs(std::string_view bytes) {
  RawArticle raw;
  const auto parsed = parse_json_record(bytes, raw.repairs);
  if (!parsed) return refused_article(parsed.error().message);
  const Json& item = *parsed;
  if (!item.is_object()) return refused_article("not a JSON object");
  const std::string type = text(item, {"type"});
  if (std::find(kNoArticles.begin(), kNoArticles.end(), type) != kNoArticles.end())
    return refused_article("a ninjs item of type " + type + " is no article");
  fill(raw.id, text(item, {"uri", "guid"}));
  set_status(raw, guarded_text(item, {"pubStatus", "pubstatus"}));
  fill(raw.language, text(item, {"language"}));
  fill(raw.byline, one_line(text(item, {"by", "byline"})));
  for (const Json* genre : each(member(item, {"genres", "genre"})))
    fill(raw.genre, name_of(*genre));
  take_headlines(raw, item);
  take_body(raw, item);
  fill(raw.summary, description_of(item));
  take_dates(raw, item);
  take_source(raw, item);
  take_tags(raw, item);
  take_images(raw, item);
  take_extra(raw, item);
  finish(raw);
  return raw;
}

}  // namespace broadsheet::indexer
