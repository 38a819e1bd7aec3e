// From a whole request to the response of its handler: everything between the parser and the table
// of routes. Knows neither sockets nor httplib.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/http/job.h"
#include "server/http/options.h"
#include "server/http/request.h"
#include "server/http/router.h"

namespace broadsheet::server {

// The client's X-Request-Id when it is 1 to 64 of [A-Za-z0-9._-], else a fresh one: 16 hex digits,
// different in each run of the program. Any thread.
[[nodiscard]] std::string request_id_of(const Head& head);

// Takes headers and body out of the job and asks the handler of its row; what belongs to no handler
// (OPTIONS, 404, 405, parameters that cannot be decoded) is answered here. Never throws: an
// exception of a handler becomes a 500 and goes to `on_failure`.
[[nodiscard]] Response respond(Job& job,
                               std::string id,
                               const Router& router,
                               const FailureHook& on_failure);

// The refusal of the reactor and of stale jobs, as bytes for the socket: problem+json with
// Retry-After where it belongs. HEAD gets the head alone.
[[nodiscard]] std::string refusal_bytes(int status,
                                        std::string_view detail,
                                        Persistence persistence,
                                        std::string_view method);

// The refusal for want of time. Built once: under overload there are more of these than of answers.
[[nodiscard]] const std::string& overload_bytes(Persistence persistence, std::string_view method);

}  // namespace broadsheet::server
