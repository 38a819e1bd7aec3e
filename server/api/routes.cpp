// The route table. To add an endpoint: a row here, a file with its handler, its path in
// openapi.json.
#include "server/api/routes.h"

#include <array>
#include <memory>

#include "server/api/handlers.h"
#include "server/api/param_tables.h"

namespace broadsheet::server {
namespace {

constexpr LaneChoice kWorker = LaneChoice::worker;
constexpr LaneChoice kExpress = LaneChoice::express;

// A draft of 4 MiB, as long as an article may be, and what JSON makes of its quotes and newlines.
constexpr std::size_t kMostDraft = std::size_t{8} * 1024 * 1024;

constexpr std::array kRoutes = {
    RouteRow{"GET", "/v1/search", search, kWorker, kSearchParams},
    RouteRow{"POST", "/v1/search", search, kWorker, kSearchParams},
    RouteRow{"GET", "/v1/feed.rss", feed_rss, kWorker, kFeedParams},
    RouteRow{"GET", "/v1/feed.atom", feed_atom, kWorker, kFeedParams},
    RouteRow{"GET", "/v1/feed.json", feed_json, kWorker, kFeedParams},
    RouteRow{"GET", "/v1/articles", article_by_url, kWorker, kArticleByUrlParams},
    RouteRow{"GET", "/v1/articles/{id}", article, kWorker},
    RouteRow{"GET", "/v1/articles/{id}/explain", explain, kWorker, kExplainParams},
    RouteRow{"GET", "/v1/articles/{id}/revisions", revisions, kWorker, kRevisionsParams},
    RouteRow{"GET", "/v1/stories/{id}", story, kWorker, kStoryParams},
    RouteRow{"GET", "/v1/stories/{id}/timeline", timeline, kWorker, kTimelineParams},
    RouteRow{"GET", "/v1/changes", changes, kWorker, kChangesParams},
    RouteRow{"GET", "/v1/suggest", suggest, kWorker, kSuggestParams},
    RouteRow{"GET", "/v1/articles/{id}/related", related, kWorker, kRelatedParams},
    RouteRow{"GET", "/v1/articles/{id}/read_next", read_next, kWorker, kReadNextParams},
    RouteRow{"POST", "/v1/related", related_to_draft, kWorker, kDraftParams, kMostDraft},
    RouteRow{"GET", "/v1/articles/{id}/related/pins", list_decisions, kWorker},
    RouteRow{"PUT", "/v1/articles/{id}/related/pins/{other}", put_decision, kWorker, kPinParams},
    RouteRow{"DELETE", "/v1/articles/{id}/related/pins/{other}", delete_decision, kWorker},
    RouteRow{"GET", "/v1/articles/{id}/related/blocks", list_decisions, kWorker},
    RouteRow{
        "PUT", "/v1/articles/{id}/related/blocks/{other}", put_decision, kWorker, kBlockParams},
    RouteRow{"DELETE", "/v1/articles/{id}/related/blocks/{other}", delete_decision, kWorker},
    RouteRow{"POST", "/v1/feedback", give_feedback, kWorker, kFeedbackParams},
    RouteRow{"GET", "/v1/feedback", list_judgments, kWorker, kJudgmentParams},
    RouteRow{"GET", "/livez", livez, kExpress},
    RouteRow{"GET", "/readyz", readyz, kExpress},
    RouteRow{"GET", "/metrics", metrics, kExpress},
    RouteRow{"GET", "/version", version, kExpress},
    RouteRow{"GET", "/openapi.json", openapi, kExpress},
};

// A row without a table takes no parameters.
Response answer(const RouteRow& row, const Backend& backend, const Request& request) {
  if (!row.params.empty()) return row.handler(backend, request);
  const ReadParams read = read_query_params({}, request);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  return row.handler(backend, request);
}

}  // namespace

std::span<const RouteRow> route_rows() {
  return kRoutes;
}

std::vector<Route> make_routes(const Backend& backend) {
  const auto shared = std::make_shared<const Backend>(backend);
  std::vector<Route> routes;
  for (const RouteRow& row : kRoutes) {
    Route route;
    route.method = row.method;
    route.pattern = row.pattern;
    route.handler = [shared, &row](const Request& request) {
      return answer(row, *shared, request);
    };
    route.lane = row.lane;
    route.max_body = row.max_body;
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace broadsheet::server
