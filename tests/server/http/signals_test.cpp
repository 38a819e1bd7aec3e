// Proves that a signal becomes a call on a plain thread, and that watching can end without one.
#include "server/http/signals.h"

#include <atomic>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/server/http/live_server.h"

namespace broadsheet::server {
namespace {

TEST(HttpThreadsSignals, a_signal_calls_the_function_each_time) {
  std::atomic<int> calls{0};
  SignalWatch watch;
  watch.start([&calls] { calls.fetch_add(1); });
  ::kill(::getpid(), SIGTERM);
  EXPECT_TRUE(eventually([&calls] { return calls.load() == 1; }));
  ::kill(::getpid(), SIGINT);
  EXPECT_TRUE(eventually([&calls] { return calls.load() == 2; }));
}

TEST(HttpThreadsSignals, watching_ends_without_a_signal) {
  std::atomic<int> calls{0};
  SignalWatch watch;
  watch.start([&calls] { calls.fetch_add(1); });
  watch.stop();
  watch.stop();
  EXPECT_EQ(calls.load(), 0);
}

}  // namespace
}  // namespace broadsheet::server
