// PUT, DELETE and GET under /v1/articles/{id}/related/pins and .../blocks.
#include <charconv>
#include <string>

#include "server/api/desk_rules.h"
#include "server/api/handlers.h"
#include "server/api/json.h"
#include "server/api/param_tables.h"
#include "server/api/shown_article.h"

namespace broadsheet::server {
namespace {

// A reason is a line for colleagues and readers, a name is a name; in bytes.
constexpr std::size_t kLongestReason = 500;
constexpr std::size_t kLongestName = 100;

DecisionKind kind_of(const Request& request) {
  return request.pattern.find("/blocks") == std::string_view::npos ? DecisionKind::pin
                                                                   : DecisionKind::block;
}

std::string tag_of(const Decision& decision) {
  return '"' + std::to_string(decision.revision) + '"';
}

// The revisions in a list of tags like ours: "7", "9". Those of others never match: -1.
std::vector<std::int64_t> revisions_in(std::string_view tags) {
  std::vector<std::int64_t> revisions;
  while (true) {
    const std::size_t begin = tags.find('"');
    const std::size_t end = begin == std::string_view::npos ? begin : tags.find('"', begin + 1);
    if (end == std::string_view::npos) break;
    std::int64_t revision = 0;
    const auto read = std::from_chars(tags.data() + begin + 1, tags.data() + end, revision);
    const bool is_ours = read.ec == std::errc() && read.ptr == tags.data() + end;
    revisions.push_back(is_ours ? revision : -1);
    tags.remove_prefix(end + 1);
  }
  if (revisions.empty()) revisions.push_back(-1);
  return revisions;
}

Condition condition_of(const Request& request) {
  Condition condition;
  if (const std::string* match = request.header("if-match"); match != nullptr) {
    condition.must_exist = *match == "*";
    if (!condition.must_exist) condition.revisions = revisions_in(*match);
  }
  const std::string* none = request.header("if-none-match");
  condition.must_be_new = none != nullptr && *none == "*";
  return condition;
}

// An article that a decision names: known, whether it is shown just now or not.
std::optional<Response> find_id(const Backend& backend,
                                const Request& request,
                                std::string_view capture,
                                std::string& id) {
  const std::string& named = request.capture(capture);
  const auto stored = backend.article(named);
  if (stored) {
    id = stored->article.id;
    return std::nullopt;
  }
  if (stored.error().code == ErrorCode::not_found)
    return problem_reply(no_article(named), request.path);
  return failure_reply(backend, request, stored.error());
}

void read_line(const Params& params,
               std::string_view name,
               std::size_t longest,
               std::string& line,
               Faults& faults) {
  line = params.text(name);
  if (line.size() > longest) {
    faults.bad(name, std::string(name) + " is longer than " + std::to_string(longest) + " bytes.");
  }
}

void read_expiry(const std::string& text, std::int64_t clock, Decision& decision, Faults& faults) {
  if (text.empty()) return;
  const auto time = parse_timestamp(text);
  if (!time) {
    return faults.bad("expires",
                      "\"" + cited(text) + "\" is no time.",
                      "Such as 2026-12-24 or 2026-12-24T18:00:00+01:00.");
  }
  // A day counts to its end.
  decision.expires = time->seconds + (time->precision == Precision::day ? kSecondsADay : 0);
  if (*decision.expires <= clock) faults.bad("expires", "\"" + cited(text) + "\" is past.");
}

Response refused(const Request& request, const std::optional<Decision>& there) {
  Problem problem;
  problem.status = 412;
  problem.detail = there
                       ? "This was decided anew since: the decision is " + tag_of(*there) + " now."
                       : "There is no such decision any more.";
  problem.hint = "Look at what stands now, then send its ETag as If-Match.";
  Response response = problem_reply(problem, request.path);
  if (there) response.headers.push_back({"ETag", tag_of(*there)});
  return response;
}

Response told(int status, const Decision& decision) {
  Response response = json_reply(decision_json(decision));
  response.status = status;
  response.headers.push_back({"ETag", tag_of(decision)});
  return response;
}

}  // namespace

Response put_decision(const Backend& backend, const Request& request) {
  if (auto refusal = desk_refusal(backend, request)) return *refusal;
  Decision wanted;
  wanted.kind = kind_of(request);
  ReadBody input;
  if (!request.body.empty()) {
    input = read_body_params(
        wanted.kind == DecisionKind::pin ? ParamTable(kPinParams) : ParamTable(kBlockParams),
        request);
  }
  if (input.problem) return problem_reply(*input.problem, request.path);
  const Params& params = input.read.params;
  Faults& faults = input.read.faults;
  wanted.made = backend.clock();
  wanted.position = static_cast<int>(params.integer("position").value_or(1));
  wanted.both_ways = params.flag("both_ways");
  read_line(params, "reason", kLongestReason, wanted.reason, faults);
  read_line(params, "by", kLongestName, wanted.by, faults);
  read_expiry(params.text("expires"), wanted.made, wanted, faults);
  if (!faults.empty()) return problem_reply(faults.problem(), request.path);

  if (auto refusal = find_id(backend, request, "id", wanted.article)) return *refusal;
  if (auto refusal = find_id(backend, request, "other", wanted.other)) return *refusal;
  if (wanted.article == wanted.other) {
    Problem problem = bad_parameter("other", "An article is never linked to itself.");
    return problem_reply(problem, request.path);
  }
  const auto changed = backend.desk->decide(wanted, condition_of(request));
  if (!changed) return desk_failure_reply(backend, request, changed.error());
  if (changed->change == Change::refused) return refused(request, changed->decision);
  return told(changed->change == Change::made ? 201 : 200, *changed->decision);
}

Response delete_decision(const Backend& backend, const Request& request) {
  if (auto refusal = desk_refusal(backend, request)) return *refusal;
  Decision pair;
  pair.kind = kind_of(request);
  pair.article = request.capture("id");
  pair.other = request.capture("other");
  // By the articles' own ids where they are known; what was decided on one that is gone can be
  // taken back too.
  for (std::string* id : {&pair.article, &pair.other}) {
    if (const auto stored = backend.article(*id)) *id = stored->article.id;
  }
  const auto changed = backend.desk->take_back(pair, condition_of(request));
  if (!changed) return desk_failure_reply(backend, request, changed.error());
  if (changed->change == Change::refused) return refused(request, changed->decision);
  if (changed->change == Change::removed) return json_reply(decision_json(*changed->decision));
  Problem problem;
  problem.status = 404;
  problem.detail =
      pair.kind == DecisionKind::pin ? "There is no such pin." : "There is no such block.";
  return problem_reply(problem, request.path);
}

Response list_decisions(const Backend& backend, const Request& request) {
  if (auto refusal = desk_refusal(backend, request)) return *refusal;
  std::string article;
  if (auto refusal = find_id(backend, request, "id", article)) return *refusal;
  auto decisions = backend.desk->made_for(article);
  if (!decisions) return desk_failure_reply(backend, request, decisions.error());
  const DecisionKind kind = kind_of(request);
  std::erase_if(*decisions, [kind](const Decision& each) { return each.kind != kind; });
  return json_reply(decisions_json(article, *decisions));
}

}  // namespace broadsheet::server
