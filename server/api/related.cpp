// GET /v1/articles/{id}/related and POST /v1/related. A draft is neither stored nor logged.
#include <string>

#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "server/api/search_request.h"

namespace broadsheet::server {

Response related(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kRelatedParams, request);
  const std::int64_t clock = backend.clock();
  const RelatedRequest wanted = read_related(read.params, clock, read.faults);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);

  // Links of what nobody may see would tell what it is about.
  const std::string& id = request.capture("id");
  const auto stored = backend.article(id);
  if (!stored && stored.error().code == ErrorCode::not_found) {
    return problem_reply(no_article(id), request.path);
  }
  if (!stored) return failure_reply(backend, request, stored.error());
  if (const auto refusal = refusal_of(*stored, clock)) return problem_reply(*refusal, request.path);

  if (auto known = not_modified(backend, request, clock)) return *known;
  const auto links = backend.related(stored->article.id, wanted);
  if (!links) return failure_reply(backend, request, links.error());
  return cached(
      request, json_reply(related_json(&*stored, *links)), index_tag(request, links->index, clock));
}

Response related_to_draft(const Backend& backend, const Request& request) {
  ReadBody input = read_body_params(kDraftParams, request);
  if (input.problem) return problem_reply(*input.problem, request.path);
  ReadParams& read = input.read;
  const Draft draft{read.params.text("title"), read.params.text("text")};
  if (draft.title.empty() && draft.text.empty()) {
    read.faults.bad("text", "The text of the draft is missing.");
  }
  const RelatedRequest wanted = read_related(read.params, backend.clock(), read.faults);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);

  const auto links = backend.related_to_draft(draft, wanted);
  if (!links) return failure_reply(backend, request, links.error());
  return json_reply(related_json(nullptr, *links));
}

}  // namespace broadsheet::server
