// What probes and dashboards read.
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/api/metrics.h"
#include "tests/server/api/stub_backend.h"

namespace broadsheet::server {
namespace {

using testing::HasSubstr;

TEST(Livez, is_alive_whatever_the_stores_say) {
  Stub stub;
  stub.state = {};
  EXPECT_EQ(livez(stub.backend(), get("/livez")).status, 200);
}

TEST(Readyz, tells_stamps_and_warnings_when_ready) {
  Stub stub;
  stub.state.reason = "written by another stemmer";
  const Response response = readyz(stub.backend(), get("/readyz"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(json_of(response).dump(),
            R"({"status":"ready","generation":3,"seq":9,"articles":24,)"
            R"("warnings":["written by another stemmer"],"hint":null})");
}

TEST(Readyz, is_503_with_reason_and_hint_otherwise) {
  Stub stub;
  stub.state = {.ready = false,
                .code = ErrorCode::not_found,
                .reason = "no catalog in /srv/news",
                .hint = "add articles"};
  const Response response = readyz(stub.backend(), get("/readyz"));
  EXPECT_EQ(response.status, 503);
  const Json problem = json_of(response);
  EXPECT_EQ(problem["detail"], "Nothing is indexed yet.");
  EXPECT_EQ(problem["hint"], "Add articles.");
  EXPECT_EQ(response.headers.front().name, "Retry-After");
}

TEST(Version, names_the_program) {
  Stub stub;
  const Json body = json_of(version(stub.backend(), get("/version")));
  EXPECT_EQ(body["name"], "broadsheet-server");
  EXPECT_EQ(body["version"], BROADSHEET_VERSION);
}

TEST(Metrics, histograms_are_cumulative_and_end_in_their_count) {
  Stub stub;
  RouteStats route;
  route.method = "GET";
  route.pattern = "/v1/search";
  route.buckets[0] = 2;
  route.buckets[2] = 3;
  route.buckets.back() = 1;
  route.count = 6;
  route.sum_us = 1'500'000;
  stub.stats.routes = {route, RouteStats{}};
  stub.stats.by_class[2] = 6;
  const std::string text = metrics(stub.backend(), get("/metrics")).body;
  const std::string labels = R"(method="GET",route="/v1/search")";
  for (const std::string& line : {
           "_bucket{" + labels + ",le=\"0.00025\"} 2\n",
           "_bucket{" + labels + ",le=\"0.0005\"} 2\n",
           "_bucket{" + labels + ",le=\"0.001\"} 5\n",
           "_bucket{" + labels + ",le=\"5\"} 5\n",
           "_bucket{" + labels + ",le=\"+Inf\"} 6\n",
           "_sum{" + labels + "} 1.5\n",
           "_count{" + labels + "} 6\n",
       }) {
    EXPECT_THAT(text, HasSubstr("broadsheet_http_request_duration_seconds" + line));
  }
  EXPECT_THAT(text, HasSubstr("broadsheet_http_responses_total{class=\"2xx\"} 6\n"));
  EXPECT_THAT(text, HasSubstr("route=\"none\""));
}

TEST(Metrics, tell_the_index_and_the_process) {
  Stub stub;
  const Response response = metrics(stub.backend(), get("/metrics"));
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(response.body, HasSubstr("broadsheet_ready 1\n"));
  EXPECT_THAT(response.body, HasSubstr("broadsheet_index_articles 24\n"));
  EXPECT_THAT(response.body, HasSubstr("broadsheet_index_generation 3\n"));
  const ProcessState process = process_state();
  EXPECT_GT(process.resident_bytes, 1'000'000U);
  EXPECT_GT(process.open_files, 2U);
}

TEST(Metrics, every_sample_follows_its_type) {
  std::istringstream lines(metrics_text({}, {}, {}));
  std::string family;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# TYPE ")) family = line.substr(7, line.find(' ', 7) - 7);
    if (!line.starts_with('#')) {
      EXPECT_TRUE(line.starts_with(family)) << line;
    }
  }
}

}  // namespace
}  // namespace broadsheet::server
