// The pieces of an article that hits, links and whole articles have in common.
#include <array>
#include <cmath>
#include <string>

#include "schema/story.h"
#include "server/api/json.h"

namespace broadsheet::server {

void write_index(JsonWriter& json, const IndexState& index) {
  json.begin_object();
  json.key("generation");
  json.number(index.generation);
  json.key("seq");
  json.number(index.seq);
  json.end_object();
}

void write_source(JsonWriter& json, const Source& source) {
  if (source.id.empty() && source.name.empty()) return json.null();
  json.begin_object();
  json.member_or_null("id", source.id);
  json.member_or_null("name", source.name);
  json.end_object();
}

void write_card(JsonWriter& json, const Article& article) {
  json.member("id", article.id);
  json.member_or_null("url", article.url);
  json.member_or_null("title", article.title);
  json.member_or_null("kicker", article.kicker);
  json.member_or_null("summary", article.summary);
  json.key("time");
  write_clock(json, article.published);
  json.key("published");
  write_time(json, article.published);
  json.key("source");
  write_source(json, article.source);
}

void write_story(JsonWriter& json, const StoredArticle& stored) {
  if (stored.story_articles < kLeastStoryArticles) return json.null();
  json.begin_object();
  json.member("id", stored.story);
  json.member_or_null("title", stored.story_title);
  json.key("articles");
  json.number(stored.story_articles);
  json.end_object();
}

void write_image(JsonWriter& json, const std::optional<Image>& image) {
  if (!image) return json.null();
  json.begin_object();
  json.member_or_null("url", image->url);
  json.member_or_null("alt", image->alt);
  json.member_or_null("credit", image->credit);
  const std::array sizes = {std::pair{"width", image->width}, std::pair{"height", image->height}};
  for (const auto& [name, pixels] : sizes) {
    json.key(name);
    if (pixels > 0) {
      json.number(pixels);
    } else {
      json.null();
    }
  }
  json.end_object();
}

void write_strings(JsonWriter& json, const std::vector<std::string>& values) {
  json.begin_array();
  for (const std::string& value : values)
    json.string(value);
  json.end_array();
}

void write_time(JsonWriter& json, const std::optional<Timestamp>& time) {
  json.string_or_null(time ? format_timestamp(*time) : std::string());
}

void write_clock(JsonWriter& json, const std::optional<Timestamp>& time) {
  json.string_or_null(time ? format_clock(*time) : std::string());
}

void write_precision(JsonWriter& json, const std::optional<Timestamp>& time) {
  constexpr std::array<std::string_view, 3> kWords = {"second", "minute", "day"};
  json.string_or_null(time ? kWords.at(static_cast<std::size_t>(time->precision)) : "");
}

std::string_view status_word(Status status) {
  constexpr std::array<std::string_view, 5> kWords = {
      "usable", "withheld", "withdrawn", "killed", "erased"};
  return kWords.at(static_cast<std::size_t>(status));
}

std::string_view relation_word(Relation relation) {
  constexpr std::array<std::string_view, 5> kWords = {
      "update", "background", "analysis", "same_story", "duplicate"};
  return kWords.at(static_cast<std::size_t>(relation));
}

std::string format_half_life(double days) {
  const double hours = days * 24;
  const bool whole_days = std::abs(days - std::round(days)) < 1e-9;
  return whole_days ? std::to_string(std::llround(days)) + "d"
                    : std::to_string(std::llround(hours)) + "h";
}

}  // namespace broadsheet::server
