// Versions of an article, and changes for mirrors.
#include <string>

#include "server/api/json.h"

namespace broadsheet::server {
namespace {

void write_revision(JsonWriter& json, const Revision& revision) {
  json.begin_object();
  json.key("revision");
  json.number(revision.revision);
  json.member("since", format_utc(revision.since));
  json.member_or_null("until", revision.until ? format_utc(*revision.until) : std::string());
  json.member_or_null("title", revision.title);
  json.member_or_null("summary", revision.summary);
  json.member("body", revision.body);
  json.end_object();
}

// An article that nobody has seen yet is no change to anybody.
bool is_secret(const StoredArticle& stored, std::int64_t clock) {
  const Article& article = stored.article;
  const bool is_to_come = article.status == Status::withheld ||
                          (article.status == Status::usable && article.embargoed_until > clock);
  return is_to_come && stored.revision == 1;
}

void write_change(JsonWriter& json, const StoredArticle& stored, bool is_upsert) {
  json.begin_object();
  json.key("seq");
  json.number(stored.change_seq);
  json.member("kind", is_upsert ? "upsert" : "tombstone");
  json.member("id", stored.article.id);
  json.key("article");
  if (is_upsert) {
    write_article(json, stored);
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace

std::string revisions_json(const ArticleHistory& history) {
  JsonWriter json(8192);
  json.begin_object();
  json.member("id", history.article.article.id);
  json.key("revision");
  json.number(history.article.revision);
  json.key("revisions");
  json.begin_array();
  for (const Revision& revision : history.page.revisions)
    write_revision(json, revision);
  json.end_array();
  json.key("next_before");
  if (history.page.next_before) {
    json.number(*history.page.next_before);
  } else {
    json.null();
  }
  json.end_object();
  return json.take();
}

std::string changes_json(const ChangePage& page, std::int64_t clock) {
  JsonWriter json(8192);
  json.begin_object();
  json.member("archive", page.archive);
  json.key("seq");
  json.number(page.latest);
  json.key("changes");
  json.begin_array();
  for (const StoredArticle& stored : page.articles) {
    if (!is_secret(stored, clock)) write_change(json, stored, is_visible(stored.article, clock));
  }
  json.end_array();
  json.key("next_since");
  json.number(page.next_since);
  json.key("complete");
  json.boolean(page.next_since >= page.latest);
  json.end_object();
  return json.take();
}

}  // namespace broadsheet::server
