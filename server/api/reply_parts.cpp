// Replies that every endpoint gives: JSON, and what a client may know of a failure.
#include <array>
#include <utility>

#include "server/api/faults.h"
#include "server/api/handlers.h"

namespace broadsheet::server {
namespace {

// Why nothing can be answered, by the failure to open the stores. The failure's own words name
// folders, so they stay in the log.
struct ReasonRow {
  ErrorCode code;
  std::string_view detail;
};

constexpr std::array kReasons = {
    ReasonRow{ErrorCode::not_found, "Nothing is indexed yet."},
    ReasonRow{ErrorCode::outdated, "The archive is from an older version of the software."},
    ReasonRow{ErrorCode::version_mismatch, "The archive is from another version of the software."},
    ReasonRow{ErrorCode::corrupt, "The archive is damaged, or catalog and index do not match."},
};

}  // namespace

Response json_reply(std::string body) {
  Response response;
  body += '\n';
  response.body = std::move(body);
  return response;
}

Problem not_ready(const StoreState& state) {
  Problem problem;
  problem.status = 503;
  problem.detail = "The archive cannot be read just now.";
  for (const ReasonRow& row : kReasons) {
    if (row.code == state.code) problem.detail = row.detail;
  }
  if (!state.hint.empty()) problem.hint = sentence_of(state.hint);
  return problem;
}

Response failure_reply(const Backend& backend, const Request& request, const Error& failure) {
  Error error = failure;
  // Handlers answer for articles that are not there: what else is missing is a store.
  if (error.code == ErrorCode::not_found) error.code = ErrorCode::unavailable;
  Problem problem = problem_of(error);
  problem.detail = sentence_of(problem.detail);
  if (problem.hint) problem.hint = sentence_of(*problem.hint);
  // Of a 404 or 400 the client is told everything, so there is nothing to keep.
  if (problem.status >= 500) backend.on_failure(request, error);
  return problem_reply(problem, request.path);
}

}  // namespace broadsheet::server
