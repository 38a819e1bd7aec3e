// A story, a page of its articles, and its timeline, as JSON.
#include "server/api/json.h"

namespace broadsheet::server {
namespace {

void time_or_null(JsonWriter& json, std::string_view key, std::optional<std::int64_t> seconds) {
  json.member_or_null(key, seconds ? format_utc(*seconds) : std::string());
}

void write_whole_story(JsonWriter& json, const Story& story) {
  json.begin_object();
  json.member("id", story.id);
  json.member_or_null("title", story.title);
  json.member_or_null("kicker", story.kicker);
  time_or_null(json, "first", story.first);
  time_or_null(json, "last", story.last);
  json.key("articles");
  json.number(story.size);
  json.end_object();
}

// What a hit is without a query; the same of each article of a story.
const SearchQuery& article_members() {
  static const SearchQuery kQuery = [] {
    SearchQuery query;
    query.request.highlight = Highlight::none;
    query.members = hit_members({"id",
                                 "url",
                                 "title",
                                 "kicker",
                                 "summary",
                                 "time",
                                 "published",
                                 "published_precision",
                                 "updated",
                                 "image",
                                 "source",
                                 "author",
                                 "section",
                                 "genre",
                                 "language",
                                 "tags",
                                 "correction",
                                 "duplicates"});
    return query;
  }();
  return kQuery;
}

void write_entry(JsonWriter& json, const TimelineEntry& entry) {
  json.begin_object();
  write_card(json, entry.article.article);
  json.key("repeats");
  write_strings(json, entry.repeats);
  json.key("adds");
  json.begin_object();
  json.key("numbers");
  write_strings(json, entry.adds.numbers);
  json.key("names");
  write_strings(json, entry.adds.names);
  json.key("quotes");
  write_strings(json, entry.adds.quotes);
  json.end_object();
  json.end_object();
}

}  // namespace

std::string story_json(const Story& story, const SearchResponse& articles) {
  JsonWriter json(1024 * (articles.hits.size() + 1));
  json.begin_object();
  json.key("story");
  write_whole_story(json, story);
  json.key("articles");
  json.begin_array();
  for (const Hit& hit : articles.hits)
    write_hit(json, hit, article_members());
  json.end_array();
  json.member_or_null("next_cursor", articles.next_cursor);
  json.key("index");
  write_index(json, articles.index);
  json.end_object();
  return json.take();
}

std::string timeline_json(const Timeline& timeline) {
  JsonWriter json(1024 * (timeline.entries.size() + 1));
  json.begin_object();
  json.key("story");
  write_whole_story(json, timeline.story);
  json.key("entries");
  json.begin_array();
  for (const TimelineEntry& entry : timeline.entries)
    write_entry(json, entry);
  json.end_array();
  json.key("cut");
  json.boolean(timeline.is_cut);
  time_or_null(json, "until", timeline.until);
  json.key("index");
  write_index(json, timeline.index);
  json.end_object();
  return json.take();
}

}  // namespace broadsheet::server
