// Proves what happens when there is too much to do, and when the server is told to stop.
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/http/demo_routes.h"
#include "tests/server/http/live_server.h"

namespace broadsheet::server {
namespace {

using testing::HasSubstr;

TEST(HttpThreadsServer, overload_is_refused_on_the_kept_connection) {
  Gate gate;
  ServerOptions options;
  options.workers = 1;
  options.max_wait = std::chrono::milliseconds(100);
  LiveServer server(options, routes_with(gate));
  RawClient running(server->port());
  running.send("GET /gate HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(gate.wait_for_visitors(1));
  // 5 ms each is believed before any is measured: behind 21 of them the wait would be too long.
  std::vector<std::unique_ptr<RawClient>> waiting;
  for (int i = 0; i < 21; ++i) {
    waiting.push_back(std::make_unique<RawClient>(server->port()));
    waiting.back()->send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  ASSERT_TRUE(eventually([&] { return server->stats().queue_depth == 21; }));
  const auto queued = std::chrono::steady_clock::now();

  RawClient refused(server->port());
  const Answer answer = refused.get("/hello");
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(answer.has("Retry-After: 1"));
  EXPECT_TRUE(answer.has("Connection: keep-alive"));
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"unavailable")"));
  EXPECT_EQ(refused.get("/hello", "HEAD").status, 503);
  EXPECT_EQ(refused.get("/livez").body, "alive") << "the express lane is not behind the queue";
  // A refused connection rests, and what it sent meanwhile is not forgotten.
  refused.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\nGET /livez HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(refused.receive().status, 503);
  EXPECT_EQ(refused.receive().body, "alive");

  ASSERT_TRUE(
      eventually([&] { return std::chrono::steady_clock::now() - queued > 2 * options.max_wait; }));
  gate.open();
  EXPECT_EQ(running.receive().body, "passed");
  for (const auto& client : waiting) {
    EXPECT_EQ(client->receive().status, 503) << "it waited for longer than anybody would";
  }
  EXPECT_EQ(refused.get("/hello").status, 200);
  EXPECT_EQ(server->stats().refused_overload, 3U + 21U);
}

TEST(HttpThreadsServer, stopping_finishes_what_is_in_flight) {
  Gate gate;
  LiveServer server({}, routes_with(gate));
  RawClient idle(server->port());
  EXPECT_EQ(idle.get("/hello").status, 200);
  std::vector<std::unique_ptr<RawClient>> busy;
  for (int i = 0; i < 3; ++i) {
    busy.push_back(std::make_unique<RawClient>(server->port()));
    busy.back()->send("GET /gate HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  ASSERT_TRUE(gate.wait_for_visitors(3));
  server->request_stop();
  EXPECT_TRUE(idle.ends());
  EXPECT_FALSE(RawClient(server->port()).connected());
  gate.open();
  for (const auto& client : busy) {
    const Answer answer = client->receive();
    EXPECT_EQ(answer.body, "passed");
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(client->ends());
  }
  busy.clear();
  EXPECT_EQ(server.wait(), StopOutcome::finished);
}

TEST(HttpThreadsServer, what_was_sent_before_the_stop_is_answered) {
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  const auto server = HttpServer::open(options, routes());
  ASSERT_TRUE(server.has_value());
  RawClient client((*server)->port());
  client.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  (*server)->request_stop();
  std::thread reader([&client] {
    const Answer answer = client.receive();
    EXPECT_EQ(answer.body, "hello");
    EXPECT_TRUE(answer.has("Connection: close"));
    ::shutdown(client.fd(), SHUT_RDWR);
  });
  EXPECT_EQ((*server)->run(), StopOutcome::finished);
  reader.join();
}

TEST(HttpThreadsServer, a_long_backlog_is_answered_before_the_stop) {
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.max_wait = std::chrono::seconds(10);
  const auto server = HttpServer::open(options, routes());
  ASSERT_TRUE(server.has_value());
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 150; ++i) {
    clients.push_back(std::make_unique<RawClient>((*server)->port()));
    clients.back()->send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  (*server)->request_stop();
  std::thread reader([&clients] {
    for (const auto& client : clients) {
      EXPECT_EQ(client->receive().body, "hello");
      ::shutdown(client->fd(), SHUT_RDWR);
    }
  });
  EXPECT_EQ((*server)->run(), StopOutcome::finished);
  reader.join();
}

TEST(HttpThreadsServer, a_body_on_its_way_is_still_taken_when_stopping) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  server->request_stop();
  client.send("body");
  EXPECT_EQ(client.receive().body, "body");
}

TEST(HttpThreadsServer, a_stop_does_not_wait_for_a_handler_for_ever) {
  Gate gate;
  ServerOptions options;
  options.stop_grace = std::chrono::milliseconds(50);
  LiveServer server(options, routes_with(gate));
  RawClient client(server->port());
  client.send("GET /gate HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(gate.wait_for_visitors(1));
  EXPECT_EQ(server.stop(), StopOutcome::cut_off);
  gate.open();
}

}  // namespace
}  // namespace broadsheet::server
