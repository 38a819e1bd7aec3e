// GET /v1/articles/{id} and /v1/articles?url=.
#include <algorithm>
#include <string>

#include "server/api/caching.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "server/http/ascii.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kLdJson = "application/ld+json";

// A media type of an Accept header and its weight in thousandths (RFC 9110 section 12.5.1).
struct MediaRange {
  std::string type;
  int weight = 1000;
};

// "0.8" is 800; anything odd counts as 1000, as if it had not been said.
int weight_of(std::string_view text) {
  if (text.starts_with("1")) return 1000;
  if (!text.starts_with("0")) return 1000;
  int weight = 0;
  int digit_value = 100;
  for (std::size_t i = 2; i < text.size() && digit_value > 0; ++i, digit_value /= 10) {
    if (text[i] < '0' || text[i] > '9') break;
    weight += (text[i] - '0') * digit_value;
  }
  return weight;
}

MediaRange read_range(std::string_view part) {
  MediaRange range;
  std::string compact = lower_case(part);
  std::erase_if(compact, [](char c) { return c == ' ' || c == '\t'; });
  range.type = compact.substr(0, compact.find(';'));
  if (const std::size_t mark = compact.find(";q="); mark != std::string::npos) {
    range.weight = weight_of(std::string_view(compact).substr(mark + 3));
  }
  return range;
}

// Whether the client names JSON-LD and likes plain JSON no better: plain JSON is what everybody
// else gets.
bool wants_ld_json(const Request& request) {
  const std::string* accept = request.header("accept");
  if (accept == nullptr) return false;
  int ld_json = 0;
  int json = 0;
  std::string_view rest = *accept;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const MediaRange range = read_range(rest.substr(0, comma));
    if (range.type == kLdJson) ld_json = range.weight;
    if (range.type == "application/json") json = range.weight;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return ld_json > 0 && ld_json >= json;
}

Problem problem_with(int status, std::string detail) {
  Problem problem;
  problem.status = status;
  problem.detail = std::move(detail);
  return problem;
}

Response show(const Request& request, const StoredArticle& stored) {
  Response response;
  if (wants_ld_json(request)) {
    response = json_reply(article_ld_json(stored));
    response.content_type = kLdJson;
  } else {
    response = json_reply(article_json(stored));
  }
  response.headers.push_back({"Vary", "Accept"});
  return response;
}

// `missing` is the reply when no article was found.
Response answer(const Backend& backend,
                const Request& request,
                const Problem& missing,
                const Result<StoredArticle>& stored) {
  if (!stored && stored.error().code == ErrorCode::not_found) {
    return problem_reply(missing, request.path);
  }
  if (!stored) return failure_reply(backend, request, stored.error());
  const std::int64_t clock = backend.clock();
  if (const auto refusal = refusal_of(*stored, clock)) return problem_reply(*refusal, request.path);
  return cached(request, show(request, *stored), article_tag(request, *stored, clock));
}

}  // namespace

Problem no_article(std::string_view id) {
  return problem_with(404, "There is no article with the id " + cited(id) + ".");
}

std::optional<Problem> refusal_of(const StoredArticle& stored, std::int64_t clock) {
  const Status status = stored.article.status;
  if (status == Status::erased) return problem_with(410, "This article was erased.");
  if (status == Status::withdrawn || status == Status::killed) {
    const std::string reason = stored.status_reason.empty()
                                   ? std::string("This article was taken down.")
                                   : stored.status_reason;
    return problem_with(stored.legal ? 451 : 410, reason);
  }
  // Nobody learns that it exists before it may be seen.
  if (!is_visible(stored.article, clock)) return problem_with(404, "There is no such article.");
  return std::nullopt;
}

Response article(const Backend& backend, const Request& request) {
  const std::string& id = request.capture("id");
  return answer(backend, request, no_article(id), backend.article(id));
}

Response article_by_url(const Backend& backend, const Request& request) {
  ReadParams read = read_query_params(kArticleByUrlParams, request);
  const std::string& url = read.params.text("url");
  if (url.empty() && read.faults.empty()) {
    read.faults.bad("url", "The address of the article is missing.", "Such as ?url=https://…");
  }
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  const Problem missing = problem_with(404, "No article was seen under this URL.");
  return answer(backend, request, missing, backend.article_by_url(url, backend.clock()));
}

}  // namespace broadsheet::server
