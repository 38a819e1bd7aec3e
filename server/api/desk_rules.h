// What the desk says of an article's links, as a search takes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/api/backend.h"
#include "server/http/request.h"

namespace broadsheet::server {

struct DeskRules {
  LinkRules rules;
  std::int64_t revision = 0;        // of the desk, for the tag of the answer
  std::optional<Response> refusal;  // 503: the desk cannot be read
};

// In force at `now` (seconds since 1970 UTC) for links from this article; its revision alone where
// `article` is empty. Without a desk: nothing.
[[nodiscard]] DeskRules desk_rules(const Backend& backend,
                                   const Request& request,
                                   const std::string& article,
                                   std::int64_t now);

// The 503 of a desk that cannot be read or written, told to the log.
[[nodiscard]] Response desk_failure_reply(const Backend& backend,
                                          const Request& request,
                                          const Error& error);

// The 403 to whoever may not use the desk: it is open on loopback alone, and not to pages of other
// sites in an editor's browser. Empty where it may be used.
[[nodiscard]] std::optional<Response> desk_refusal(const Backend& backend, const Request& request);

}  // namespace broadsheet::server
