// The article whose links are asked for, and what the desk says of them.
#pragma once

#include <cstdint>
#include <optional>

#include "server/api/backend.h"
#include "server/api/desk_rules.h"
#include "server/http/request.h"

namespace broadsheet::server {

struct LinkedArticle {
  StoredArticle stored;  // with body; not to be used when answered, as the next
  DeskRules desk;
  std::optional<Response> answer;  // 304, or why there is none: 404, 410, 451, 503
};

// The article of the capture `id`, at `clock` (seconds since 1970 UTC).
[[nodiscard]] LinkedArticle linked_article(const Backend& backend,
                                           const Request& request,
                                           std::int64_t clock);

}  // namespace broadsheet::server
