// Every endpoint of the program, and which parameters it takes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "server/api/backend.h"
#include "server/api/params.h"
#include "server/http/request.h"

namespace broadsheet::server {

struct RouteRow {
  std::string_view method;
  std::string_view pattern;  // as in http/request.h
  Response (*handler)(const Backend& backend, const Request& request);
  LaneChoice lane = LaneChoice::worker;
  ParamTable params = {};    // in the query string of a GET, in the body of a POST or PUT
  std::size_t max_body = 0;  // bytes; 0: the server's default
};

[[nodiscard]] std::span<const RouteRow> route_rows();

// The table in the form that the HTTP server takes; each handler keeps a copy of `backend`.
[[nodiscard]] std::vector<Route> make_routes(const Backend& backend);

}  // namespace broadsheet::server
