// Answers as JSON, member by member as the contract shows them: unknown is null, lists are empty.
// To add a member of a hit: a row in kHitMembers (json_hit.cpp), its name in `fields` and in
// openapi.json.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/json_writer.h"
#include "server/desk/decision.h"
#include "server/search/timeline.h"
#include "server/search/types.h"

namespace broadsheet::server {

// A set of members of a hit: bit i is the i-th name of hit_member_names().
using HitMembers = std::uint32_t;

[[nodiscard]] std::vector<std::string_view> hit_member_names();
// The members with these names; unknown names are skipped. No names: all.
[[nodiscard]] HitMembers hit_members(const std::vector<std::string>& names);

// A search as the client asked for it.
struct SearchQuery {
  SearchRequest request;
  HitMembers members = hit_members({});
};

[[nodiscard]] std::string search_json(const SearchQuery& query,
                                      const SearchResponse& response,
                                      std::chrono::microseconds took);

// What the query was and how it was read.
void write_query(JsonWriter& json, const SearchQuery& query, const SearchResponse& response);

[[nodiscard]] std::string explain_json(const SearchQuery& query, const ExplainResponse& explained);
void write_explanation(JsonWriter& json, const Explanation& explanation);

// One hit, with the members asked for.
void write_hit(JsonWriter& json, const Hit& hit, const SearchQuery& query);

// `article` is the one that links were asked for; null for a draft.
[[nodiscard]] std::string related_json(const StoredArticle* article,
                                       const RelatedResponse& response);
void write_links(JsonWriter& json, const std::vector<RelatedLink>& links);
[[nodiscard]] std::string read_next_json(const StoredArticle& article,
                                         const ReadNextResponse& response);

[[nodiscard]] std::string decision_json(const Decision& decision);
[[nodiscard]] std::string decisions_json(const std::string& article,
                                         const std::vector<Decision>& decisions);

// The whole article, and the same as schema.org NewsArticle.
[[nodiscard]] std::string article_json(const StoredArticle& stored);
[[nodiscard]] std::string article_ld_json(const StoredArticle& stored);
void write_article(JsonWriter& json, const StoredArticle& stored);

[[nodiscard]] std::string revisions_json(const ArticleHistory& history);
// What is not visible at `clock`, seconds since 1970 UTC, is told as a tombstone.
[[nodiscard]] std::string changes_json(const ChangePage& page, std::int64_t clock);

// A story with a page of its articles, newest first.
[[nodiscard]] std::string story_json(const Story& story, const SearchResponse& articles);
[[nodiscard]] std::string timeline_json(const Timeline& timeline);

// The members by which a list shows an article, without the braces.
void write_card(JsonWriter& json, const Article& article);

// Pieces that several answers share; each writes one value.
void write_index(JsonWriter& json, const IndexState& index);
void write_source(JsonWriter& json, const Source& source);
// {"id","title","articles"} of an article's story, or null: one article is no story.
void write_story(JsonWriter& json, const StoredArticle& stored);
void write_image(JsonWriter& json, const std::optional<Image>& image);
void write_strings(JsonWriter& json, const std::vector<std::string>& values);
void write_time(JsonWriter& json, const std::optional<Timestamp>& time);   // RFC 3339 or null
void write_clock(JsonWriter& json, const std::optional<Timestamp>& time);  // "HH:MM" or null
void write_precision(JsonWriter& json, const std::optional<Timestamp>& time);
[[nodiscard]] std::string_view status_word(Status status);
[[nodiscard]] std::string_view relation_word(Relation relation);

// "365d" or "12h", as a half-life is written in a request.
[[nodiscard]] std::string format_half_life(double days);

}  // namespace broadsheet::server
