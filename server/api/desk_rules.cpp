// The revision is read before the decisions: when one comes in between, the tag is too old and the
// next request asks again, never the other way round.
#include "server/api/desk_rules.h"

#include <utility>

#include "server/api/faults.h"
#include "server/api/handlers.h"

namespace broadsheet::server {
namespace {

Response forbidden(const Request& request, std::string detail, std::string hint) {
  Problem problem;
  problem.status = 403;
  problem.detail = std::move(detail);
  problem.hint = std::move(hint);
  return problem_reply(problem, request.path);
}

// Whether a browser sends this for a page of another site: "http://host:port" against "host:port".
bool is_cross_site(const Request& request) {
  const std::string* origin = request.header("origin");
  const std::string* host = request.header("host");
  if (origin == nullptr) return false;
  const std::size_t mark = origin->find("://");
  return host == nullptr || mark == std::string::npos || origin->substr(mark + 3) != *host;
}

}  // namespace

DeskRules desk_rules(const Backend& backend,
                     const Request& request,
                     const std::string& article,
                     std::int64_t now) {
  DeskRules found;
  if (backend.desk == nullptr) return found;
  const auto revision = backend.desk->revision();
  if (!revision) {
    found.refusal = desk_failure_reply(backend, request, revision.error());
    return found;
  }
  found.revision = *revision;
  if (article.empty() || *revision == 0) return found;
  const auto decisions = backend.desk->in_force(article, now);
  if (!decisions) {
    found.refusal = desk_failure_reply(backend, request, decisions.error());
    return found;
  }
  for (const Decision& decision : *decisions) {
    if (decision.kind == DecisionKind::pin) {
      found.rules.pins.push_back({decision.other, decision.position, decision.reason});
    } else {
      found.rules.blocked.push_back(decision.other);
    }
  }
  return found;
}

Response desk_failure_reply(const Backend& backend, const Request& request, const Error& error) {
  Problem problem;
  problem.status = 503;
  problem.detail = "The desk cannot be used just now.";
  problem.hint = error.hint;
  // Not an archive that is known to be missing: somebody has to look after this one.
  backend.on_failure(request, {ErrorCode::internal, error.message, error.hint});
  return problem_reply(problem, request.path);
}

std::optional<Response> desk_refusal(const Backend& backend, const Request& request) {
  if (!backend.is_desk_open) {
    return forbidden(request,
                     "The desk may be used on the server's own machine alone.",
                     "Start a server with --listen 127.0.0.1:PORT and ask that one.");
  }
  if (is_cross_site(request)) {
    return forbidden(request,
                     "The desk does not answer to pages of other sites.",
                     "Leave out the Origin header, or send the server's own.");
  }
  return std::nullopt;
}

}  // namespace broadsheet::server
