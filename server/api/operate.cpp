// What operators and their probes ask: alive, ready, which version. Cheap enough for the express
// lane.
#include "schema/catalog.h"
#include "server/api/handlers.h"
#include "server/api/json_writer.h"

namespace broadsheet::server {

Response livez(const Backend& /*backend*/, const Request& /*request*/) {
  return json_reply(R"({"status":"alive"})");
}

Response readyz(const Backend& backend, const Request& request) {
  const StoreState state = backend.store_state();
  if (!state.ready) return problem_reply(not_ready(state), request.path);
  JsonWriter json;
  json.begin_object();
  json.member("status", "ready");
  json.key("generation");
  json.number(state.generation);
  json.key("seq");
  json.number(state.applied_seq);
  json.key("articles");
  json.number(state.articles);
  json.key("warnings");
  json.begin_array();
  if (!state.reason.empty()) json.string(state.reason);
  json.end_array();
  json.member_or_null("hint", state.hint);
  json.end_object();
  return json_reply(json.take());
}

Response version(const Backend& /*backend*/, const Request& /*request*/) {
  JsonWriter json;
  json.begin_object();
  json.member("name", "broadsheet-server");
  json.member("version", BROADSHEET_VERSION);
  json.member("api", "v1");
  json.key("catalog");
  json.number(catalog_version());
  json.end_object();
  return json_reply(json.take());
}

}  // namespace broadsheet::server
