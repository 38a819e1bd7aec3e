// Proves the shape of every error reply, and that nothing of the inside gets into one.
#include "server/http/reply.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace broadsheet::server {
namespace {

using nlohmann::json;

const std::string* header(const Response& response, const std::string& name) {
  for (const NameValue& entry : response.headers) {
    if (entry.name == name) return &entry.value;
  }
  return nullptr;
}

TEST(Reply, every_member_is_always_there) {
  Problem problem;
  problem.status = 404;
  const Response response = problem_reply(problem, "/v1/articles/x");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(json::parse(response.body),
            json::parse(R"({"type": "about:blank", "title": "Not Found", "status": 404,
                            "detail": "", "instance": "/v1/articles/x", "code": "not_found",
                            "param": null, "position": null, "hint": null, "errors": []})"));
}

TEST(Reply, a_path_nobody_would_read_is_left_out) {
  Problem problem;
  problem.status = 404;
  const std::string path = "/" + std::string(7'000, 'x');
  EXPECT_TRUE(json::parse(problem_reply(problem, path).body)["instance"].is_null());
}

TEST(Reply, dates_are_as_http_writes_them) {
  EXPECT_EQ(http_date(1'750'239'000), "Wed, 18 Jun 2025 09:30:00 GMT");
  EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(Reply, what_is_known_is_said) {
  Problem problem = bad_parameter("from", "Not a date.");
  problem.position = 3;
  problem.hint = "Write 2025-04-18.";
  problem.errors.push_back({"Not a date.", "from", 3});
  problem.errors.push_back({"Something else.", std::nullopt, std::nullopt});
  const json body = json::parse(problem_reply(problem, "").body);
  EXPECT_EQ(body["status"], 400);
  EXPECT_EQ(body["code"], "bad_parameter");
  EXPECT_EQ(body["param"], "from");
  EXPECT_EQ(body["position"], 3);
  EXPECT_EQ(body["hint"], "Write 2025-04-18.");
  EXPECT_TRUE(body["instance"].is_null());
  EXPECT_EQ(body["errors"][0],
            json({{"detail", "Not a date."}, {"param", "from"}, {"position", 3}}));
  EXPECT_TRUE(body["errors"][1]["param"].is_null());
}

TEST(Reply, broken_utf8_of_a_client_does_no_harm) {
  const Response response = problem_reply(bad_parameter("q\xff", "\xc3("), "/\xff");
  EXPECT_EQ(json::parse(response.body)["param"], "q\xef\xbf\xbd");
}

TEST(Reply, the_error_table) {
  struct Case {
    ErrorCode code;
    int status;
    bool tells_message;
    bool tells_hint;
  };

  const std::vector<Case> cases{
      {ErrorCode::invalid_argument, 400, true, true},
      {ErrorCode::not_found, 404, true, true},
      {ErrorCode::unavailable, 503, false, true},
      {ErrorCode::version_mismatch, 503, false, true},
      {ErrorCode::corrupt, 500, false, false},
      {ErrorCode::internal, 500, false, false},
  };
  for (const Case& row : cases) {
    const Problem problem = problem_of({row.code, "catalog.db line 7", "run rebuild"});
    EXPECT_EQ(problem.status, row.status);
    EXPECT_EQ(problem.detail == "catalog.db line 7", row.tells_message) << row.status;
    EXPECT_FALSE(problem.detail.empty());
    EXPECT_EQ(problem.hint.has_value(), row.tells_hint) << row.status;
  }
}

TEST(Reply, retry_after_goes_with_429_and_503) {
  Problem problem;
  problem.status = 503;
  EXPECT_EQ(*header(problem_reply(problem, ""), "Retry-After"), "1");
  problem.status = 429;
  problem.retry_after = 60;
  EXPECT_EQ(*header(problem_reply(problem, ""), "Retry-After"), "60");
  problem = {};
  EXPECT_EQ(header(problem_reply(problem, ""), "Retry-After"), nullptr);
}

TEST(Reply, an_unknown_status_gets_the_name_of_its_class) {
  EXPECT_EQ(status_name(499).code, "bad_request");
  EXPECT_EQ(status_name(599).code, "internal");
  EXPECT_EQ(status_name(299).title, "OK");
}

}  // namespace
}  // namespace broadsheet::server
