// What a handler sees of HTTP: the request, the response and a row of the route table.
// Plain values, no library types: handlers and their tests need no socket and no httplib.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::server {

// A name and its value: a query parameter, a path capture or a header.
struct NameValue {
  std::string name;
  std::string value;
};

// One whole request. Everything in it is the client's text: decoded and valid UTF-8 where said so,
// but trusted in no other way.
struct Request {
  std::string method;  // as sent; a HEAD request reaches the GET handler with "HEAD" here
  std::string path;    // as sent, without the query, still percent-encoded
  std::string query;   // what follows the '?', as sent; may hold what readers type: never log it
  std::string_view pattern;         // the pattern of the matched route
  std::vector<NameValue> captures;  // {names} of the pattern, percent-decoded, valid UTF-8
  std::vector<NameValue> params;    // decoded, valid UTF-8, in the order sent, repeats kept
  std::vector<NameValue> headers;   // names in lower case, values trimmed, bytes as sent
  std::string body;                 // whole; at most the route's max_body bytes
  std::string remote_address;       // of the peer, without port: "127.0.0.1", "::1"
  std::string id;                   // X-Request-Id: the client's if well-formed, else our own
  std::chrono::steady_clock::time_point accepted_at;  // when its last byte had arrived

  // The value of a capture; the pattern promises that it is there, otherwise empty.
  [[nodiscard]] const std::string& capture(std::string_view name) const;
  // The first parameter of that name, nullptr when absent.
  [[nodiscard]] const std::string* param(std::string_view name) const;
  // The first header of that (lower-case) name, nullptr when absent.
  [[nodiscard]] const std::string* header(std::string_view name) const;
};

// What a handler answers. Content-Length, X-Request-Id, X-Content-Type-Options and Connection are
// added outside; a header with a control character in name or value is dropped.
struct Response {
  int status = 200;
  std::string content_type = "application/json";  // empty: no such header
  std::string body;                               // left out by itself for HEAD, 204 and 304
  std::vector<NameValue> headers;
};

// Runs on a worker, several at once: what it captures must be safe for that. It may throw: the
// client then gets a 500 without a word of the exception.
using Handler = std::function<Response(const Request&)>;

// Where a handler runs. `express` is one thread of its own, for answers that must come under any
// load and cost next to nothing: health, metrics, version.
enum class LaneChoice { worker, express };

// One row of the route table. `pattern` is a path whose segments are literal or one `{name}`, as in
// "/v1/articles/{id}/related"; a capture holds one non-empty segment, decoded after the split, so
// that an id may contain "%2F". The first row that matches path and method wins; HEAD is served by
// GET rows, OPTIONS by the table itself unless a row says otherwise.
struct Route {
  std::string method;
  std::string pattern;
  Handler handler;
  LaneChoice lane = LaneChoice::worker;
  std::size_t max_body = 0;  // bytes; 0 = the server's default
};

}  // namespace broadsheet::server
