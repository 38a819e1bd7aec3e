// Proves what lies between the parser and a handler: what the handler sees, and what never reaches
// it.
#include "server/http/exchange.h"

#include <memory>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/http/params.h"

namespace broadsheet::server {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string told(const Request& request) {
  std::string text = request.method + " " + request.path + " " + std::string(request.pattern);
  text += " id=" + request.capture("id") + " none=" + request.capture("none");
  for (const NameValue& param : request.params)
    text += " " + param.name + "=" + param.value;
  if (request.param("q") != nullptr) text += " q:" + *request.param("q");
  if (request.header("accept") != nullptr) text += " accept:" + *request.header("accept");
  return text + " body:" + request.body + " from:" + request.remote_address;
}

Router table() {
  Handler echo = [](const Request& request) {
    Response response;
    response.body = told(request);
    return response;
  };
  Handler failing = [](const Request&) -> Response { throw std::runtime_error("secret path"); };
  Handler odd = [](const Request&) -> Response { throw 42; };
  return *Router::make({{"GET", "/a/{id}", echo}, {"GET", "/fail", failing}, {"GET", "/odd", odd}});
}

Response answer(const std::string& method,
                const std::string& target,
                const FailureHook& hook = {}) {
  const Router router = table();
  Job job;
  job.head.method = method;
  job.head.target = target;
  job.head.headers = {{"accept", "a/b"}};
  job.body = "text";
  job.remote_address = "127.0.0.1";
  job.match = router.match(method, split_target(target).path);
  return respond(job, "id-1", router, hook);
}

TEST(Exchange, the_handler_sees_the_whole_request) {
  EXPECT_EQ(answer("GET", "/a/x%2Fy?q=one+two&q=3&z").body,
            "GET /a/x%2Fy /a/{id} id=x/y none= q=one two q=3 z= q:one two accept:a/b body:text"
            " from:127.0.0.1");
}

TEST(Exchange, a_broken_parameter_is_a_400_that_names_it) {
  const Response response = answer("GET", "/a/x?q=%ff");
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr(R"("param":"q")"));
  EXPECT_EQ(answer("GET", "/a/%ff").status, 400);
}

TEST(Exchange, what_has_no_row_is_answered) {
  EXPECT_EQ(answer("GET", "/nope").status, 404);
  const Response wrong = answer("POST", "/a/x");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.back().name, "Allow");
  EXPECT_EQ(wrong.headers.back().value, "GET, HEAD, OPTIONS");
  const Response options = answer("OPTIONS", "/a/x");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.body, "");
  EXPECT_EQ(options.headers.back().value, "GET, HEAD, OPTIONS");
}

TEST(Exchange, an_exception_becomes_a_500_without_its_text) {
  std::string logged;
  const FailureHook hook = [&logged](
                               std::string_view id, std::string_view path, std::string_view what) {
    logged += std::string(id) + " " + std::string(path) + " " + std::string(what) + ";";
  };
  const Response response = answer("GET", "/fail?q=private", hook);
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, Not(HasSubstr("secret")));
  EXPECT_EQ(answer("GET", "/odd", hook).status, 500);
  EXPECT_EQ(answer("GET", "/odd").status, 500);
  EXPECT_EQ(logged, "id-1 /fail secret path;id-1 /odd unknown exception;");
}

TEST(Exchange, a_request_id_is_kept_when_well_formed) {
  Head head;
  head.headers = {{"x-request-id", "abc-1.2_X"}};
  EXPECT_EQ(request_id_of(head), "abc-1.2_X");
  for (const std::string& bad : {std::string(), std::string("a b"), std::string(65, 'a')}) {
    head.headers = {{"x-request-id", bad}};
    EXPECT_EQ(request_id_of(head).size(), 16U);
  }
  EXPECT_NE(request_id_of({}), request_id_of({}));
}

TEST(Exchange, a_refusal_is_a_whole_http_answer) {
  const std::string bytes = refusal_bytes(503, "Busy.", Persistence::keep_alive, "GET");
  EXPECT_THAT(bytes, testing::StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
  EXPECT_THAT(bytes, HasSubstr("Retry-After: 1\r\n"));
  EXPECT_THAT(bytes, HasSubstr("Connection: keep-alive\r\n\r\n{"));
  const std::string head_only = refusal_bytes(503, "Busy.", Persistence::close, "HEAD");
  EXPECT_THAT(head_only, testing::EndsWith("Connection: close\r\n\r\n"));
}

}  // namespace
}  // namespace broadsheet::server
