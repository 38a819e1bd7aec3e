// The article that a path names, for whoever may see it: what stands beside it tells what it is
// about.
#pragma once

#include <cstdint>
#include <optional>

#include "schema/article.h"
#include "server/api/backend.h"
#include "server/http/request.h"

namespace broadsheet::server {

struct ShownArticle {
  StoredArticle stored;             // with body; not to be used when refused
  std::optional<Response> refusal;  // 404, 410, 451, 503
};

// The article of the capture `id`, at `clock` (seconds since 1970 UTC).
[[nodiscard]] ShownArticle shown_article(const Backend& backend,
                                         const Request& request,
                                         std::int64_t clock);

}  // namespace broadsheet::server
