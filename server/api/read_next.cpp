// GET /v1/articles/{id}/read_next: the finished list under an article.
#include <string>
#include <utility>

#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/linked_article.h"
#include "server/api/param_tables.h"
#include "server/api/search_request.h"

namespace broadsheet::server {

Response read_next(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kReadNextParams, request);
  const std::int64_t clock = backend.clock();
  ReadNextRequest wanted = read_next_request(read.params, clock);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);

  LinkedArticle linked = linked_article(backend, request, clock);
  if (linked.answer) return *linked.answer;
  wanted.rules = std::move(linked.desk.rules);
  const auto list = backend.read_next(linked.stored.article.id, wanted);
  if (!list) return failure_reply(backend, request, list.error());
  return cached(request,
                json_reply(read_next_json(linked.stored, *list)),
                index_tag(request, list->index, clock, linked.desk.revision));
}

}  // namespace broadsheet::server
