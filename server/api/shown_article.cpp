// One way to be refused for all that hangs on an article.
#include "server/api/shown_article.h"

#include <utility>

#include "server/api/handlers.h"

namespace broadsheet::server {

ShownArticle shown_article(const Backend& backend, const Request& request, std::int64_t clock) {
  const std::string& id = request.capture("id");
  auto stored = backend.article(id);
  ShownArticle shown;
  if (!stored) {
    const bool is_unknown = stored.error().code == ErrorCode::not_found;
    shown.refusal = is_unknown ? problem_reply(no_article(id), request.path)
                               : failure_reply(backend, request, stored.error());
  } else if (const auto refusal = refusal_of(*stored, clock)) {
    shown.refusal = problem_reply(*refusal, request.path);
  } else {
    shown.stored = std::move(*stored);
  }
  return shown;
}

}  // namespace broadsheet::server
