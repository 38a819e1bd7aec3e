// GET /v1/articles/{id}/explain: why an article is where it is in the answer to a query.
#include <chrono>
#include <string>

#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "server/api/search_request.h"
#include "server/api/shown_article.h"

namespace broadsheet::server {

Response explain(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kExplainParams, request);
  const std::int64_t clock = backend.clock();
  const auto now = std::chrono::steady_clock::now();
  const SearchQuery query = read_search(read.params, clock, now, read.faults);
  if (query.request.query.empty()) {
    read.faults.bad("q",
                    "The query to explain is missing.",
                    "Give it as to /v1/search: /v1/articles/ID/explain?q=japan+tariff");
  }
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);

  const ShownArticle shown = shown_article(backend, request, clock);
  if (shown.refusal) return *shown.refusal;
  const auto explained = backend.explain(shown.stored.article.id, query.request);
  if (!explained) return search_failure(backend, request, query.request, explained.error());
  Response reply = json_reply(explain_json(query, *explained));
  if (explained->search.partial) return reply;
  return cached(request, std::move(reply), index_tag(request, explained->search.index, clock));
}

}  // namespace broadsheet::server
