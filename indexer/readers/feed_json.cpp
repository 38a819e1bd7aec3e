// JSON Feed 1.1, and 1.0 with its single author. Wrong types are read as absent.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "indexer/readers/feed_adapters.h"
#include "indexer/readers/feed_parts.h"
#include "indexer/readers/json_record.h"
#include "indexer/readers/json_text.h"
#include "indexer/readers/links.h"

namespace broadsheet::indexer {
namespace {

using Json = nlohmann::json;

// More are refused: small values take far more memory than their text.
constexpr std::size_t kMostValues = 2'000'000;

const Json& member(const Json& object, const char* name) {
  static const Json missing;
  if (!object.is_object()) return missing;
  const auto found = object.find(name);
  return found == object.end() ? missing : *found;
}

// Ids were numbers in early feeds.
std::string text_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() ? value.dump() : std::string();
}

std::string link_of(const Json& object, const char* name, std::string_view base) {
  const std::string link = text_of(object, name);
  return link.empty() ? link : resolve_link(link, base);
}

void add_author(const Json& author, FeedItem& item) {
  if (author.is_string()) return add_person(item, person_from(author.get<std::string>()));
  add_person(item, {text_of(author, "name"), ""});
}

// What feed and item say in the same words.
FeedItem read_part(const Json& object) {
  FeedItem item;
  item.title.value = text_of(object, "title");
  item.language = text_of(object, "language");
  for (const Json& author : member(object, "authors"))
    add_author(author, item);
  if (item.authors.empty()) add_author(member(object, "author"), item);
  return item;
}

void take_image(const Json& object, const char* name, ImagePlace place, FeedItem& item) {
  FeedImage image;
  image.url = text_of(object, name);
  image.place = place;
  offer_image(item, std::move(image));
}

FeedItem read_item(const Json& object, std::string_view base) {
  FeedItem item = read_part(object);
  item.id = text_of(object, "id");
  item.link = link_of(object, "url", base);
  set_once(item.link, link_of(object, "external_url", base));
  item.content = {text_of(object, "content_html"), TextForm::html};
  set_once(item.content, {text_of(object, "content_text"), TextForm::plain});
  item.summary.value = text_of(object, "summary");
  item.published = text_of(object, "date_published");
  item.updated = text_of(object, "date_modified");
  for (const Json& tag : member(object, "tags"))
    if (tag.is_string()) add_tag(item, tag.get<std::string>());
  take_image(object, "image", ImagePlace::media, item);
  take_image(object, "banner_image", ImagePlace::element, item);
  for (const Json& attachment : member(object, "attachments"))
    add_enclosure(item, {link_of(attachment, "url", base), text_of(attachment, "mime_type")});
  if (!item.image.url.empty()) item.image.url = resolve_link(item.image.url, base);
  return item;
}

bool is_version(std::string_view text) {
  std::string address(text.substr(0, 64));
  address.erase(std::remove(address.begin(), address.end(), '\\'), address.end());
  return address.starts_with("https://jsonfeed.org/version/") ||
         address.starts_with("http://jsonfeed.org/version/");
}

Json parse(std::string_view utf8) {
  Json json = Json::parse(utf8, nullptr, false);
  return json.is_discarded() ? Json::parse(mend_json(utf8), nullptr, false) : json;
}

}  // namespace

bool looks_like_json_feed(std::string_view head) {
  constexpr std::string_view kVersion = "\"version\"";
  constexpr std::string_view kBetween = " \t\r\n:";
  if (!head.starts_with('{')) return false;
  for (std::size_t at = head.find(kVersion); at != std::string_view::npos;
       at = head.find(kVersion, at + 1)) {
    const std::size_t value = head.find_first_not_of(kBetween, at + kVersion.size());
    if (value == std::string_view::npos) return false;
    if (head[value] == '"' && is_version(head.substr(value + 1))) return true;
  }
  return false;
}

Result<Feed> read_json_feed(std::string_view utf8, std::string_view base_url) {
  const JsonShape shape = shape_of(utf8);
  if (shape.depth > kMaxJsonDepth || shape.values > kMostValues) {
    return fail(ErrorCode::invalid_argument, "a feed with too many or too deeply nested values");
  }
  const Json json = parse(utf8);
  if (!json.is_object() || !member(json, "items").is_array()) {
    return fail(ErrorCode::invalid_argument, "no JSON feed: it is damaged or has no items");
  }
  Feed feed;
  feed.about = read_part(json);
  feed.shares_authors = true;
  feed.about.link = link_of(json, "home_page_url", base_url);
  feed.about.id = text_of(json, "feed_url");
  feed.about.summary.value = text_of(json, "description");
  take_image(json, "icon", ImagePlace::element, feed.about);
  const std::string base(base_url.empty() ? std::string_view(feed.about.link) : base_url);
  for (const Json& item : json["items"])
    feed.items.push_back(read_item(item, base));
  return feed;
}

}  // namespace broadsheet::indexer
