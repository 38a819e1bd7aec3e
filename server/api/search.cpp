// GET and POST /v1/search.
#include <charconv>
#include <chrono>
#include <string>

#include "server/api/caching.h"
#include "server/api/desk_rules.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "server/api/search_request.h"

namespace broadsheet::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kByteMark = "at byte ";

// The byte offset that a strict query error ends in (search/query.h), if it does.
std::optional<std::size_t> byte_of(std::string_view message) {
  const std::size_t mark = message.rfind(kByteMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view digits = message.substr(mark + kByteMark.size());
  std::size_t byte = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), byte);
  if (parsed.ec != std::errc()) return std::nullopt;
  return byte;
}

// The searcher refuses three things: a query that `strict` holds against the client, a cursor, and
// a histogram of too many buckets.
std::string_view refused_param(const SearchRequest& request, const Error& error, bool has_byte) {
  if (error.message.starts_with("histogram: ")) return "histogram";
  return has_byte || request.cursor.empty() ? "q" : "cursor";
}

Problem refused_search(const SearchRequest& request, const Error& error) {
  const auto byte = byte_of(error.message);
  const std::string_view param = refused_param(request, error, byte.has_value());
  std::string_view message = error.message;
  if (byte) message = message.substr(0, message.rfind(kByteMark));
  while (message.ends_with(' ') || message.ends_with(','))
    message.remove_suffix(1);
  Problem problem = bad_parameter(param, sentence_of(message, param));
  // Clients count characters.
  if (byte) problem.position = code_points(request.query, *byte);
  if (!error.hint.empty()) problem.hint = sentence_of(error.hint);
  return problem;
}

ReadBody read_params(const Request& request) {
  if (request.method == "POST") return read_body_params(kSearchParams, request);
  return {read_query_params(kSearchParams, request), std::nullopt};
}

}  // namespace

Response search_failure(const Backend& backend,
                        const Request& request,
                        const SearchRequest& asked,
                        const Error& error) {
  if (error.code != ErrorCode::invalid_argument) return failure_reply(backend, request, error);
  return problem_reply(refused_search(asked, error), request.path);
}

bool is_too_late(const SearchRequest& asked, const SearchResponse& response) {
  return response.partial && response.hits.empty() && Clock::now() >= asked.deadline;
}

Response too_late_reply(const Request& request) {
  Problem problem;
  problem.status = 504;
  problem.detail = "The time for this search passed before anything was found.";
  problem.hint = "Raise timeout_ms or narrow the search.";
  return problem_reply(problem, request.path);
}

Response search(const Backend& backend, const Request& request) {
  const auto began = Clock::now();
  ReadBody input = read_params(request);
  if (input.problem) return problem_reply(*input.problem, request.path);
  Faults& faults = input.read.faults;
  // The time a request waited counts: the client's patience began when it was sent.
  const auto accepted = request.accepted_at == Clock::time_point() ? began : request.accepted_at;
  const std::int64_t clock = backend.clock();
  SearchQuery query = read_search(input.read.params, clock, accepted, faults);
  if (!faults.empty()) return problem_reply(faults.problem(), request.path);
  DeskRules desk;
  if (query.request.related > 0) desk = desk_rules(backend, request, {}, clock);
  if (desk.refusal) return *desk.refusal;
  if (auto known = not_modified(backend, request, clock, desk.revision)) return *known;

  if (desk.revision > 0) {
    query.request.link_rules = [&](const std::string& id) {
      return desk_rules(backend, request, id, clock).rules;
    };
  }
  const auto response = backend.search(query.request);
  if (!response) return search_failure(backend, request, query.request, response.error());
  if (is_too_late(query.request, *response)) return too_late_reply(request);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
  Response reply = json_reply(search_json(query, *response, took));
  // Half an answer is no answer to keep.
  if (response->partial) return reply;
  return cached(
      request, std::move(reply), index_tag(request, response->index, clock, desk.revision));
}

}  // namespace broadsheet::server
