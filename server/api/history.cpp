// GET /v1/articles/{id}/revisions and /v1/changes.
#include <cstdint>
#include <limits>
#include <string>

#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"

namespace broadsheet::server {
namespace {

constexpr std::int64_t kDefaultRevisions = 20;
constexpr std::int64_t kDefaultChanges = 100;

std::size_t limit_of(const Params& params, std::int64_t standard) {
  return static_cast<std::size_t>(params.integer("limit").value_or(standard));
}

}  // namespace

Response revisions(const Backend& backend, const Request& request) {
  const ReadParams read = read_query_params(kRevisionsParams, request);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  const std::string& id = request.capture("id");
  const std::int64_t before =
      read.params.integer("before").value_or(std::numeric_limits<std::int64_t>::max());
  const auto history = backend.history(id, before, limit_of(read.params, kDefaultRevisions));
  if (!history && history.error().code == ErrorCode::not_found)
    return problem_reply(no_article(id), request.path);
  if (!history) return failure_reply(backend, request, history.error());
  const std::int64_t clock = backend.clock();
  if (const auto refusal = refusal_of(history->article, clock))
    return problem_reply(*refusal, request.path);
  return cached(
      request, json_reply(revisions_json(*history)), article_tag(request, history->article, clock));
}

Response changes(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kChangesParams, request);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  const std::int64_t since = read.params.integer("since").value_or(0);
  const auto page = backend.changes(since, limit_of(read.params, kDefaultChanges));
  if (!page) return failure_reply(backend, request, page.error());
  if (since > page->latest) {
    read.faults.bad("since",
                    "The last change has the number " + std::to_string(page->latest) + ".",
                    "The archive was restored or replaced: begin again with since=0.");
    return problem_reply(read.faults.problem(), request.path);
  }
  return json_reply(changes_json(*page, backend.clock()));
}

}  // namespace broadsheet::server
