// Replies that every endpoint gives: JSON, and what a client may know of a failure.
#include <algorithm>
#include <utility>

#include "server/api/faults.h"
#include "server/api/handlers.h"

namespace broadsheet::server {

namespace {

// The text with each path cut to its last part: "/srv/news/catalog.db" becomes "catalog.db".
std::string without_folders(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    kept += word.substr(word.find_last_of('/') + 1);  // npos + 1 is 0
    if (blank < text.size()) kept += ' ';
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return kept;
}

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
  problem.detail = state.reason.empty() ? "There is nothing to search yet."
                                        : sentence_of(without_folders(state.reason));
  if (!state.hint.empty()) problem.hint = sentence_of(without_folders(state.hint));
  return problem;
}

Response failure_reply(const Backend& backend, const Request& request, const Error& error) {
  if (error.code == ErrorCode::not_found) {
    const StoreState state = backend.store_state();
    if (!state.ready) return problem_reply(not_ready(state), request.path);
  }
  Problem problem = problem_of(error);
  problem.detail = sentence_of(problem.detail);
  if (problem.hint) problem.hint = sentence_of(*problem.hint);
  // Of a 404 or 400 the client is told everything, so there is nothing to keep.
  if (problem.status >= 500) backend.on_failure(request, error);
  return problem_reply(problem, request.path);
}

}  // namespace broadsheet::server
