// Answers that a client keeps and asks about again: weak entity tags and 304 (RFC 9110 sections 8.8
// and 13.1.2). A tag names all that an answer depends on, so it can be judged without the answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/api/backend.h"
#include "server/http/request.h"

namespace broadsheet::server {

// The tag of an answer out of the index. `clock` in seconds since 1970 UTC counts by the minute:
// embargoes end, decay goes on.
// `desk`: the desk's revision, for answers that it has a say in.
[[nodiscard]] std::string index_tag(const Request& request,
                                    const IndexState& index,
                                    std::int64_t clock,
                                    std::int64_t desk = 0);
// The tag of an article as this request wants it shown.
[[nodiscard]] std::string article_tag(const Request& request,
                                      const StoredArticle& stored,
                                      std::int64_t clock);

// A 304 when the client has the answer that the index would give now; known without asking it.
// Parameters must have been judged before. Nothing for a POST.
[[nodiscard]] std::optional<Response> not_modified(const Backend& backend,
                                                   const Request& request,
                                                   std::int64_t clock,
                                                   std::int64_t desk = 0);

// The 200 with its tag, or a 304 in its place when the client has it already. A POST stays as it
// is.
[[nodiscard]] Response cached(const Request& request, Response response, const std::string& tag);

}  // namespace broadsheet::server
