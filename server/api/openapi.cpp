// GET /openapi.json: the file beside this one, embedded when it is built.
#include "server/api/handlers.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kOpenApi =
#include "openapi.inc"
    ;

}  // namespace

std::string_view openapi_text() {
  return kOpenApi;
}

Response openapi(const Backend& /*backend*/, const Request& /*request*/) {
  Response response;
  response.body = std::string(kOpenApi);
  return response;
}

}  // namespace broadsheet::server
