// One function an endpoint, and what they share. A handler turns a Request into a Response, and
// knows neither sockets nor stores: Backend is all it stands on.
#pragma once

#include <string>
#include <string_view>

#include "server/api/backend.h"
#include "server/api/params.h"
#include "server/http/reply.h"
#include "server/http/request.h"

namespace broadsheet::server {

Response search(const Backend& backend, const Request& request);
Response feed_rss(const Backend& backend, const Request& request);
Response feed_atom(const Backend& backend, const Request& request);
Response feed_json(const Backend& backend, const Request& request);
Response article(const Backend& backend, const Request& request);
Response article_by_url(const Backend& backend, const Request& request);
Response explain(const Backend& backend, const Request& request);
Response revisions(const Backend& backend, const Request& request);
Response story(const Backend& backend, const Request& request);
Response timeline(const Backend& backend, const Request& request);
Response changes(const Backend& backend, const Request& request);
Response suggest(const Backend& backend, const Request& request);
Response related(const Backend& backend, const Request& request);
Response read_next(const Backend& backend, const Request& request);
Response related_to_draft(const Backend& backend, const Request& request);
Response put_decision(const Backend& backend, const Request& request);
Response delete_decision(const Backend& backend, const Request& request);
Response list_decisions(const Backend& backend, const Request& request);
Response give_feedback(const Backend& backend, const Request& request);
Response list_judgments(const Backend& backend, const Request& request);
Response livez(const Backend& backend, const Request& request);
Response readyz(const Backend& backend, const Request& request);
Response metrics(const Backend& backend, const Request& request);
Response version(const Backend& backend, const Request& request);
Response openapi(const Backend& backend, const Request& request);

// A 200 with a JSON body.
[[nodiscard]] Response json_reply(std::string body);

// The reply to a failure: what a client may know of it. The rest goes to Backend::on_failure.
// not_found is a 503 here: a store that is missing; an article that is not there is no failure.
[[nodiscard]] Response failure_reply(const Backend& backend,
                                     const Request& request,
                                     const Error& error);

// The reply to a search that failed: a 400 that names what of `asked` was wrong, or as above.
[[nodiscard]] Response search_failure(const Backend& backend,
                                      const Request& request,
                                      const SearchRequest& asked,
                                      const Error& error);

// Whether the time passed with nothing to show, and the 504 to say so.
[[nodiscard]] bool is_too_late(const SearchRequest& asked, const SearchResponse& response);
[[nodiscard]] Response too_late_reply(const Request& request);

// The 503 of stores that cannot be opened. Where they lie on the disk stays out of it.
[[nodiscard]] Problem not_ready(const StoreState& state);

// The 404 of an id that no article has.
[[nodiscard]] Problem no_article(std::string_view id);

// An article that is to be shown, or the Problem why it is not: 404, 410, 451.
[[nodiscard]] std::optional<Problem> refusal_of(const StoredArticle& stored, std::int64_t clock);

// openapi.json, as the program carries it.
[[nodiscard]] std::string_view openapi_text();

}  // namespace broadsheet::server
