// Proves that hostile clients cost the server little and honest ones nothing: slow heads, bodies
// and readers, bombs, and more connections or bytes than there is room for.
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include "tests/server/http/live_server.h"

namespace broadsheet::server {
namespace {

using std::chrono::milliseconds;

std::vector<Route> routes() {
  const auto answer = [](const Request& request) {
    Response response;
    response.body = request.body.empty() ? "hello" : std::to_string(request.body.size());
    return response;
  };
  return {{"GET", "/hello", answer}, {"POST", "/echo", answer}, {"GET", "/big", [](const Request&) {
                                                                   Response response;
                                                                   response.body.assign(20'000'000,
                                                                                        'b');
                                                                   return response;
                                                                 }}};
}

// Deadlines that let a test see them pass.
ServerOptions hasty() {
  ServerOptions options;
  options.deadlines.head = milliseconds(300);
  options.deadlines.body = milliseconds(300);
  options.deadlines.write = milliseconds(300);
  options.deadlines.idle = milliseconds(300);
  options.deadlines.bytes_per_second = 100'000'000;
  return options;
}

// Waits without reading until the peer sends or hangs up; false when the pause has passed.
bool hears_within(const RawClient& client, milliseconds pause) {
  pollfd watched{client.fd(), POLLIN, 0};
  return ::poll(&watched, 1, static_cast<int>(pause.count())) > 0;
}

std::vector<std::unique_ptr<RawClient>> crowd(int port, int size, const std::string& bytes) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < size; ++i) {
    clients.push_back(std::make_unique<RawClient>(port));
    clients.back()->send(bytes);
  }
  return clients;
}

TEST(HttpThreadsAttack, slow_heads_hold_up_nobody_and_end_with_408) {
  LiveServer server(hasty(), routes());
  const auto slow = crowd(server->port(), 200, "GET /hello HTTP/1.1\r\nHo");
  RawClient good(server->port());
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(good.get("/hello").status, 200);
  EXPECT_EQ(server->stats().connections, 201U);
  for (const auto& client : slow)
    EXPECT_EQ(client->receive().status, 408);
}

TEST(HttpThreadsAttack, dripping_does_not_extend_a_deadline) {
  LiveServer server(hasty(), routes());
  RawClient dripping(server->port());
  dripping.send("GET /hello HTTP/1.1\r\nX: ");
  int drips = 0;
  while (drips < 500 && !hears_within(dripping, milliseconds(20))) {
    dripping.send("y");
    ++drips;
  }
  EXPECT_LT(drips, 100);
  EXPECT_EQ(dripping.receive().status, 408);
}

TEST(HttpThreadsAttack, a_slow_body_ends_with_408) {
  LiveServer server(hasty(), routes());
  RawClient slow(server->port());
  slow.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf");
  EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200);
  EXPECT_EQ(slow.receive().status, 408);
}

TEST(HttpThreadsAttack, an_idle_connection_just_ends) {
  LiveServer server(hasty(), routes());
  RawClient silent(server->port());
  RawClient idle(server->port());
  EXPECT_EQ(idle.get("/hello").status, 200);
  EXPECT_TRUE(silent.ends());
  EXPECT_TRUE(idle.ends());
}

