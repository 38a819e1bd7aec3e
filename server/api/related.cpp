// GET /v1/articles/{id}/related and POST /v1/related. A draft is neither stored nor logged.
#include <string>
#include <utility>

#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/linked_article.h"
#include "server/api/param_tables.h"
#include "server/api/search_request.h"

namespace broadsheet::server {

Response related(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kRelatedParams, request);
  const std::int64_t clock = backend.clock();
  RelatedRequest wanted = read_related(read.params, clock, read.faults);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);

  LinkedArticle linked = linked_article(backend, request, clock);
  if (linked.answer) return *linked.answer;
  wanted.rules = std::move(linked.desk.rules);
  const auto links = backend.related(linked.stored.article.id, wanted);
  if (!links) return failure_reply(backend, request, links.error());
  return cached(request,
                json_reply(related_json(&linked.stored, *links)),
                index_tag(request, links->index, clock, linked.desk.revision));
}

Response related_to_draft(const Backend& backend, const Request& request) {
  ReadBody input = read_body_params(kDraftParams, request);
  if (input.problem) return problem_reply(*input.problem, request.path);
  ReadParams& read = input.read;
  const Draft draft{read.params.text("title"), read.params.text("text")};
  if (draft.title.empty() && draft.text.empty()) {
    read.faults.bad("text", "The text of the draft is missing.");
  }
  RelatedRequest wanted = read_related(read.params, backend.clock(), read.faults);
  wanted.wants_anchors = read.params.flag("anchors");
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);

  const auto links = backend.related_to_draft(draft, wanted);
  if (!links) return failure_reply(backend, request, links.error());
  return json_reply(related_json(nullptr, *links));
}

}  // namespace broadsheet::server
