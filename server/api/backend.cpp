// Ties the handlers to the real searcher and the real clock.
#include "server/api/backend.h"

#include <chrono>

namespace broadsheet::server {

Backend backend_of(Searcher& searcher, SessionPool& pool, SessionPool& probes) {
  Backend backend;
  backend.search = [&searcher](const SearchRequest& request) { return searcher.search(request); };
  backend.explain = [&searcher](const std::string& id, const SearchRequest& request) {
    return searcher.explain(id, request);
  };
  backend.article = [&searcher](const std::string& id) { return searcher.article(id); };
  backend.article_by_url = [&searcher](const std::string& url, std::int64_t clock) {
    return searcher.article_by_url(url, clock);
  };
  backend.history = [&searcher](const std::string& id, std::int64_t before, std::size_t limit) {
    return searcher.history(id, before, limit);
  };
  backend.story = [&searcher](const std::string& id) { return searcher.story(id); };
  backend.timeline = [&searcher](const std::string& id, const TimelineRequest& request) {
    return searcher.timeline(id, request);
  };
  backend.changes = [&searcher](std::int64_t since, std::size_t limit) {
    return searcher.changes(since, limit);
  };
  backend.suggest = [&searcher](const SuggestRequest& request) {
    return searcher.suggest(request);
  };
  backend.related = [&searcher](const std::string& id, const RelatedRequest& request) {
    return searcher.related(id, request);
  };
  backend.read_next = [&searcher](const std::string& id, const ReadNextRequest& request) {
    return searcher.read_next(id, request);
  };
  backend.related_to_draft = [&searcher](const Draft& draft, const RelatedRequest& request) {
    return searcher.related(draft, request);
  };
  backend.index_state = [&pool]() -> Result<IndexState> {
    auto session = pool.borrow();
    if (!session) return pass_on(session.error());
    return IndexState{(*session)->index.generation(), (*session)->index.applied_seq()};
  };
  backend.store_state = [&probes] { return probes.state(); };
  backend.http_stats = [] { return ServerStats{}; };
  backend.clock = [] {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
  };
  backend.on_failure = [](const Request& /*request*/, const Error& /*error*/) {};
  return backend;
}

}  // namespace broadsheet::server
