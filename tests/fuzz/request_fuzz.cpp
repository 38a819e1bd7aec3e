// Feeds one client's bytes through everything that reads them before a handler does: head check,
// routing, decoding, and httplib's parser and writer from memory. No socket takes part.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/head_check.h"
#include "server/http/params.h"
#include "server/http/server.h"

namespace {

using namespace broadsheet::server;

std::vector<Route> routes() {
  const auto echo = [](const Request& request) {
    Response response;
    response.content_type = "text/plain";
    for (const NameValue& param : request.params)
      response.body += param.name + param.value;
    response.body += request.capture("id") + request.body;
    response.headers = request.headers;
    return response;
  };
  return {{"GET", "/", echo}, {"GET", "/v1/articles/{id}", echo}, {"POST", "/v1/search", echo}};
}

// What must hold for every head that was let through.
void check(const Head& head, std::string_view answer) {
  const bool framed =
      answer.substr(0, 9) == "HTTP/1.1 " && answer.find("\r\n\r\n") != std::string_view::npos;
  const bool sane =
      !head.method.empty() && !head.target.empty() && head.target.find('\n') == std::string::npos;
  if (!framed || !sane) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MemoryServer server{ServerOptions(), routes()};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const HeadLimits limits;
  HeadScan scan;
  const std::size_t length = scan.look(bytes, limits);
  if (length == 0 || scan.status() != 0) return 0;
  const HeadVerdict verdict = judge_head(bytes.substr(0, length), limits, size);
  if (verdict.status != 0) return 0;
  const std::size_t body = std::min(verdict.head.content_length, size - length);
  check(verdict.head, server.answer(verdict.head, std::string(bytes.substr(length, body))));
  return 0;
}
