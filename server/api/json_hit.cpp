// One hit: a table of its members in the order of the contract, so that `fields` selects by name.
#include <algorithm>
#include <array>

#include "server/api/json.h"

namespace broadsheet::server {
namespace {

// A member and how its value is written.
struct HitMember {
  std::string_view name;
  void (*write)(JsonWriter& json, const Hit& hit, Highlight highlight);
};

// Writes a text of the article, null when it is empty.
template <std::string Article::*Text>
void write_text(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  json.string_or_null(hit.article.article.*Text);
}

template <std::vector<std::string> Article::*Values>
void write_list(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  write_strings(json, hit.article.article.*Values);
}

// Writes what one of the functions of json.h makes of a part of the article.
template <auto Part, auto Write>
void write_part(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  Write(json, hit.article.article.*Part);
}

void write_id(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  json.string(hit.article.article.id);
}

void write_title_html(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  json.string_or_null(hit.title_html);
}

void write_status(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  json.string(status_word(hit.article.article.status));
}

void write_score(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  if (!hit.score) return json.null();
  json.decimal(*hit.score, 4);
}

void write_matches(JsonWriter& json, const Snippet& snippet) {
  for (const auto& [start, length] : snippet.matches) {
    json.begin_array();
    json.number(start);
    json.number(length);
    json.end_array();
  }
}

void write_snippet(JsonWriter& json, const Hit& hit, Highlight highlight) {
  const Snippet& snippet = hit.snippet;
  json.begin_object();
  if (highlight == Highlight::html) json.member("html", snippet.html);
  json.member("text", snippet.text);
  json.key("matches");
  json.begin_array();
  if (highlight != Highlight::none) write_matches(json, snippet);
  json.end_array();
  json.member("field", row_of(snippet.field).name);
  json.end_object();
}

void write_hit_story(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  write_story(json, hit.article);
}

void write_duplicates(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  json.number(hit.duplicates);
}

void write_folded(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  if (hit.folded) {
    json.number(*hit.folded);
  } else {
    json.null();
  }
}

void write_related(JsonWriter& json, const Hit& hit, Highlight /*highlight*/) {
  write_links(json, hit.related);
}

constexpr std::string_view kTitleHtml = "title_html";

constexpr std::array kHitMembers = {
    HitMember{"id", write_id},
    HitMember{"url", write_text<&Article::url>},
    HitMember{"title", write_text<&Article::title>},
    HitMember{kTitleHtml, write_title_html},
    HitMember{"kicker", write_text<&Article::kicker>},
    HitMember{"summary", write_text<&Article::summary>},
    HitMember{"time", write_part<&Article::published, write_clock>},
    HitMember{"published", write_part<&Article::published, write_time>},
    HitMember{"published_precision", write_part<&Article::published, write_precision>},
    HitMember{"updated", write_part<&Article::updated, write_time>},
    HitMember{"image", write_part<&Article::image, write_image>},
    HitMember{"source", write_part<&Article::source, write_source>},
    HitMember{"author", write_list<&Article::authors>},
    HitMember{"section", write_text<&Article::section>},
    HitMember{"genre", write_text<&Article::genre>},
    HitMember{"language", write_text<&Article::language>},
    HitMember{"tags", write_list<&Article::tags>},
    HitMember{"status", write_status},
    HitMember{"correction", write_text<&Article::correction>},
    HitMember{"score", write_score},
    HitMember{"snippet", write_snippet},
    HitMember{"story", write_hit_story},
    HitMember{"duplicates", write_duplicates},
    HitMember{"folded", write_folded},
    HitMember{"related", write_related},
};

static_assert(kHitMembers.size() <= 32, "HitMembers has one bit for each");

}  // namespace

std::vector<std::string_view> hit_member_names() {
  std::vector<std::string_view> names;
  names.reserve(kHitMembers.size());
  for (const HitMember& member : kHitMembers)
    names.push_back(member.name);
  return names;
}

HitMembers hit_members(const std::vector<std::string>& names) {
  HitMembers members = 0;
  for (std::size_t i = 0; i < kHitMembers.size(); ++i) {
    const bool asked =
        names.empty() || std::find(names.begin(), names.end(), kHitMembers[i].name) != names.end();
    if (asked) members |= HitMembers{1} << i;
  }
  return members;
}

void write_hit(JsonWriter& json, const Hit& hit, const SearchQuery& query) {
  const Highlight highlight = query.request.highlight;
  json.begin_object();
  for (std::size_t i = 0; i < kHitMembers.size(); ++i) {
    if ((query.members >> i & 1U) == 0) continue;
    if (highlight != Highlight::html && kHitMembers[i].name == kTitleHtml) continue;
    json.key(kHitMembers[i].name);
    kHitMembers[i].write(json, hit, highlight);
  }
  if (hit.explanation) {
    json.key("explain");
    write_explanation(json, *hit.explanation);
  }
  json.end_object();
}

}  // namespace broadsheet::server
