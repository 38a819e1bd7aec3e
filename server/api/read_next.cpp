// GET /v1/articles/{id}/read_next: the finished list under an article.
#include <string>
#include <utility>

#include "server/api/caching.h"
#include "server/api/desk_rules.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "server/api/search_request.h"
#include "server/api/shown_article.h"

namespace broadsheet::server {

Response read_next(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kReadNextParams, request);
  const std::int64_t clock = backend.clock();
  ReadNextRequest wanted = read_next_request(read.params, clock);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  const ShownArticle shown = shown_article(backend, request, clock);
  if (shown.refusal) return *shown.refusal;
  DeskRules desk = desk_rules(backend, request, shown.stored.article.id, clock);
  if (desk.refusal) return *desk.refusal;

  if (auto known = not_modified(backend, request, clock, desk.revision)) return *known;
  wanted.rules = std::move(desk.rules);
  const auto list = backend.read_next(shown.stored.article.id, wanted);
  if (!list) return failure_reply(backend, request, list.error());
  return cached(request,
                json_reply(read_next_json(shown.stored, *list)),
                index_tag(request, list->index, clock, desk.revision));
}

}  // namespace broadsheet::server
