// GET /v1/stories/{id} and its timeline.
#include <string>
#include <string_view>

#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "server/search/filters.h"

namespace broadsheet::server {
namespace {

constexpr std::int64_t kDefaultArticles = 20;
constexpr std::string_view kIdCapture = "{id}";

Response no_story(const Request& request) {
  Problem problem;
  problem.status = 404;
  problem.detail = "There is no story with the id " + cited(request.capture("id")) + ".";
  problem.hint = "The story of an article is in its member story.id.";
  return problem_reply(problem, request.path);
}

// To the same thing of the story that took this one in.
Response moved_to(const Request& request, const std::string& heir) {
  Response reply;
  reply.status = 301;
  reply.content_type.clear();
  std::string place(request.pattern);
  place.replace(place.find(kIdCapture), kIdCapture.size(), heir);
  if (!request.query.empty()) place += "?" + request.query;
  reply.headers.push_back({"Location", std::move(place)});
  return reply;
}

Response no_answer(const Backend& backend, const Request& request, const Error& error) {
  if (error.code == ErrorCode::not_found) return no_story(request);
  return failure_reply(backend, request, error);
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
  const auto story = backend.story(request.capture("id"));
  if (!story) return no_answer(backend, request, story.error());
  if (!story->merged_into.empty()) return moved_to(request, story->merged_into);
  const SearchRequest wanted = articles_of(*story, read.params, clock);
  const auto page = backend.search(wanted);
  if (!page) return search_failure(backend, request, wanted, page.error());
  if (page->hits.empty()) {
    const auto is_shown = has_articles(backend, wanted);
    if (!is_shown) return failure_reply(backend, request, is_shown.error());
    if (!*is_shown) return no_story(request);
  }
  return cached(
      request, json_reply(story_json(*story, *page)), index_tag(request, page->index, clock));
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
  const auto told = backend.timeline(request.capture("id"), wanted);
  if (!told) return no_answer(backend, request, told.error());
  if (!told->story.merged_into.empty()) return moved_to(request, told->story.merged_into);
  return cached(request, json_reply(timeline_json(*told)), index_tag(request, told->index, clock));
}

}  // namespace broadsheet::server