TEST(HttpThreadsAttack, a_client_that_does_not_read_holds_no_thread) {
  ServerOptions options = hasty();
  options.workers = 1;
  options.max_wait =
      std::chrono::seconds(10);  // five long answers take their time under sanitizers
  LiveServer server(options, routes());
  const auto readers = crowd(server->port(), 5, "GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200);
  EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
}

struct Bomb {
  const char* what;
  std::string opening;
  std::string filling;  // sent again and again
  int times;
  int status;
};

std::vector<Bomb> bombs() {
  const std::string megabyte(1'000'000, 'a');
  const std::string start = "GET /hello HTTP/1.1\r\nHost: h\r\n";
  return {
      {"a header line of 20 MB", start + "X: ", megabyte, 20, 431},
      {"500,000 headers", start, "a: b\r\n", 500'000, 431},
      {"a request line of 20 MB", "GET /", megabyte, 20, 414},
      {"a chunked body",
       start + "Transfer-Encoding: chunked\r\n\r\n",
       "f4240\r\n" + megabyte,
       20,
       411},
      {"a long body",
       "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 40000000\r\n\r\n",
       megabyte,
       40,
       413},
      {"a negative length", start + "Content-Length: -5\r\n\r\n", "", 0, 400},
      {"a doubled length", start + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "", 0, 400},
      {"a length with chunks",
       start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
       "",
       0,
       400},
      {"a NUL", start + std::string("X: \0\r\n\r\n", 8), "", 0, 400},
      {"a missing colon", start + "nothing\r\n\r\n", "", 0, 400},
      {"garbage", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xce", 1'000, 400},
      {"a TLS hello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), "", 0, 400},
      {"an h2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "", 0, 400},
      {"a Range of a thousand parts",
       start + "Range: bytes=0-" +
           [] {
             std::string parts;
             for (int i = 0; i < 1'300; ++i)
               parts += ",0-";
             return parts;
           }() +
           "\r\n\r\n",
       "",
       0,
       416},
      {"a multipart body",
       start + "Content-Type: multipart/form-data; boundary=b\r\n\r\n",
       "",
       0,
       415},
  };
}

TEST(HttpThreadsAttack, bombs_are_refused_while_they_arrive) {
  LiveServer server({}, routes());
  for (const Bomb& bomb : bombs()) {
    RawClient client(server->port());
    client.send(bomb.opening);
    for (int i = 0; i < bomb.times; ++i) {
      if (!client.send(bomb.filling)) break;
    }
    const Answer answer = client.receive();
    // Who goes on sending past the time to linger is cut off and may not see the answer.
    EXPECT_TRUE(answer.status == bomb.status || (answer.status == 0 && bomb.times > 0))
        << bomb.what << ": " << answer.status;
  }
  EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200);
  EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
  EXPECT_EQ(server->stats().refused_head, bombs().size());
  EXPECT_EQ(server->stats().buffer_bytes, 0U);
}

TEST(HttpThreadsAttack, a_small_range_is_ignored) {
  LiveServer server({}, routes());
  RawClient client(server->port());
  client.send("GET /hello HTTP/1.1\r\nHost: h\r\nRange: bytes=0-1\r\n\r\n");
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
}

TEST(HttpThreadsAttack, over_the_limit_the_longest_idle_connection_goes) {
  ServerOptions options;
  options.max_connections = 3;
  LiveServer server(options, routes());
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 3; ++i) {
    idle.push_back(std::make_unique<RawClient>(server->port()));
    ASSERT_TRUE(eventually([&] { return server->stats().connections == idle.size(); }));
  }
  EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200);
  EXPECT_TRUE(idle[0]->ends());
  EXPECT_EQ(idle[2]->get("/hello").status, 200);
  EXPECT_EQ(server->stats().evicted, 1U);
}

TEST(HttpThreadsAttack, bodies_share_one_budget) {
  ServerOptions options;
  options.buffer_budget = 400'000;
  LiveServer server(options, routes());
  const std::string half = "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n" +
                           std::string(150'000, 'x');
  RawClient first(server->port());
  first.send(half);
  ASSERT_TRUE(eventually([&] { return server->stats().buffer_bytes >= 150'000; }));
  RawClient second(server->port());
  second.send(half);
  const Answer refused = second.receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_TRUE(refused.has("Retry-After: 1"));
  EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200) << "heads still find room";
  first.send(std::string(50'000, 'x'));
  EXPECT_EQ(first.receive().body, "200000");
  EXPECT_EQ(server->stats().refused_budget, 1U);
}

TEST(HttpThreadsAttack, answers_nobody_takes_count_too) {
  ServerOptions options;
  options.buffer_budget = 10'000'000;
  LiveServer server(options, routes());
  {
    RawClient reader(server->port());
    reader.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return server->stats().buffer_bytes > 10'000'000; }));
    EXPECT_EQ(RawClient(server->port()).get("/hello").status, 503);
  }
  EXPECT_TRUE(eventually([&] { return server->stats().buffer_bytes < 10'000'000; }));
  EXPECT_EQ(RawClient(server->port()).get("/hello").status, 200);
}

}  // namespace
}  // namespace broadsheet::server
