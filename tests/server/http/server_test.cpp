// Proves the server over real sockets as honest clients use it: keep-alive, pipelining, HEAD,
// bodies, errors, and what is counted and logged.
#include "server/http/server.h"

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/http/demo_routes.h"
#include "tests/server/http/live_server.h"

namespace broadsheet::server {
namespace {

using testing::HasSubstr;

std::string post(const std::string& target,
                 const std::string& body,
                 const std::string& lines = {}) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         lines + "\r\n" + body;
}

TEST(HttpThreadsServer, one_connection_serves_many_requests) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  for (int i = 0; i < 50; ++i) {
    const Answer answer = client.get("/id/" + std::to_string(i));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, std::to_string(i));
  }
  EXPECT_EQ(server->stats().accepted, 1U);
}

TEST(HttpThreadsServer, every_answer_has_the_headers_we_promise) {
  LiveServer server({}, routes());
  const Answer answer = RawClient(server->port()).get("/hello");
  EXPECT_TRUE(answer.has("Content-Type: text/plain"));
  EXPECT_TRUE(answer.has("Content-Length: 5"));
  EXPECT_TRUE(answer.has("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(answer.head, HasSubstr("X-Request-Id: "));
  EXPECT_THAT(answer.head, HasSubstr("\r\nDate: "));
  RawClient client(server->port());
  client.send(
      "GET /hello HTTP/1.1\r\nHost: h\r\nX-Request-Id: mine\r\nAccept-Encoding: gzip\r\n\r\n");
  const Answer named = client.receive();
  EXPECT_TRUE(named.has("X-Request-Id: mine"));
  EXPECT_EQ(named.body, "hello");
}

TEST(HttpThreadsServer, pipelined_requests_are_answered_in_order) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  std::string requests;
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    requests +=
        i % 2 == 0 ? "GET /id/" + number + " HTTP/1.1\r\nHost: h\r\n\r\n" : post("/echo", number);
  }
  client.send(requests);
  for (int i = 0; i < 40; ++i)
    EXPECT_EQ(client.receive().body, std::to_string(i));
}

TEST(HttpThreadsServer, head_has_the_headers_of_get_and_no_body) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  const Answer get = client.get("/status/410");
  const Answer head = client.get("/status/410", "HEAD");
  const auto without_what_passes = [](std::string text) {
    for (const char* name : {"X-Request-Id: ", "Date: "}) {
      const std::size_t at = text.find(name);
      text.erase(at, text.find("\r\n", at) - at);
    }
    return text;
  };
  EXPECT_EQ(without_what_passes(head.head), without_what_passes(get.head));
  EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST(HttpThreadsServer, a_refused_head_has_no_body_either) {
  LiveServer server({}, routes());
  for (const std::string& request : {"HEAD /" + std::string(9'000, 'x'),
                                     std::string("HEAD /hello HTTP/1.1\r\n\r\n"),
                                     std::string("HEAD /hello HTTP/3.0\r\n\r\n")}) {
    RawClient client(server->port());
    client.send(request);
    const Answer answer = client.receive("HEAD");
    EXPECT_GE(answer.status, 400);
    EXPECT_THAT(answer.head, HasSubstr("\r\nDate: "));
    EXPECT_TRUE(client.ends()) << answer.head;
  }
}

TEST(HttpThreadsServer, a_get_with_a_body_is_one_request) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  const std::string inner = "GET /id/smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
  client.send("GET /hello HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(inner.size()) +
              "\r\n\r\n" + inner);
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_EQ(client.get("/id/next").body, "next");
}

TEST(HttpThreadsServer, errors_are_problem_json) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  const Answer missing = client.get("/nope?q=secret");
  EXPECT_EQ(missing.status, 404);
  EXPECT_TRUE(missing.has("Content-Type: application/problem+json"));
  EXPECT_THAT(missing.body, HasSubstr(R"("instance":"/nope")"));
  const Answer wrong = client.get("/hello", "DELETE");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_TRUE(wrong.has("Allow: GET, HEAD, OPTIONS"));
  const Answer broken = client.get("/hello?q=%zz");
  EXPECT_EQ(broken.status, 400);
  EXPECT_THAT(broken.body, HasSubstr(R"("param":"q")"));
  const Answer failed = client.get("/status/x");
  EXPECT_EQ(failed.status, 500);
  EXPECT_EQ(failed.head.find("EXCEPTION"), std::string::npos);
  EXPECT_EQ(failed.body.find("stoi"), std::string::npos);
  EXPECT_EQ(client.get("/hello").status, 200);
}

