// What the handlers stand on, as plain functions: main fills it from a Searcher, tests with a few
// lambdas. Copy freely; what the functions refer to must outlive every copy.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "server/desk/desk.h"
#include "server/http/request.h"
#include "server/http/stats.h"
#include "server/search/searcher.h"

namespace broadsheet::server {

// All functions may be called from many threads at once; all must be set.
struct Backend {
  std::function<Result<SearchResponse>(const SearchRequest&)> search;
  std::function<Result<ExplainResponse>(const std::string& id, const SearchRequest&)> explain;
  std::function<Result<StoredArticle>(const std::string& id)> article;
  std::function<Result<StoredArticle>(const std::string& url, std::int64_t clock)> article_by_url;
  std::function<Result<ArticleHistory>(const std::string& id, std::int64_t before, std::size_t)>
      history;
  std::function<Result<Story>(const std::string& id)> story;
  std::function<Result<Timeline>(const std::string& id, const TimelineRequest&)> timeline;
  std::function<Result<ChangePage>(std::int64_t since, std::size_t limit)> changes;
  std::function<Result<SuggestResponse>(const SuggestRequest&)> suggest;
  std::function<Result<RelatedResponse>(const std::string& id, const RelatedRequest&)> related;
  std::function<Result<ReadNextResponse>(const std::string& id, const ReadNextRequest&)> read_next;
  std::function<Result<RelatedResponse>(const Draft&, const RelatedRequest&)> related_to_draft;
  // What the next answer would come from; the search pool's own, so it may wait for a session.
  std::function<Result<IndexState>()> index_state;
  std::function<StoreState()> store_state;
  std::function<ServerStats()> http_stats;
  std::function<std::int64_t()> clock;  // seconds since 1970 UTC
  // What editors decide; null: nothing, and no place to write it to. Outlives every copy.
  Desk* desk = nullptr;
  // Whether the desk's own endpoints answer: on a loopback listener, as long as there are no keys.
  // Never without a desk.
  bool is_desk_open = false;
  // Told of failures whose words a client must not read.
  std::function<void(const Request&, const Error&)> on_failure;
};

// The functions that a searcher answers out of `pool`, by the real clock; `http_stats` and
// `on_failure` are the caller's to set. `probes` answers for the state of the stores: a pool of its
// own, so that a probe never waits for a search to give its session back.
[[nodiscard]] Backend backend_of(Searcher& searcher, SessionPool& pool, SessionPool& probes);

}  // namespace broadsheet::server
