// Lists of links: related articles, and the finished "Read next" list.
#include <array>

#include "server/api/json.h"

namespace broadsheet::server {
namespace {

// A link with its reasons takes about as much; room for it at once saves copies.
constexpr std::size_t kBytesPerLink = 1024;

void write_terms(JsonWriter& json, const std::vector<SharedTerm>& terms) {
  json.begin_array();
  for (const SharedTerm& term : terms) {
    json.begin_object();
    json.member("term", term.term);
    json.key("weight");
    json.decimal(term.weight, 4);
    json.end_object();
  }
  json.end_array();
}

void write_pair(JsonWriter& json, std::string_view name, std::size_t start, std::size_t length) {
  json.key(name);
  json.begin_array();
  json.number(start);
  json.number(length);
  json.end_array();
}

// Null unless the article holds a large part of the draft.
void write_cover(JsonWriter& json, const RelatedLink& link) {
  if (link.passages.empty()) return json.null();
  json.begin_object();
  json.key("share");
  json.decimal(link.covered, 4);
  json.key("passages");
  json.begin_array();
  for (const SharedPassage& passage : link.passages) {
    json.begin_object();
    write_pair(json, "draft", passage.draft.start, passage.draft.length);
    write_pair(json, "draft_utf16", passage.draft.utf16_start, passage.draft.utf16_length);
    write_pair(json, "article", passage.article.start, passage.article.length);
    write_pair(json, "article_utf16", passage.article.utf16_start, passage.article.utf16_length);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_anchors(JsonWriter& json, const std::vector<Anchor>& anchors) {
  json.begin_array();
  for (const Anchor& anchor : anchors) {
    json.begin_object();
    write_pair(json, "span", anchor.span.start, anchor.span.length);
    write_pair(json, "span_utf16", anchor.span.utf16_start, anchor.span.utf16_length);
    json.member("text", anchor.text);
    json.member("id", anchor.id);
    json.member_or_null("url", anchor.url);
    json.member_or_null("title", anchor.title);
    json.member("reason", anchor.reason);
    json.end_object();
  }
  json.end_array();
}

std::string_view slot_word(ReadNextSlot slot) {
  constexpr std::array<std::string_view, 3> kWords = {"latest", "background", "beat"};
  return kWords.at(static_cast<std::size_t>(slot));
}

void write_item(JsonWriter& json, const ReadNextItem& item) {
  const Article& article = item.link.article.article;
  json.begin_object();
  json.key("time");
  write_clock(json, article.published);
  json.member_or_null("kicker", item.kicker);
  json.member_or_null("summary", item.summary);
  json.member("id", article.id);
  json.member_or_null("url", article.url);
  json.member_or_null("title", article.title);
  json.key("published");
  write_time(json, article.published);
  json.key("source");
  write_source(json, article.source);
  json.member("relation", relation_word(item.link.relation));
  json.member("slot", slot_word(item.slot));
  json.member("why", item.link.why);
  json.key("pinned");
  json.boolean(item.link.pinned);
  json.end_object();
}

void write_article_card(JsonWriter& json, const StoredArticle* stored) {
  if (stored == nullptr) return json.null();
  json.begin_object();
  write_card(json, stored->article);
  json.end_object();
}

}  // namespace

void write_links(JsonWriter& json, const std::vector<RelatedLink>& links) {
  json.begin_array();
  for (const RelatedLink& link : links) {
    json.begin_object();
    write_card(json, link.article.article);
    json.member("relation", relation_word(link.relation));
    json.member("why", link.why);
    json.key("terms");
    write_terms(json, link.terms);
    json.key("score");
    json.decimal(link.score, 4);
    json.key("pinned");
    json.boolean(link.pinned);
    json.key("covered");
    write_cover(json, link);
    json.end_object();
  }
  json.end_array();
}

std::string related_json(const StoredArticle* article, const RelatedResponse& response) {
  JsonWriter json(1024 + response.links.size() * kBytesPerLink);
  json.begin_object();
  json.key("article");
  write_article_card(json, article);
  json.key("links");
  write_links(json, response.links);
  json.key("anchors");
  write_anchors(json, response.anchors);
  json.key("steps");
  write_strings(json, response.steps);
  json.member_or_null("short", response.short_reason);
  json.key("index");
  write_index(json, response.index);
  json.end_object();
  return json.take();
}

std::string read_next_json(const StoredArticle& article, const ReadNextResponse& response) {
  JsonWriter json(1024 + response.items.size() * kBytesPerLink);
  json.begin_object();
  json.key("article");
  write_article_card(json, &article);
  json.key("items");
  json.begin_array();
  for (const ReadNextItem& item : response.items)
    write_item(json, item);
  json.end_array();
  json.member_or_null("short", response.short_reason);
  json.key("index");
  write_index(json, response.index);
  json.end_object();
  return json.take();
}

}  // namespace broadsheet::server
