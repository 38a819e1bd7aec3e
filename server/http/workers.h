// A lane: a FIFO queue and the threads that empty it. FIFO and few threads keep the tail short;
// what would wait too long is refused at the door, while refusing still costs nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include <pthread.h>

#include "server/http/job.h"

namespace broadsheet::server {

// Whether a job waited so long that its client has most likely given up.
enum class Freshness { fresh, stale };

// Answers one job; each thread has its own, so it may hold state without locks.
using Work = std::function<void(std::unique_ptr<Job>, Freshness)>;

struct LaneOptions {
  std::size_t threads = 1;
  int nice = 0;
  std::chrono::microseconds max_wait{250'000};
  std::chrono::microseconds first_mean{5'000};  // service time believed before any is measured
};

class Lane {
 public:
  // Starts the threads; `make_work` is called once in each of them.
  Lane(const LaneOptions& options, std::function<Work()> make_work);
  ~Lane();  // stops it
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  // Takes the job, or leaves it with the caller when queue length times mean service time over
  // threads exceeds max_wait. Any thread.
  [[nodiscard]] bool offer(std::unique_ptr<Job>& job);

  // Answers what is queued, then joins the threads; waits for running handlers.
  void stop();

  // Jobs waiting now.
  [[nodiscard]] std::size_t depth() const;

 private:
  static void* enter(void* lane);
  void run();
  std::unique_ptr<Job> take();
  void learn(std::chrono::microseconds service);

  LaneOptions options_;
  std::function<Work()> make_work_;
  mutable std::mutex mutex_;
  std::condition_variable arrival_;
  std::deque<std::unique_ptr<Job>> queue_;
  double mean_us_;
  bool stopping_ = false;
  std::vector<pthread_t> threads_;
};

}  // namespace broadsheet::server
