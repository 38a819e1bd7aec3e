// POST /v1/feedback, and GET /v1/feedback: what it comes to, as judgments.
#include <array>
#include <string>

#include <spdlog/fmt/fmt.h>

#include "server/api/desk_rules.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kLongestQuery = 4096;  // as a search reads
constexpr std::size_t kLongestName = 100;

constexpr std::array<std::string_view, 3> kVerdicts = {"reject", "accept", "click"};

// The article of an id, by the id that it has now; a fault when there is none.
void find_article(const Backend& backend,
                  std::string_view name,
                  std::string& id,
                  Faults& faults,
                  std::optional<Error>& failure) {
  const auto stored = backend.article(id);
  if (stored) {
    id = stored->article.id;
  } else if (stored.error().code == ErrorCode::not_found) {
    faults.bad(name, "There is no article with the id \"" + cited(id) + "\".");
  } else {
    failure = stored.error();
  }
}

Feedback read_feedback(const Params& params, std::int64_t clock, Faults& faults) {
  Feedback feedback;
  feedback.article = params.text("article");
  feedback.query = params.text("q");
  feedback.other = params.text("id");
  feedback.by = params.text("by");
  feedback.position = params.integer("position");
  feedback.given = clock;
  for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
    if (kVerdicts.at(i) == params.text("verdict")) feedback.verdict = static_cast<Verdict>(i);
  }
  if (params.text("verdict").empty())
    faults.bad("verdict", "The verdict is missing.", "accept, reject or click.");
  if (feedback.other.empty()) faults.bad("id", "The id of the article shown is missing.");
  if (feedback.article.empty() == feedback.query.empty()) {
    faults.bad("article",
               "Either the article that the link stood under or the query (q) that found the hit "
               "has to be named.",
               "Send one of article and q.");
  }
  if (feedback.query.size() > kLongestQuery) faults.bad("q", "The query is longer than 4 KiB.");
  if (feedback.by.size() > kLongestName) faults.bad("by", "by is longer than 100 bytes.");
  return feedback;
}

// Judgments as broadsheet-eval and trec_eval read them. Ids hold no white space.
std::string qrels_of(const std::vector<Judgment>& judgments) {
  std::string lines;
  for (const Judgment& judgment : judgments) {
    lines +=
        fmt::format("{} 0 {} {}\n", judgment.question, judgment.other, judgment.relevant ? 1 : 0);
  }
  return lines;
}

// The queries that judgments name, one JSON object a line; judgments of one query come together.
std::string queries_of(const std::vector<Judgment>& judgments) {
  std::string lines;
  std::string last;
  for (const Judgment& judgment : judgments) {
    if (judgment.text.empty() || judgment.question == last) continue;
    last = judgment.question;
    JsonWriter json;
    json.begin_object();
    json.member("id", judgment.question);
    json.member("text", judgment.text);
    json.end_object();
    lines += json.take() + '\n';
  }
  return lines;
}

}  // namespace

Response give_feedback(const Backend& backend, const Request& request) {
  if (auto refusal = desk_refusal(backend, request)) return *refusal;
  ReadBody input = read_body_params(kFeedbackParams, request);
  if (input.problem) return problem_reply(*input.problem, request.path);
  Faults& faults = input.read.faults;
  Feedback feedback = read_feedback(input.read.params, backend.clock(), faults);
  std::optional<Error> failure;
  if (faults.empty()) find_article(backend, "id", feedback.other, faults, failure);
  if (faults.empty() && !failure && !feedback.article.empty())
    find_article(backend, "article", feedback.article, faults, failure);
  if (failure) return failure_reply(backend, request, *failure);
  if (!faults.empty()) return problem_reply(faults.problem(), request.path);

  if (const auto done = backend.desk->record(feedback); !done)
    return desk_failure_reply(backend, request, done.error());
  JsonWriter json;
  json.begin_object();
  json.member("question", feedback.article.empty() ? query_id(feedback.query) : feedback.article);
  json.member("id", feedback.other);
  json.member("verdict", kVerdicts.at(static_cast<std::size_t>(feedback.verdict)));
  json.end_object();
  return json_reply(json.take());
}

Response list_judgments(const Backend& backend, const Request& request) {
  const ReadParams read = read_query_params(kJudgmentParams, request);
  if (!read.faults.empty()) return problem_reply(read.faults.problem(), request.path);
  if (auto refusal = desk_refusal(backend, request)) return *refusal;
  const auto judgments = backend.desk->judgments();
  if (!judgments) return desk_failure_reply(backend, request, judgments.error());
  const bool wants_queries = read.params.text("format") == "queries";
  Response response;
  response.content_type = wants_queries ? "application/x-ndjson" : "text/plain; charset=utf-8";
  response.body = wants_queries ? queries_of(*judgments) : qrels_of(*judgments);
  return response;
}

}  // namespace broadsheet::server
