// The mean is an EWMA of weight 1/16 from 5 ms: slower or more trusting, and the first second of an
// overload queued up for a whole second before anything was refused.
#include "server/http/workers.h"

#include <system_error>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

namespace broadsheet::server {
namespace {

// Parsers below us recurse (std::regex in httplib, deep JSON): never less, whatever `ulimit -s`
// says.
constexpr std::size_t kStackBytes = std::size_t{8} * 1024 * 1024;
constexpr double kWeight = 1.0 / 16;
// Popped later than this many times max_wait, a job is stale.
constexpr int kStaleWaits = 2;

}  // namespace

Lane::Lane(const LaneOptions& options, std::function<Work()> make_work)
    : options_(options),
      make_work_(std::move(make_work)),
      mean_us_(static_cast<double>(options.first_mean.count())) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  for (std::size_t i = 0; i < options_.threads; ++i) {
    pthread_t thread{};
    const int failure = pthread_create(&thread, &attributes, &Lane::enter, this);
    if (failure == 0) threads_.push_back(thread);
  }
  pthread_attr_destroy(&attributes);
  if (threads_.empty()) throw std::system_error(EAGAIN, std::generic_category(), "worker threads");
}

Lane::~Lane() {
  stop();
}

void Lane::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrival_.notify_all();
  for (const pthread_t thread : threads_)
    pthread_join(thread, nullptr);
  threads_.clear();
}

bool Lane::offer(std::unique_ptr<Job>& job) {
  {
    const std::lock_guard lock(mutex_);
    const double wait_us =
        static_cast<double>(queue_.size()) * mean_us_ / static_cast<double>(options_.threads);
    if (wait_us > static_cast<double>(options_.max_wait.count())) return false;
    queue_.push_back(std::move(job));
  }
  arrival_.notify_one();
  return true;
}

std::size_t Lane::depth() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void* Lane::enter(void* lane) {
  static_cast<Lane*>(lane)->run();
  return nullptr;
}

void Lane::run() {
  if (options_.nice != 0) {
    // Niceness is per thread on Linux, and raising it needs no right.
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), options_.nice);
  }
  const Work work = make_work_();
  while (std::unique_ptr<Job> job = take()) {
    const Clock::time_point start = Clock::now();
    const bool stale = start - job->ready > kStaleWaits * options_.max_wait;
    work(std::move(job), stale ? Freshness::stale : Freshness::fresh);
    if (!stale) learn(std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start));
  }
}

std::unique_ptr<Job> Lane::take() {
  std::unique_lock lock(mutex_);
  arrival_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  if (queue_.empty()) return nullptr;
  std::unique_ptr<Job> job = std::move(queue_.front());
  queue_.pop_front();
  return job;
}

void Lane::learn(std::chrono::microseconds service) {
  const std::lock_guard lock(mutex_);
  mean_us_ += (static_cast<double>(service.count()) - mean_us_) * kWeight;
}

}  // namespace broadsheet::server
