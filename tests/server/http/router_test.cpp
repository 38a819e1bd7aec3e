// Proves which row of the table a method and a raw path belong to, and what is said when none does.
#include "server/http/router.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

Response nothing(const Request& /*request*/) {
  return {};
}

Router table() {
  const std::vector<std::pair<const char*, const char*>> rows{
      {"GET", "/"},
      {"GET", "/v1/search"},
      {"POST", "/v1/search"},
      {"GET", "/v1/articles/latest"},
      {"GET", "/v1/articles/{id}"},
      {"PUT", "/v1/articles/{id}"},
      {"GET", "/v1/articles/{id}/related"},
      {"DELETE", "/v1/articles/{id}/related/pins/{other}"},
  };
  std::vector<Route> routes;
  routes.reserve(rows.size());
  for (const auto& [method, pattern] : rows)
    routes.push_back({method, pattern, nothing});
  Result<Router> router = Router::make(std::move(routes));
  EXPECT_TRUE(router.has_value());
  return std::move(*router);
}

// "row 4 id=x" or "404" or "405 GET, HEAD, OPTIONS".
std::string shown(const Match& match) {
  std::string text =
      match.status == 0 ? "row " + std::to_string(match.row) : std::to_string(match.status);
  for (const NameValue& capture : match.captures)
    text += " " + capture.name + "=" + capture.value;
  if (!match.allow.empty()) text += " " + match.allow;
  return match.fault.empty() ? text : text + " " + match.fault;
}

struct Case {
  const char* method;
  const char* path;
  const char* expected;
};

TEST(Router, each_path_finds_its_row) {
  const std::vector<Case> cases{
      {"GET", "/", "row 0"},
      {"HEAD", "/", "row 0"},
      {"GET", "/v1/search", "row 1"},
      {"HEAD", "/v1/search", "row 1"},
      {"POST", "/v1/search", "row 2"},
      {"GET", "/v1/%73earch", "row 1"},
      {"GET", "/v1/articles/latest", "row 3"},
      {"GET", "/v1/articles/20250418-japan-talks", "row 4 id=20250418-japan-talks"},
      {"PUT", "/v1/articles/latest", "row 5 id=latest"},
      {"GET", "/v1/articles/a%2Fb", "row 4 id=a/b"},
      {"GET", "/v1/articles/a+b", "row 4 id=a+b"},
      {"GET", "/v1/articles/%E6%97%A5", "row 4 id=\xe6\x97\xa5"},
      {"GET", "/v1/articles/x%2Frelated", "row 4 id=x/related"},
      {"GET", "/v1/articles/..", "row 4 id=.."},
      {"GET", "/v1/articles/x/related", "row 6 id=x"},
      {"DELETE", "/v1/articles/x/related/pins/y", "row 7 id=x other=y"},
  };
  const Router router = table();
  for (const Case& row : cases) {
    EXPECT_EQ(shown(router.match(row.method, row.path)), row.expected) << row.path;
  }
}

TEST(Router, what_fits_no_row_is_answered_by_the_table) {
  const std::vector<Case> cases{
      {"GET", "/nope", "404"},
      {"GET", "/v1/search/", "404"},
      {"GET", "//v1/search", "404"},
      {"GET", "/v1/articles/", "404"},
      {"GET", "/V1/search", "404"},
      {"GET", "", "404"},
      {"GET", "v1/search", "404"},
      {"OPTIONS", "/nope", "404"},
      {"DELETE", "/v1/search", "405 GET, HEAD, POST, OPTIONS"},
      {"TRACE", "/", "405 GET, HEAD, OPTIONS"},
      {"POST", "/v1/articles/x", "405 GET, HEAD, PUT, OPTIONS"},
      {"OPTIONS", "/v1/search", "204 GET, HEAD, POST, OPTIONS"},
      {"OPTIONS", "*", "204 GET, HEAD, POST, PUT, DELETE, OPTIONS"},
      {"GET", "/v1/articles/%ff", "400 id"},
      {"GET", "/v1/articles/%2", "400 id"},
      {"DELETE", "/v1/articles/x/related/pins/%zz", "400 id=x other"},
      {"GET", "/v1/%ff", "404"},
  };
  const Router router = table();
  for (const Case& row : cases) {
    const Match match = router.match(row.method, row.path);
    if (match.fault.empty()) {
      EXPECT_EQ(shown(match), row.expected) << row.method << " " << row.path;
      EXPECT_EQ(match.row, router.routes().size()) << row.path;
    }
    EXPECT_EQ(match.status, std::stoi(row.expected)) << row.path;
  }
}

TEST(Router, the_capture_that_cannot_be_decoded_is_named) {
  const Router router = table();
  EXPECT_EQ(router.match("GET", "/v1/articles/%ff").fault, "id");
  EXPECT_EQ(router.match("DELETE", "/v1/articles/x/related/pins/%zz").fault, "other");
}

TEST(Router, a_path_of_thousands_of_segments_is_just_not_found) {
  std::string path;
  for (int i = 0; i < 4'000; ++i)
    path += "/a";
  EXPECT_EQ(table().match("GET", path).status, 404);
}

TEST(Router, an_incomplete_row_is_refused) {
  EXPECT_EQ(Router::make({{"GET", "v1", nothing}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(Router::make({{"", "/v1", nothing}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(Router::make({{"GET", "/v1", nullptr}}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace broadsheet::server
