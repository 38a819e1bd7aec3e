// Objects may refer to each other by @id across scripts, so all are gathered before one is read.
#include "indexer/readers/html_json_ld.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <nlohmann/json.hpp>

#include "indexer/readers/html_marks.h"
#include "indexer/readers/json_text.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;
using Text = std::optional<std::string>;

// The parser's time and memory are bounded by these; real pages have tenths of them.
constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxValues = 200'000;

// Types whose names do not end in "Article".
constexpr std::array<std::string_view, 5> kArticleTypes = {
    "Report", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "DiscussionForumPosting"};

const Json& null_json() {
  static const Json kNull;
  return kNull;
}

const Json& member(const Json& object, std::string_view name) {
  if (!object.is_object()) return null_json();
  const auto found = object.find(name);
  return found == object.end() ? null_json() : *found;
}

// A list stands for its first, an object for its name.
const Json& one_of(const Json& value) {
  return value.is_array() && !value.empty() ? value.front() : value;
}

Text text_of(const Json& value) {
  const Json& one = one_of(value);
  if (one.is_string() && !one.get_ref<const std::string&>().empty()) return one.get<std::string>();
  if (one.is_number()) return one.dump();
  if (!one.is_object()) return std::nullopt;
  for (const char* name : {"name", "@value", "url", "@id"}) {
    const Json& named = member(one, name);
    if (named.is_string()) return named.get<std::string>();
  }
  return std::nullopt;
}

Text first_of(const Json& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (Text text = text_of(member(object, name))) return text;
  }
  return std::nullopt;
}

std::string_view without_address(std::string_view type) {
  return type.substr(type.find_last_of("/:#") + 1);
}

bool has_type(const Json& object, bool (*is_wanted)(std::string_view)) {
  const Json& type = member(object, "@type");
  if (type.is_string()) return is_wanted(without_address(type.get_ref<const std::string&>()));
  return type.is_array() && std::any_of(type.begin(), type.end(), [&](const Json& one) {
           return one.is_string() && is_wanted(without_address(one.get_ref<const std::string&>()));
         });
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") ||
         std::find(kArticleTypes.begin(), kArticleTypes.end(), type) != kArticleTypes.end();
}

bool is_page_type(std::string_view type) {
  return type.ends_with("WebPage");
}

class Graph {
 public:
  RawArticle read(const std::vector<std::string>& scripts) && {
    for (const std::string& script : scripts)
      add(script);
    for (const Json& root : roots_)
      gather(root);
    if (const Json* found = chosen()) take(*found);
    return std::move(raw_);
  }

 private:
  void add(const std::string& script) {
    const JsonShape shape = shape_of(script);
    Json json;
    if (shape.depth <= kMaxDepth && shape.values <= kMaxValues) {
      json = Json::parse(script, nullptr, false, true);
      if (json.is_discarded()) json = Json::parse(mend_json(script), nullptr, false, true);
    }
    if (json.is_structured()) {
      roots_.push_back(std::move(json));
    } else {
      raw_.repairs.emplace_back("JSON-LD that is no JSON was left out");
    }
  }

  // What is said at the top, in lists, in @graph, and as what a page is about.
  void gather(const Json& root) {
    std::vector<const Json*> open{&root};
    while (!open.empty()) {
      const Json& at = *open.back();
      open.pop_back();
      if (at.is_array()) {
        for (auto one = at.rbegin(); one != at.rend(); ++one)
          open.push_back(&*one);
      } else if (at.is_object()) {
        gather_object(at, open);
      }
    }
  }

  void gather_object(const Json& object, std::vector<const Json*>& open) {
    objects_.push_back(&object);
    const Text id = text_of(member(object, "@id"));
    if (id && object.size() > 1) by_id_.emplace(*id, &object);
    for (const char* name : {"mainEntity", "@graph"}) {
      const Json& below = member(object, name);
      if (below.is_structured()) open.push_back(&below);
    }
  }

  const Json* chosen() const {
    for (auto* is_wanted : {is_article_type, is_page_type}) {
      for (const Json* object : objects_) {
        if (has_type(*object, is_wanted)) return object;
      }
    }
    return nullptr;
  }

  // The object that a reference names, or the value itself.
  const Json& resolve(const Json& value) const {
    const Json& id = member(value, "@id");
    if (!id.is_string() || value.contains("name")) return value;
    const auto found = by_id_.find(id.get_ref<const std::string&>());
    return found == by_id_.end() ? value : *found->second;
  }

  void take(const Json& object) {
    const bool is_article = has_type(object, is_article_type);
    if (is_article) raw_.title = first_of(object, {"headline", "name"});
    raw_.summary = first_of(object, {"description"});
    raw_.published = first_of(object, {"datePublished", "dateCreated"});
    raw_.updated = first_of(object, {"dateModified"});
    raw_.url = first_of(object, {"url", "mainEntityOfPage"});
    raw_.language = first_of(object, {"inLanguage"});
    raw_.section = first_of(object, {"articleSection"});
    raw_.genre = first_of(object, {"genre"});
    raw_.source_name = name_of(one_of(member(object, "publisher")));
    if (is_article) raw_.body = first_of(object, {"articleBody"});
    take_authors(member(object, "author"));
    take_tags(member(object, "keywords"));
    take_image(resolve(one_of(member(object, "image"))));
  }

  Text name_of(const Json& value) const {
    const Json& named = resolve(value);
    return named.is_object() ? first_of(named, {"name"}) : text_of(named);
  }

  void take_authors(const Json& authors) {
    const auto add_one = [&](const Json& author) {
      if (Text name = name_of(author)) raw_.authors.push_back(*std::move(name));
    };
    // A list of names in one object: {"name": ["A", "B"]}.
    const Json& names = authors.is_object() ? member(authors, "name") : authors;
    if (names.is_array()) {
      std::for_each(names.begin(), names.end(), add_one);
    } else {
      add_one(authors);
    }
  }

  void take_tags(const Json& keywords) {
    if (keywords.is_array()) {
      for (const Json& one : keywords) {
        if (Text tag = text_of(one)) raw_.tags.push_back(*std::move(tag));
      }
      return;
    }
    split_list(raw_.tags, text_of(keywords).value_or(""));
  }

  void take_image(const Json& image) {
    if (image.is_string()) raw_.image_url = text_of(image);
    if (!image.is_object()) return;
    raw_.image_url = first_of(image, {"url", "contentUrl"});
    if (!raw_.image_url) return;
    raw_.image_alt = first_of(image, {"caption"});
    raw_.image_width = first_of(image, {"width"});
    raw_.image_height = first_of(image, {"height"});
  }

  std::vector<Json> roots_;
  std::vector<const Json*> objects_;  // in the order of the page
  std::unordered_map<std::string, const Json*> by_id_;
  RawArticle raw_;
};

}  // namespace

RawArticle read_json_ld(const std::vector<std::string>& scripts) {
  return Graph().read(scripts);
}

}  // namespace broadsheet::indexer
