// GET /v1/stories/{id} and its timeline.
#include <string>

#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "server/search/filters.h"

namespace broadsheet::server {
namespace {

constexpr std::int64_t kDefaultArticles = 20;

Response no_story(const Request& request) {
  Problem problem;
  problem.status = 404;
  problem.detail = "There is no story with the id " + cited(request.capture("id")) + ".";
  problem.hint = "The story of an article is in its member story.id.";
  return problem_reply(problem, request.path);
}

// To the same thing of the story that took this one in. What was asked beside the id is asked anew.
Response moved_to(const Request& request, const std::string& heir) {
  const bool is_timeline = request.path.ends_with("/timeline");
  Response reply = json_reply("{\"moved_to\":\"" + heir + "\"}");
  reply.status = 301;
  reply.headers.push_back({"Location", "/v1/stories/" + heir + (is_timeline ? "/timeline" : "")});
  return reply;
}

// A live story, or the answer in its place.
struct FoundStory {
  Story story;
  std::optional<Response> answer;  // 301, 404, 503
};

FoundStory find_story(const Backend& backend, const Request& request) {
  auto story = backend.story(request.capture("id"));
  if (!story && story.error().code == ErrorCode::not_found) return {{}, no_story(request)};
  if (!story) return {{}, failure_reply(backend, request, story.error())};
  if (!story->merged_into.empty()) return {{}, moved_to(request, story->merged_into)};
  return {*std::move(story), std::nullopt};
}

SearchRequest articles_of(const Story& story, const Params& params, std::int64_t clock) {
  SearchRequest wanted;
  wanted.filters = {{Field::story, {story.id}, false}};
  wanted.sort = Sort::newest;
  wanted.collapse = Collapse::none;
  wanted.limit = static_cast<int>(params.integer("limit").value_or(kDefaultArticles));
  wanted.cursor = params.text("cursor");
  wanted.highlight = Highlight::none;
  wanted.wants_snippets = false;
  wanted.wants_title_html = false;
  wanted.now = clock;
  wanted.clock = clock;
  return wanted;
}

// A story whose articles were all taken down is as if it had never been.
Result<bool> has_articles(const Backend& backend, SearchRequest wanted) {
  if (wanted.cursor.empty()) return false;  // the first page was empty
  wanted.cursor.clear();
  wanted.limit = 1;
  const auto page = backend.search(wanted);
  if (!page) return pass_on(page.error());
  return !page->hits.empty();
}

}  // namespace

Response story(const Backend& backend, const Request& request) {
  const ReadParams read = read_query_params(kStoryParams, request);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  const std::int64_t clock = backend.clock();
  const FoundStory found = find_story(backend, request);
  if (found.answer) return *found.answer;
  const SearchRequest wanted = articles_of(found.story, read.params, clock);
  const auto page = backend.search(wanted);
  if (!page) return search_failure(backend, request, wanted, page.error());
  if (page->hits.empty()) {
    const auto is_shown = has_articles(backend, wanted);
    if (!is_shown) return failure_reply(backend, request, is_shown.error());
    if (!*is_shown) return no_story(request);
  }
  return cached(
      request, json_reply(story_json(found.story, *page)), index_tag(request, page->index, clock));
}

Response timeline(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kTimelineParams, request);
  const std::int64_t clock = backend.clock();
  TimelineRequest wanted;
  wanted.clock = clock;
  const auto since =
      parse_window(read.params.text("since"), "", clock, TimeZone::find("UTC").value());
  if (since) {
    wanted.since = since->from;
  } else {
    read.faults.bad(
        "since", sentence_of(since.error().message, "from"), sentence_of(since.error().hint));
  }
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  const FoundStory found = find_story(backend, request);
  if (found.answer) return *found.answer;
  const auto index = backend.index_state();
  if (!index) return failure_reply(backend, request, index.error());
  const auto told = backend.timeline(found.story.id, wanted);
  if (!told && told.error().code == ErrorCode::not_found) return no_story(request);
  if (!told) return failure_reply(backend, request, told.error());
  return cached(
      request, json_reply(timeline_json(*told, *index)), index_tag(request, *index, clock));
}

}  // namespace broadsheet::server
