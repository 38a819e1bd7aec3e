// The answer to a search.
#include <array>

#include "server/api/json.h"

namespace broadsheet::server {
namespace {

// A hit with its snippet takes about 1.4 kB; room for it at once saves copies.
constexpr std::size_t kBytesPerHit = 1536;

void write_warnings(JsonWriter& json, const SearchQuery& query, const SearchResponse& response) {
  json.begin_array();
  for (const QueryWarning& warning : response.warnings) {
    json.begin_object();
    json.member("message", warning.message);
    json.key("position");
    json.number(code_points(query.request.query, warning.position));
    json.end_object();
  }
  json.end_array();
}

void write_recency(JsonWriter& json, const SearchRequest& request) {
  const double days = request.recency.half_life_days;
  json.begin_object();
  json.member("preset", request.recency_preset);
  json.member_or_null("half_life", days > 0 ? format_half_life(days) : std::string());
  json.end_object();
}

}  // namespace

void write_query(JsonWriter& json, const SearchQuery& query, const SearchResponse& response) {
  json.begin_object();
  json.member("text", query.request.query);
  json.member("parsed", response.parsed);
  json.member_or_null("language", response.language);
  json.member("now", format_utc(query.request.now));
  json.key("recency");
  write_recency(json, query.request);
  json.member("match", response.matched_all ? "all" : "any");
  json.key("relaxed");
  json.boolean(response.relaxed);
  json.member_or_null("did_you_mean", response.did_you_mean);
  json.key("warnings");
  write_warnings(json, query, response);
  json.end_object();
}

namespace {

void write_total(JsonWriter& json, const Total& total) {
  constexpr std::array<std::string_view, 3> kWords = {"eq", "approx", "gte"};
  json.begin_object();
  json.key("value");
  json.number(total.value);
  json.member("relation", kWords.at(static_cast<std::size_t>(total.relation)));
  json.key("lower");
  json.number(total.lower);
  json.key("upper");
  json.number(total.upper);
  json.end_object();
}

void write_facets(JsonWriter& json, const std::vector<Facet>& facets) {
  json.begin_object();
  for (const Facet& facet : facets) {
    json.key(facet.row.name);
    json.begin_array();
    for (const FacetValue& value : facet.values) {
      json.begin_object();
      json.member("value", value.value);
      if (facet.row.has_names) json.member_or_null("name", value.name);
      json.key("count");
      json.number(value.count);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

void write_histogram(JsonWriter& json, const SearchQuery& query, const SearchResponse& response) {
  if (!response.histogram) return json.null();
  json.begin_object();
  json.member("interval", name_of(response.histogram->interval));
  json.member("tz", query.request.tz);
  json.key("buckets");
  json.begin_array();
  for (const HistogramBucket& bucket : response.histogram->buckets) {
    json.begin_object();
    json.member("start", bucket.start);
    json.key("count");
    json.number(bucket.count);
    json.key("share");
    json.decimal(bucket.share, 6);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

// What of the counts is estimated, by name.
void write_sampled(JsonWriter& json, const SearchResponse& response) {
  json.begin_array();
  for (const Facet& facet : response.facets) {
    if (facet.is_sampled) json.string(facet.row.name);
  }
  if (response.histogram && response.histogram->is_sampled) json.string("histogram");
  json.end_array();
}

}  // namespace

std::string search_json(const SearchQuery& query,
                        const SearchResponse& response,
                        std::chrono::microseconds took) {
  JsonWriter json(1024 + response.hits.size() * kBytesPerHit);
  json.begin_object();
  json.key("query");
  write_query(json, query, response);
  json.key("total");
  write_total(json, response.total);
  json.key("hits");
  json.begin_array();
  for (const Hit& hit : response.hits)
    write_hit(json, hit, query);
  json.end_array();
  json.key("facets");
  write_facets(json, response.facets);
  json.key("histogram");
  write_histogram(json, query, response);
  json.key("sampled");
  write_sampled(json, response);
  json.member_or_null("next_cursor", response.next_cursor);
  json.key("index");
  write_index(json, response.index);
  json.key("partial");
  json.boolean(response.partial);
  json.key("took_ms");
  json.decimal(static_cast<double>(took.count()) / 1000, 3);
  json.end_object();
  return json.take();
}

}  // namespace broadsheet::server
