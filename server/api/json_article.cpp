// The whole article: in the shape it comes in, and as schema.org NewsArticle for pages and
// crawlers.
#include <string>

#include <nlohmann/json.hpp>

#include "server/api/json.h"

namespace broadsheet::server {
namespace {

void write_instant(JsonWriter& json, const std::optional<std::int64_t>& seconds) {
  json.string_or_null(seconds ? format_utc(*seconds) : std::string());
}

// `extra` is a JSON object as text. It is copied, never parsed into a tree, however deep it nests;
// checking does not recurse either.
void write_extra(JsonWriter& json, const std::string& extra) {
  if (!extra.empty() && nlohmann::json::accept(extra)) {
    json.raw(extra);
  } else {
    json.raw("{}");
  }
}

// Between 0 and 1; null for a language that was declared, or is not known.
void write_confidence(JsonWriter& json, const std::optional<int>& percent) {
  percent ? json.decimal(*percent / 100.0, 2) : json.null();
}

void write_labels(JsonWriter& json, const Article& article) {
  json.key("source");
  write_source(json, article.source);
  json.key("author");
  write_strings(json, article.authors);
  json.member_or_null("section", article.section);
  json.member_or_null("kicker", article.kicker);
  json.member_or_null("kicker_from", name_of(article.kicker_from));
  json.member_or_null("genre", article.genre);
  json.member_or_null("language", article.language);
  json.key("language_confidence");
  write_confidence(json, article.language_confidence);
  json.key("tags");
  write_strings(json, article.tags);
}

void write_times(JsonWriter& json, const Article& article) {
  json.key("time");
  write_clock(json, article.published);
  json.key("published");
  write_time(json, article.published);
  json.key("published_precision");
  write_precision(json, article.published);
  json.key("updated");
  write_time(json, article.updated);
}

void write_rights(JsonWriter& json, const Article& article) {
  json.member("status", status_word(article.status));
  json.key("embargoed_until");
  write_instant(json, article.embargoed_until);
  json.key("expires");
  write_instant(json, article.expires);
  json.member_or_null("correction", article.correction);
  json.key("access");
  write_strings(json, article.access);
}

// A member that schema.org leaves out when it is not known.
void write_known(JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.member(name, text);
}

void write_agent(JsonWriter& json, std::string_view type, std::string_view name) {
  json.begin_object();
  json.member("@type", type);
  json.member("name", name);
  json.end_object();
}

}  // namespace

void write_article(JsonWriter& json, const StoredArticle& stored) {
  const Article& article = stored.article;
  json.begin_object();
  json.member("id", article.id);
  json.member_or_null("url", article.url);
  json.member_or_null("title", article.title);
  json.member("body", article.body);
  json.key("body_shared");
  json.boolean(stored.body_shared);
  json.member_or_null("summary", article.summary);
  json.member_or_null("summary_from", name_of(article.summary_from));
  write_times(json, article);
  write_labels(json, article);
  json.key("image");
  write_image(json, article.image);
  write_rights(json, article);
  json.member_or_null("prompt", article.prompt);
  json.key("extra");
  write_extra(json, article.extra);
  json.member("ingested", format_utc(stored.ingested));
  json.key("revision");
  json.number(stored.revision);
  json.key("seq");
  json.number(stored.change_seq);
  json.key("story");
  write_story(json, stored);
  json.end_object();
}

std::string article_json(const StoredArticle& stored) {
  JsonWriter json(2048 + stored.article.body.size() + stored.article.extra.size());
  write_article(json, stored);
  return json.take();
}

std::string article_ld_json(const StoredArticle& stored) {
  const Article& article = stored.article;
  JsonWriter json(2048 + article.body.size());
  json.begin_object();
  json.member("@context", "https://schema.org");
  json.member("@type", "NewsArticle");
  json.member("identifier", article.id);
  write_known(json, "url", article.url);
  write_known(json, "headline", article.title);
  write_known(json, "description", article.summary);
  if (article.published) json.member("datePublished", format_timestamp(*article.published));
  if (article.updated) json.member("dateModified", format_timestamp(*article.updated));
  if (!article.authors.empty()) {
    json.key("author");
    json.begin_array();
    for (const std::string& author : article.authors)
      write_agent(json, "Person", author);
    json.end_array();
  }
  if (!article.source.name.empty()) {
    json.key("publisher");
    write_agent(json, "NewsMediaOrganization", article.source.name);
  }
  if (article.image) write_known(json, "image", article.image->url);
  write_known(json, "articleSection", article.section);
  write_known(json, "inLanguage", article.language);
  write_known(json, "correction", article.correction);
  if (!article.tags.empty()) {
    json.key("keywords");
    write_strings(json, article.tags);
  }
  write_known(json, "articleBody", article.body);
  json.end_object();
  return json.take();
}

}  // namespace broadsheet::server
