// In the order of cost: the row, the desk, and whether the client has the answer already.
#include "server/api/linked_article.h"

#include <utility>

#include "server/api/caching.h"
#include "server/api/shown_article.h"

namespace broadsheet::server {

LinkedArticle linked_article(const Backend& backend, const Request& request, std::int64_t clock) {
  LinkedArticle linked;
  ShownArticle shown = shown_article(backend, request, clock);
  linked.stored = std::move(shown.stored);
  linked.answer = std::move(shown.refusal);
  if (linked.answer) return linked;
  linked.desk = desk_rules(backend, request, linked.stored.article.id, clock);
  linked.answer = linked.desk.refusal;
  if (linked.answer) return linked;
  linked.answer = not_modified(backend, request, clock, linked.desk.revision);
  return linked;
}

}  // namespace broadsheet::server
