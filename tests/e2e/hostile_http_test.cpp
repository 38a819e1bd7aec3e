// Bad and hostile requests against the real server: the error the contract names, quickly, with
// memory flat. What each layer does with them is proved in tests/server.
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <spdlog/fmt/fmt.h>

#include "tests/support/archive.h"

namespace broadsheet::tests {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using ::testing::AnyOf;
using ::testing::HasSubstr;

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += text;
  return all;
}

// Resident memory of a process in kB.
long resident_kb(pid_t process) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
  }
  return 0;
}

// One server on a small archive for all tests of this file.
class HostileHttp : public testing::Test {
 protected:
  HostileHttp() {
    archive_.add(made_articles(0, 500));
    server_.emplace(archive_.path());
  }

  HttpClient& client() { return server_->client(); }

  Archive archive_;
  std::optional<Server> server_;
};

Json words_that_differ(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += unique_word(i) + " ";
  return text;
}

TEST_F(HostileHttp, QueriesAreAnsweredWithinFiftyMilliseconds) {
  std::string nul("harvest");
  nul += '\0';
  nul += "tariff";
  const std::map<std::string, std::string> queries = {
      {"20,000 words", words_that_differ(20'000)},
      {"one word 20,000 times", repeated("harvest ", 20'000)},
      {"10,000 open parentheses", repeated("(", 10'000)},
      {"10,000 pairs", repeated("(", 10'000) + "harvest" + repeated(")", 10'000)},
      {"10,000 NOT", repeated("NOT ", 10'000) + "harvest"},
      {"10,000 quotes", repeated("\"", 10'000)},
      {"wildcard on a letter", "a* b* c* t*"},
      {"10,000 stars", repeated("*", 10'000)},
      {"one endless word", repeated("x", 500'000)},
      {"minus signs", repeated("-", 10'000)},
      {"NUL", nul}};
  for (const auto& [name, query] : queries) {
    milliseconds best{60'000};
    for (int i = 0; i < 5; ++i) {
      const auto began = std::chrono::steady_clock::now();
      const Answer answer = client().post("/v1/search", Json{{"q", query}}.dump());
      best = std::min(
          best, std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began));
      ASSERT_THAT(answer.status, AnyOf(200, 400)) << name << answer.body.substr(0, 300);
      ASSERT_FALSE(answer.json().is_discarded()) << name;
    }
    EXPECT_LT(best.count(), kSanitized ? 5000 : 50) << name;
  }
}

TEST_F(HostileHttp, BytesThatAreNoTextAreAnswered) {
  for (const char* query : {"%ff%fe%80",
                            "harvest%00tariff",
                            "%00",
                            "%c0%af",
                            "%ed%a0%80",
                            "%",
                            "%zz",
                            "%f4%90%80%80harvest"}) {
    const Answer answer = client().get(std::string("/v1/search?q=") + query);
    EXPECT_THAT(answer.status, AnyOf(200, 400)) << query << answer.body;
    EXPECT_FALSE(answer.json().is_discarded()) << query;
  }
}

TEST_F(HostileHttp, EveryBadParameterIsNamed) {
  const std::pair<const char*, const char*> bad[] = {{"limit=101", "limit"},
                                                     {"limit=-1", "limit"},
                                                     {"limit=ten", "limit"},
                                                     {"limit=99999999999999999999", "limit"},
                                                     {"sort=best", "sort"},
                                                     {"match=some", "match"},
                                                     {"recency=often", "recency"},
                                                     {"half_life=7", "half_life"},
                                                     {"collapse=everything", "collapse"},
                                                     {"highlight=bold", "highlight"},
                                                     {"snippet_chars=1", "snippet_chars"},
                                                     {"related=6", "related"},
                                                     {"from=yesteryear", "from"},
                                                     {"to=2025-13-01", "to"},
                                                     {"tz=Mars", "tz"},
                                                     {"now=later", "now"},
                                                     {"timeout_ms=0", "timeout_ms"},
                                                     {"fields=colour", "fields"},
                                                     {"cursor=%21", "cursor"},
                                                     {"strict=true&q=%28harvest", "q"},
                                                     {"facets=stories", "facets"}};
  for (const auto& [query, name] : bad) {
    const Answer answer = client().get(std::string("/v1/search?q=harvest&").append(query));
    EXPECT_EQ(answer.status, 400) << query << answer.body;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
    EXPECT_EQ(answer.json()["param"], name) << query << answer.body;
    EXPECT_FALSE(answer.json()["detail"].get<std::string>().empty());
  }
}

TEST_F(HostileHttp, UnknownParameterSuggestsTheNearest) {
  const Answer answer = client().get("/v1/search?q=harvest&langauge=en");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.json()["param"], "langauge");
  EXPECT_THAT(answer.json()["hint"].get<std::string>(), HasSubstr("language"));
}

TEST_F(HostileHttp, WrongMethodsPathsAndBodies) {
  for (const char* method : {"DELETE", "PUT", "PATCH", "TRACE", "BREW"}) {
    const Answer answer = client().request(method, "/v1/search?q=harvest");
    EXPECT_THAT(answer.status, AnyOf(405, 501)) << method;
    if (answer.status == 405) {
      EXPECT_THAT(answer.headers.at("allow"), HasSubstr("GET")) << method;
    }
  }
  EXPECT_EQ(client().post("/v1/articles/a1", "{}").status, 405);
  for (const char* path : {"/nothing",
                           "/v1",
                           "/v1/articles/../../etc/passwd",
                           "/v1/articles/%2e%2e",
                           "//v1/search",
                           "/v1/search/"}) {
    EXPECT_EQ(client().get(path).status, 404) << path;
  }
  for (const char* body : {"",
                           "{",
                           "[]",
                           "null",
                           "{\"q\":1}",
                           "{\"q\":[\"a\",{}]}",
                           "\x01\x02",
                           "{\"q\":\"a\",\"q\":\"b\"}x"}) {
    const Answer answer = client().post("/v1/search", body);
    EXPECT_EQ(answer.status, 400) << body << answer.body;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
  }
  EXPECT_EQ(client().post("/v1/search", repeated("[", 100'000)).status, 400);
  EXPECT_EQ(client().post("/v1/search", "q=harvest", "text/csv").status, 415);
  EXPECT_EQ(client().get("/v1/search?q=" + repeated("a", 9'000)).status, 414);
}

TEST_F(HostileHttp, HeadWorksWhereGetDoes) {
  HttpClient head(server_->port());
  ASSERT_TRUE(
      head.send("HEAD /v1/search?q=harvest HTTP/1.1\r\nHost: h\r\n\r\n"
                "HEAD /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
  // No bodies between the two heads: both come in one go, read to the end.
  std::string all;
  while (true) {
    const std::string more = head.receive_raw();
    if (more.empty()) break;
    all += more;
  }
  EXPECT_THAT(all, HasSubstr("200 OK"));
  EXPECT_EQ(all.find('{'), std::string::npos) << all;
}

TEST_F(HostileHttp, BombsLeaveMemoryFlat) {
  client().get("/v1/search?q=harvest");
  const long before = resident_kb(server_->process().id());
  ASSERT_GT(before, 0);
  int refused = 0;
  for (int i = 0; i < 40; ++i) {
    // A head that never ends, headers without number, a body far over the limit.
    for (const std::string& bomb :
         {"GET /livez HTTP/1.1\r\nHost: h\r\nX: " + repeated("a", 1'000'000),
          "GET /livez HTTP/1.1\r\n" + repeated("X: y\r\n", 50'000),
          std::string("POST /v1/search HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                      "Content-Length: 9000000000\r\n\r\n") +
              repeated(" ", 500'000)}) {
      HttpClient bomber(server_->port());
      bomber.send(bomb);
      const int status = bomber.receive().status;
      EXPECT_THAT(status, AnyOf(0, 400, 413, 431)) << bomb.substr(0, 60);
      refused += status != 0 ? 1 : 0;
    }
  }
  const long after = resident_kb(server_->process().id());
  // A sanitizer keeps what was freed for a while.
  const long allowed_kb = kSanitized ? 300'000 : 20'000;
  EXPECT_LT(after - before, allowed_kb) << before << " kB before, " << after << " kB after";
  EXPECT_EQ(client().get("/v1/search?q=harvest").status, 200);
  std::printf("120 bombs, %d answered, %ld kB more memory\n", refused, after - before);
}

}  // namespace
}  // namespace broadsheet::tests
