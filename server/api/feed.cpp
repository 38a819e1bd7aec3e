// GET /v1/feed.rss, .atom and .json: any search, newest first by when articles were first seen.
#include "server/api/feed.h"

#include <algorithm>
#include <chrono>

#include "schema/hash.h"
#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/param_tables.h"
#include "server/api/search_request.h"

namespace broadsheet::server {
namespace {

constexpr int kItems = 20;
constexpr int kTextChars = 300;
constexpr std::string_view kCursor = "cursor";

struct Format {
  std::string_view path;
  std::string_view content_type;
  std::string (*text)(const Feed& feed);
};

constexpr Format kRss{"/v1/feed.rss", "application/rss+xml; charset=utf-8", rss_text};
constexpr Format kAtom{"/v1/feed.atom", "application/atom+xml; charset=utf-8", atom_text};
constexpr Format kJson{"/v1/feed.json", "application/feed+json; charset=utf-8", json_feed_text};

// A UUID of version 8 (RFC 9562), the same for the same words in the same archive: unlike a URL it
// stays when an article or the server moves.
std::string uuid_of(const std::string& archive, std::string_view words) {
  std::string hex = sha256_hex(archive + '\n' + std::string(words)).substr(0, 32);
  hex[12] = '8';
  constexpr std::string_view kVariants = "89ab";
  hex[16] = kVariants[static_cast<unsigned char>(hex[16]) % 4];
  for (const std::size_t at : {20U, 16U, 12U, 8U})
    hex.insert(at, 1, '-');
  return "urn:uuid:" + hex;
}

// Of a value in a query string (RFC 3986 section 2.3).
std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain) {
      encoded += c;
    } else {
      encoded.append(1, '%').append(1, kHex[byte >> 4U]).append(1, kHex[byte & 15U]);
    }
  }
  return encoded;
}

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']' || c == '_';
  });
}

// Where the client found us, as it and the proxy before us say.
std::string base_of(const Request& request) {
  const std::string* host = request.header("host");
  const std::string* scheme = request.header("x-forwarded-proto");
  const bool is_secure = scheme != nullptr && *scheme == "https";
  return std::string(is_secure ? "https" : "http") + "://" +
         (host != nullptr && is_host(*host) ? *host : "localhost");
}

// The parameters in the order sent, encoded anew, with another cursor or none.
std::string query_with(const Request& request, std::string_view cursor) {
  std::string query;
  const auto add = [&query](std::string_view name, std::string_view value) {
    query += query.empty() ? '?' : '&';
    query += percent_encode(name) + '=' + percent_encode(value);
  };
  for (const NameValue& param : request.params) {
    if (param.name != kCursor) add(param.name, param.value);
  }
  if (!cursor.empty()) add(kCursor, cursor);
  return query;
}

FeedItem item_of(const Hit& hit, const std::string& archive, const std::string& base) {
  const Article& article = hit.article.article;
  FeedItem item;
  item.id = uuid_of(archive, article.id);
  item.link =
      article.url.empty() ? base + "/v1/articles/" + percent_encode(article.id) : article.url;
  item.title = article.title.empty() ? hit.snippet.text : article.title;
  item.text = article.summary.empty() ? hit.snippet.text : article.summary;
  if (article.published) item.published = article.published->seconds;
  item.updated = article.updated ? article.updated->seconds : hit.article.ingested;
  item.article = &article;
  return item;
}

Feed feed_of(const Request& request,
             std::string_view path,
             const SearchQuery& query,
             const SearchResponse& response) {
  const std::string base = base_of(request);
  const std::string address = base + std::string(path);
  Feed feed;
  feed.id = uuid_of(response.archive, query_with(request, {}));
  feed.title = query.request.query.empty() ? "Broadsheet" : "Broadsheet: " + query.request.query;
  feed.home = base + "/";
  feed.self = address + query_with(request, query.request.cursor);
  if (!response.next_cursor.empty())
    feed.next = address + query_with(request, response.next_cursor);
  feed.total = response.total.value;
  feed.start_index = response.position + 1;
  feed.items_per_page = static_cast<std::uint64_t>(query.request.limit);
  for (const Hit& hit : response.hits) {
    feed.items.push_back(item_of(hit, response.archive, base));
    feed.updated = std::max({feed.updated, hit.article.ingested, feed.items.back().updated});
  }
  // A feed must name a time (RFC 4287 section 4.2.15). One without items has been so at the latest
  // since the archive changed last.
  if (feed.items.empty()) feed.updated = response.changed.value_or(query.request.clock);
  return feed;
}

SearchQuery read_feed(const Params& params,
                      std::int64_t clock,
                      std::chrono::steady_clock::time_point accepted,
                      Faults& faults) {
  SearchQuery query = read_search(params, clock, accepted, faults);
  SearchRequest& request = query.request;
  request.sort = Sort::newest;
  request.by_first_seen = true;
  if (params.text("match").empty()) request.match = MatchMode::all;
  if (!params.integer("limit")) request.limit = kItems;
  request.highlight = Highlight::none;
  request.wants_title_html = false;
  request.snippet_chars = kTextChars;
  return query;
}

Response feed(const Backend& backend, const Request& request, const Format& format) {
  const auto now = std::chrono::steady_clock::now();
  ReadParams read = read_query_params(kFeedParams, request);
  const bool is_timed = request.accepted_at != std::chrono::steady_clock::time_point();
  const std::int64_t clock = backend.clock();
  const SearchQuery query =
      read_feed(read.params, clock, is_timed ? request.accepted_at : now, read.faults);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  if (auto known = not_modified(backend, request, clock)) return *known;
  const auto response = backend.search(query.request);
  if (!response) return search_failure(backend, request, query.request, response.error());
  if (is_too_late(query.request, *response)) return too_late_reply(request);
  Response reply;
  reply.content_type = format.content_type;
  reply.body = format.text(feed_of(request, format.path, query, *response));
  if (response->partial) return reply;
  return cached(request, std::move(reply), index_tag(request, response->index, clock));
}

}  // namespace

Response feed_rss(const Backend& backend, const Request& request) {
  return feed(backend, request, kRss);
}

Response feed_atom(const Backend& backend, const Request& request) {
  return feed(backend, request, kAtom);
}

Response feed_json(const Backend& backend, const Request& request) {
  return feed(backend, request, kJson);
}

}  // namespace broadsheet::server
