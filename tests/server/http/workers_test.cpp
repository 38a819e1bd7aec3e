// Proves the queue of the workers: first in, first out, and refusal once the wait looks too long.
#include "server/http/workers.h"

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/http/live_server.h"

namespace broadsheet::server {
namespace {

using std::chrono::microseconds;

std::unique_ptr<Job> job(const std::string& target, Clock::time_point ready = Clock::now()) {
  auto made = std::make_unique<Job>();
  made->head.target = target;
  made->ready = ready;
  return made;
}

// One thread; the job "gate" waits for the gate. What was done lands in `done`.
std::function<Work()> recorder(Gate& gate, std::vector<std::string>& done) {
  return [&gate, &done] {
    return [&gate, &done](std::unique_ptr<Job> work, Freshness freshness) {
      if (work->head.target == "gate") gate.pass();
      done.push_back(work->head.target + (freshness == Freshness::stale ? " stale" : ""));
    };
  };
}

TEST(HttpThreadsLane, jobs_are_done_in_order) {
  Gate gate;
  std::vector<std::string> done;
  Lane lane({1, 0, microseconds(1'000'000), microseconds(1)}, recorder(gate, done));
  for (const char* name : {"gate", "b", "c", "d"}) {
    std::unique_ptr<Job> offered = job(name);
    EXPECT_TRUE(lane.offer(offered));
    EXPECT_EQ(offered, nullptr);
  }
  gate.open();
  lane.stop();
  EXPECT_THAT(done, testing::ElementsAre("gate", "b", "c", "d"));
}

TEST(HttpThreadsLane, a_wait_that_looks_too_long_is_refused) {
  Gate gate;
  std::vector<std::string> done;
  // 100 ms each and 250 ms at most: two may wait, the third would wait 200 ms, the fourth 300 ms.
  Lane lane({1, 0, microseconds(250'000), microseconds(100'000)}, recorder(gate, done));
  std::unique_ptr<Job> running = job("gate");
  ASSERT_TRUE(lane.offer(running));
  ASSERT_TRUE(gate.wait_for_visitors(1));
  for (const char* name : {"b", "c", "d"}) {
    std::unique_ptr<Job> offered = job(name);
    EXPECT_TRUE(lane.offer(offered)) << name;
  }
  std::unique_ptr<Job> refused = job("e");
  EXPECT_FALSE(lane.offer(refused));
  EXPECT_NE(refused, nullptr) << "a refused job stays with the caller";
  EXPECT_EQ(lane.depth(), 3U);
  gate.open();
  lane.stop();
}

TEST(HttpThreadsLane, a_job_that_waited_too_long_is_stale) {
  Gate gate;
  std::vector<std::string> done;
  Lane lane({1, 0, microseconds(250'000), microseconds(1)}, recorder(gate, done));
  std::unique_ptr<Job> old = job("old", Clock::now() - std::chrono::seconds(1));
  ASSERT_TRUE(lane.offer(old));
  lane.stop();
  EXPECT_THAT(done, testing::ElementsAre("old stale"));
}

TEST(HttpThreadsLane, the_measured_mean_replaces_the_first_guess) {
  Gate gate;
  gate.open();
  std::vector<std::string> done;
  Lane lane({1, 0, microseconds(1'000), microseconds(100'000)}, recorder(gate, done));
  // Believed to take 100 ms each, they take microseconds: after some of them several may wait.
  for (int i = 0; i < 400; ++i) {
    std::unique_ptr<Job> offered = job("quick");
    while (!lane.offer(offered))
      std::this_thread::yield();
  }
  ASSERT_TRUE(eventually([&] { return lane.depth() == 0; }));
  std::unique_ptr<Job> offered = job("quick");
  EXPECT_TRUE(lane.offer(offered));
  offered = job("quick");
  EXPECT_TRUE(lane.offer(offered));
  lane.stop();
}

}  // namespace
}  // namespace broadsheet::server
