// The order of checks: path, then parameters, then the handler.
#include "server/http/exchange.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <exception>
#include <optional>
#include <random>
#include <utility>

#include "server/http/params.h"
#include "server/http/reply.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kMaxIdChars = 64;

bool is_id_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
         c == '_' || c == '-';
}

// Counting on from a random start: unique in this run, and not confused with those of the last.
std::string fresh_id() {
  static std::atomic<std::uint64_t> next{(std::uint64_t{std::random_device{}()} << 32U) +
                                         std::random_device{}()};
  std::uint64_t number = next.fetch_add(1, std::memory_order_relaxed);
  std::string id(16, '0');
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit, number >>= 4U) {
    *digit = "0123456789abcdef"[number & 0xFU];
  }
  return id;
}

Response refused(const Problem& problem, const Match& match, const Request& request) {
  Response response = problem_reply(problem, request.path);
  if (!match.allow.empty()) response.headers.push_back({"Allow", match.allow});
  return response;
}

// Answers what no handler needs to see; nothing when the row's handler is to answer.
std::optional<Response> answer_without_handler(const Match& match, const Request& request) {
  if (match.status == 0) return std::nullopt;
  if (match.status == 204) {
    Response response;
    response.status = 204;
    response.content_type.clear();
    response.headers.push_back({"Allow", match.allow});
    return response;
  }
  Problem problem;
  problem.status = match.status;
  if (match.status == 400) {
    problem = bad_parameter(match.fault, "This part of the path is not percent-encoded UTF-8.");
  } else if (match.status == 405) {
    problem.detail = "This path does not know the method; Allow names those it does.";
  } else {
    problem.detail = "There is nothing at this path.";
    problem.hint = "See /openapi.json for what there is.";
  }
  return refused(problem, match, request);
}

Response call(const Handler& handler, const Request& request, const FailureHook& on_failure) {
  std::string what = "unknown exception";
  try {
    return handler(request);
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
    // Whatever it was, this client gets a 500 and the others their answers.
  }
  if (on_failure) on_failure(request.id, request.path, what);
  return problem_reply(problem_of(Error{}), request.path);
}

Request request_of(Job& job, std::string id) {
  Request request;
  const TargetParts target = split_target(job.head.target);
  request.method = job.head.method;
  request.path = target.path;
  request.query = target.query;
  request.captures = std::move(job.match.captures);
  request.headers = std::move(job.head.headers);
  request.body = std::move(job.body);
  request.remote_address = std::move(job.remote_address);
  request.id = std::move(id);
  request.accepted_at = job.ready;
  return request;
}

}  // namespace

std::string request_id_of(const Head& head) {
  for (const NameValue& header : head.headers) {
    if (header.name != "x-request-id") continue;
    const std::string& id = header.value;
    const bool well_formed =
        !id.empty() && id.size() <= kMaxIdChars && std::all_of(id.begin(), id.end(), is_id_char);
    if (well_formed) return id;
  }
  return fresh_id();
}

Response respond(Job& job, std::string id, const Router& router, const FailureHook& on_failure) {
  Request request = request_of(job, std::move(id));
  if (std::optional<Response> answer = answer_without_handler(job.match, request)) return *answer;
  const Route& route = router.routes()[job.match.row];
  request.pattern = route.pattern;
  ParsedQuery query = parse_query(request.query);
  if (query.fault) {
    return refused(
        bad_parameter(*query.fault, "The parameter is not percent-encoded UTF-8."), {}, request);
  }
  request.params = std::move(query.params);
  return call(route.handler, request, on_failure);
}

std::string refusal_bytes(int status,
                          std::string_view detail,
                          Persistence persistence,
                          std::string_view method) {
  Problem problem;
  problem.status = status;
  problem.detail = detail;
  const Response response = problem_reply(problem, {});
  std::string bytes = "HTTP/1.1 " + std::to_string(status) + " ";
  bytes.append(status_name(status).title).append("\r\nContent-Type: ");
  bytes.append(response.content_type).append("\r\nContent-Length: ");
  bytes.append(std::to_string(response.body.size())).append("\r\n");
  for (const NameValue& header : response.headers) {
    bytes.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  // RFC 9110 section 6.6.1 asks for it below 500; the refusals above are built once and kept.
  if (status < 500) bytes.append("Date: ").append(http_date(std::time(nullptr))).append("\r\n");
  bytes.append("X-Content-Type-Options: nosniff\r\nConnection: ");
  bytes.append(persistence == Persistence::close ? "close\r\n\r\n" : "keep-alive\r\n\r\n");
  if (method != "HEAD") bytes.append(response.body);
  return bytes;
}

const std::string& overload_bytes(Persistence persistence, std::string_view method) {
  constexpr std::string_view kDetail = "The server has more work than it can do.";
  static const std::string kKept = refusal_bytes(503, kDetail, Persistence::keep_alive, "GET");
  static const std::string kClosed = refusal_bytes(503, kDetail, Persistence::close, "GET");
  static const std::string kKeptHead = refusal_bytes(503, kDetail, Persistence::keep_alive, "HEAD");
  static const std::string kClosedHead = refusal_bytes(503, kDetail, Persistence::close, "HEAD");
  if (method == "HEAD") return persistence == Persistence::close ? kClosedHead : kKeptHead;
  return persistence == Persistence::close ? kClosed : kKept;
}

}  // namespace broadsheet::server
