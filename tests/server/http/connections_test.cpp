// Proves who goes first when there is no more room, and that the account of input bytes is kept.
#include "server/http/connections.h"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/eventfd.h>

namespace broadsheet::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Descriptors that are no sockets will do: the table never speaks to them.
class Crowd {
 public:
  Connection& add(Phase phase, Clock::duration age) {
    Connection& connection = connections_.add(Descriptor(eventfd(0, 0)), "127.0.0.1", now_ - age);
    connection.phase = phase;
    connection.job = std::make_unique<Job>();
    return connection;
  }

  bool evict_writer() { return connections_.evict_writer(now_); }

  bool evict() { return connections_.evict_one(now_); }

  Connections& operator*() { return connections_; }

  [[nodiscard]] bool has(int fd) { return connections_.find(fd) != nullptr; }

  Counters& counters() { return counters_; }

 private:
  ServerOptions options_;
  Counters counters_{{}};
  Connections connections_{options_, counters_};
  Clock::time_point now_ = Clock::now();
};

TEST(Connections, the_one_most_easily_spared_goes_first) {
  Crowd crowd;
  const int lagging = crowd.add(Phase::body, seconds(3)).socket.get();
  const int head = crowd.add(Phase::head, seconds(1)).socket.get();
  const int older_head = crowd.add(Phase::head, seconds(4)).socket.get();
  const int idle = crowd.add(Phase::idle, seconds(1)).socket.get();
  const int older_idle = crowd.add(Phase::idle, seconds(2)).socket.get();
  const int closing = crowd.add(Phase::closing, milliseconds(1)).socket.get();
  for (const int fd : {closing, older_idle, idle, older_head, head, lagging}) {
    EXPECT_TRUE(crowd.has(fd));
    EXPECT_TRUE(crowd.evict());
    EXPECT_FALSE(crowd.has(fd));
  }
  EXPECT_FALSE(crowd.evict());
  EXPECT_EQ(crowd.counters().evicted.load(), 6U);
}

TEST(Connections, the_young_the_busy_and_the_diligent_stay) {
  Crowd crowd;
  crowd.add(Phase::head, milliseconds(100));
  crowd.add(Phase::body, seconds(1));
  crowd.add(Phase::working, seconds(60));
  crowd.add(Phase::writing, seconds(9));
  // Two seconds and a half at 16 kB/s are 40 kB: this one is ahead.
  crowd.add(Phase::body, milliseconds(2'500)).job->body.assign(100'000, 'x');
  EXPECT_FALSE(crowd.evict());
  EXPECT_EQ((*crowd).size(), 5U);
}

TEST(Connections, unsent_answers_count_and_the_slowest_reader_pays) {
  Crowd crowd;
  crowd.add(Phase::writing, seconds(1)).output.assign(100'000, 'a');
  Connection& diligent = crowd.add(Phase::writing, seconds(3));
  diligent.output.assign(100'000, 'a');
  diligent.sent = 60'000;
  Connection& slow = crowd.add(Phase::writing, seconds(3));
  slow.output.assign(100'000, 'a');
  const int slow_fd = slow.socket.get();
  EXPECT_TRUE((*crowd).account(slow));
  EXPECT_GE(crowd.counters().buffer_bytes.load(), 100'000U);
  EXPECT_TRUE(crowd.evict_writer());
  EXPECT_FALSE(crowd.has(slow_fd));
  EXPECT_EQ(crowd.counters().buffer_bytes.load(), 0U);
  EXPECT_FALSE(crowd.evict_writer());
  EXPECT_EQ((*crowd).size(), 2U);
}

TEST(Connections, buffer_bytes_are_given_back) {
  Crowd crowd;
  Connection& connection = crowd.add(Phase::body, seconds(0));
  connection.job->body.assign(100'000, 'x');
  connection.input.assign(1'000, 'y');
  EXPECT_TRUE((*crowd).account(connection));
  EXPECT_GE(crowd.counters().buffer_bytes.load(), 101'000U);
  std::string().swap(connection.input);
  EXPECT_TRUE((*crowd).account(connection));
  (*crowd).close(connection);
  EXPECT_EQ(crowd.counters().buffer_bytes.load(), 0U);
  EXPECT_EQ(crowd.counters().connections.load(), 0U);
}

}  // namespace
}  // namespace broadsheet::server
