// Feeds in JSON: JSON Feed 1.1 (jsonfeed.org/version/1.1), the totals of OpenSearch in a member of
// our own.
#include "schema/time.h"
#include "server/api/feed.h"
#include "server/api/json.h"

namespace broadsheet::server {
namespace {

// The format leaves members out where there is nothing to say; null is no value of theirs.
void write_if_known(JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.member(name, text);
}

void write_authors(JsonWriter& json, const Article& article) {
  std::vector<std::string> names = article.authors;
  if (names.empty() && !article.source.name.empty()) names.push_back(article.source.name);
  if (names.empty()) return;
  json.key("authors");
  json.begin_array();
  for (const std::string& name : names) {
    json.begin_object();
    json.member("name", name);
    json.end_object();
  }
  json.end_array();
}

void write_item(JsonWriter& json, const FeedItem& item) {
  const Article& article = *item.article;
  json.begin_object();
  json.member("id", item.id);
  json.member("url", item.link);
  json.member("title", item.title);
  json.member("content_text", item.text);
  write_if_known(json, "summary", article.summary);
  if (article.image) write_if_known(json, "image", article.image->url);
  if (item.published) json.member("date_published", format_utc(*item.published));
  json.member("date_modified", format_utc(item.updated));
  write_authors(json, article);
  std::vector<std::string> tags = article.tags;
  if (!article.section.empty()) tags.insert(tags.begin(), article.section);
  if (!tags.empty()) {
    json.key("tags");
    write_strings(json, tags);
  }
  write_if_known(json, "language", article.language);
  json.end_object();
}

}  // namespace

std::string json_feed_text(const Feed& feed) {
  JsonWriter json(1024 * (feed.items.size() + 1));
  json.begin_object();
  json.member("version", "https://jsonfeed.org/version/1.1");
  json.member("title", feed.title);
  json.member("home_page_url", feed.home);
  json.member("feed_url", feed.self);
  write_if_known(json, "next_url", feed.next);
  json.key("_opensearch");
  json.begin_object();
  json.key("total_results");
  json.number(feed.total);
  json.key("start_index");
  json.number(feed.start_index);
  json.key("items_per_page");
  json.number(feed.items_per_page);
  json.member("updated", format_utc(feed.updated));
  json.end_object();
  json.key("items");
  json.begin_array();
  for (const FeedItem& item : feed.items)
    write_item(json, item);
  json.end_array();
  json.end_object();
  return json.take() + "\n";
}

}  // namespace broadsheet::server
