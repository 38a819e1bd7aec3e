// From the parameters of /v1/search to a SearchRequest, and of the related endpoints to a
// RelatedRequest.
#pragma once

#include <chrono>
#include <cstdint>

#include "server/api/json.h"
#include "server/api/params.h"

namespace broadsheet::server {

// How long a search may take when the client says nothing: nobody waits longer for a page of hits.
inline constexpr std::chrono::milliseconds kDefaultTimeout{10'000};

// `clock` is the real time in seconds since 1970 UTC. What is wrong goes into `faults`; the result
// is to be used only when there are none.
[[nodiscard]] SearchQuery read_search(const Params& params,
                                      std::int64_t clock,
                                      std::chrono::steady_clock::time_point accepted_at,
                                      Faults& faults);

[[nodiscard]] RelatedRequest read_related(const Params& params, std::int64_t clock, Faults& faults);
[[nodiscard]] ReadNextRequest read_next_request(const Params& params, std::int64_t clock);

}  // namespace broadsheet::server