TEST(HttpThreadsServer, options_and_204_and_304_carry_no_length) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  for (const auto& [target, method] : {std::pair("/hello", "OPTIONS"), {"/status/304", "GET"}}) {
    const Answer answer = client.get(target, method);
    EXPECT_EQ(answer.head.find("Content-Length"), std::string::npos) << answer.head;
    EXPECT_EQ(answer.body, "");
  }
  EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST(HttpThreadsServer, a_handler_cannot_split_the_answer) {
  LiveServer server({}, routes());
  const Answer answer = RawClient(server->port()).get("/status/200");
  EXPECT_TRUE(answer.has("ETag: W/\"1\""));
  EXPECT_EQ(answer.head.find("Set-Cookie"), std::string::npos);
  EXPECT_EQ(answer.head.find("X-Odd"), std::string::npos);
}

TEST(HttpThreadsServer, old_clients_are_served) {
  LiveServer server({}, routes());
  RawClient closing(server->port());
  closing.send("GET /hello HTTP/1.0\r\n\r\n");
  const Answer last = closing.receive();
  EXPECT_TRUE(last.has("Connection: close"));
  EXPECT_TRUE(closing.ends());
  RawClient keeping(server->port());
  keeping.send("GET /hello HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
  EXPECT_TRUE(keeping.receive().has("Connection: keep-alive"));
  EXPECT_EQ(keeping.get("/hello").body, "hello");
}

TEST(HttpThreadsServer, a_half_closed_client_still_gets_its_answer) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  client.send("\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  ::shutdown(client.fd(), SHUT_WR);
  EXPECT_EQ(client.receive().body, "hello");
  EXPECT_TRUE(client.ends());
}

TEST(HttpThreadsServer, bodies_up_to_the_limit_of_their_route) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  const std::string body(std::size_t{1024} * 1024, 'x');
  client.send(post("/echo", body));
  EXPECT_EQ(client.receive().body, body);
  client.send(post("/large", std::string(4'000'000, 'x')));
  EXPECT_EQ(client.receive().body, "4000000");
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n");
  const Answer refused = client.receive();
  EXPECT_EQ(refused.status, 413);
  EXPECT_TRUE(refused.has("Connection: close"));
  EXPECT_TRUE(client.ends());
}

TEST(HttpThreadsServer, expectations_are_met_before_the_body) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("body");
  EXPECT_EQ(client.receive().body, "body");
}

TEST(HttpThreadsServer, a_long_answer_goes_out_piece_by_piece) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.receive().body.size(), 8'000'000U);
  EXPECT_EQ(client.receive().body, "hello");
}

TEST(HttpThreadsServer, many_clients_at_once) {
  LiveServer server({}, routes());
  std::atomic<int> good{0};
  std::vector<std::thread> clients;
  clients.reserve(8);
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&server, &good] {
      RawClient client(server->port());
      for (int i = 0; i < 50; ++i) {
        if (client.get(i % 3 == 0 ? "/livez" : "/hello").status == 200) good.fetch_add(1);
      }
    });
  }
  for (std::thread& client : clients)
    client.join();
  EXPECT_EQ(good.load(), 400);
  EXPECT_EQ(server->stats().by_class[2], 400U);
}

TEST(HttpThreadsServer, a_second_server_on_the_port_is_refused) {
  LiveServer server({}, routes());
  ServerOptions options;
  options.listen = server->address();
  const auto second = HttpServer::open(options, routes());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_THAT(second.error().message, HasSubstr(server->address()));
}

TEST(HttpThreadsServer, answers_are_counted_by_route_and_class) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  client.get("/hello");
  client.get("/nope");
  const ServerStats stats = server->stats();
  EXPECT_EQ(stats.by_class[2], 1U);
  EXPECT_EQ(stats.by_class[4], 1U);
  EXPECT_EQ(stats.connections, 1U);
  ASSERT_EQ(stats.routes.size(), routes().size() + 1);
  EXPECT_EQ(stats.routes[0].pattern, "/hello");
  EXPECT_EQ(stats.routes[0].count, 1U);
  EXPECT_EQ(stats.routes.back().count, 1U);
}

TEST(HttpThreadsServer, the_access_line_holds_no_query_text) {
  std::mutex mutex;
  std::vector<std::string> lines;
  ServerOptions options;
  options.deadlines.linger = std::chrono::milliseconds(10);
  options.on_request = [&](const AccessLine& line) {
    const std::lock_guard lock(mutex);
    lines.push_back(std::string(line.method) + " " + std::string(line.path) + " " +
                    std::to_string(line.status) + " " + std::string(line.remote_address));
  };
  LiveServer server(options, routes());
  RawClient client(server->port());
  client.get("/hello?q=private");
  client.send("nonsense\r\n\r\n");
  client.receive();
  server.stop();
  EXPECT_THAT(lines, testing::ElementsAre("GET /hello 200 127.0.0.1", "- - 400 127.0.0.1"));
}

}  // namespace
}  // namespace broadsheet::server
