// Error replies as RFC 9457 problem+json, and the one table from ErrorCode to HTTP status.
// Nothing of the inside (messages of libraries, paths, exceptions) may enter a Problem.
#pragma once

#include <cstddef>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "server/http/request.h"

namespace broadsheet::server {

// One of several things wrong with a request.
struct ProblemItem {
  std::string detail;
  std::optional<std::string> param;
  std::optional<std::size_t> position;
};

// An error as the client sees it; every member is always written, unknown as null.
struct Problem {
  int status = 400;
  std::string code;    // short machine word such as "bad_parameter"; empty: the word of the status
  std::string title;   // empty: the name of the status
  std::string detail;  // one sentence on this very request
  std::optional<std::string> param;     // the parameter at fault
  std::optional<std::size_t> position;  // offset in it, in Unicode code points
  std::optional<std::string> hint;      // what to do instead
  std::vector<ProblemItem> errors;
  std::optional<int> retry_after;  // seconds; 429 and 503 get a Retry-After of 1 without it
};

// A 400 that names the parameter.
[[nodiscard]] Problem bad_parameter(std::string_view param, std::string detail);

// The status and code of a failure by one table: invalid_argument 400, not_found 404, unavailable
// and version_mismatch 503, corrupt and internal 500. The message is passed on only for the first
// two, the hint also for the 503s; of a 500 the client learns nothing more.
[[nodiscard]] Problem problem_of(const Error& error);

// The reply. `instance` is the path of the request (without its query); null when it is empty or
// longer than anybody would read.
[[nodiscard]] Response problem_reply(const Problem& problem, std::string_view instance);

// The time as the Date header writes it: "Wed, 18 Jun 2025 09:30:00 GMT".
[[nodiscard]] std::string http_date(std::time_t time);

// The usual name of a status ("Not Found"), and our machine word for it ("not_found").
struct StatusName {
  int status;
  std::string_view title;
  std::string_view code;
};

// Never fails: an unknown status gets a name by its class.
[[nodiscard]] StatusName status_name(int status);

}  // namespace broadsheet::server
