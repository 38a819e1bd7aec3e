// The small table of routes that the tests of the running server ask.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/http/request.h"
#include "tests/server/http/live_server.h"

namespace broadsheet::server {

inline Response text(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

inline std::vector<Route> routes() {
  return {
      {"GET", "/hello", [](const Request&) { return text("hello"); }},
      {"GET", "/id/{id}", [](const Request& request) { return text(request.capture("id")); }},
      {"GET",
       "/status/{n}",
       [](const Request& request) {
         Response response = text("gone");
         response.status = std::stoi(request.capture("n"));
         response.headers = {
             {"ETag", "W/\"1\""}, {"X-Bad", "a\r\nSet-Cookie: b"}, {"X-Odd", "a\x01"}};
         return response;
       }},
      {"GET", "/big", [](const Request&) { return text(std::string(8'000'000, 'b')); }},
      {"POST", "/echo", [](const Request& request) { return text(request.body); }},
      {"POST",
       "/large",
       [](const Request& request) { return text(std::to_string(request.body.size())); },
       LaneChoice::worker,
       4'000'000},
      {"GET", "/livez", [](const Request&) { return text("alive"); }, LaneChoice::express},
  };
}

// The same and "/gate", whose handler waits at the gate.
inline std::vector<Route> routes_with(Gate& gate) {
  std::vector<Route> table = routes();
  table.push_back({"GET", "/gate", [&gate](const Request&) {
                     gate.pass();
                     return text("passed");
                   }});
  return table;
}

}  // namespace broadsheet::server
