// Two lists under one mutex; an eventfd tells of the one, the fetcher's wake() of the other.
#include "indexer/intake/feed_fetch_thread.h"

#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

namespace broadsheet::indexer {
namespace {

// Without anything to do only wake() counts.
constexpr std::chrono::milliseconds kLongestWait = std::chrono::minutes(10);

int new_event() {
  const int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  return descriptor;
}

}  // namespace

struct FeedFetchThread::State {
  explicit State(const FetchOptions& options) : fetcher(options) {}

  ~State() { ::close(event); }

  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void run();
  void hand_out(std::vector<FeedAnswer> answers);

  const int event = new_event();
  std::atomic<bool> must_end{false};
  std::atomic<std::size_t> held{0};  // bytes of bodies handed out and not released
  FeedFetcher fetcher;               // of the thread, but for wake()
  std::mutex mutex;
  std::vector<FeedRequest> requests;  // guarded
  std::vector<FeedAnswer> answers;    // guarded
  std::thread thread;
};

void FeedFetchThread::State::run() {
  while (!must_end) {
    {
      const std::lock_guard lock(mutex);
      for (FeedRequest& request : requests)
        fetcher.add(std::move(request));
      requests.clear();
    }
    fetcher.set_held(held);
    auto come = fetcher.wait(kLongestWait);
    if (!come.empty()) hand_out(std::move(come));
  }
}

void FeedFetchThread::State::hand_out(std::vector<FeedAnswer> come) {
  const std::lock_guard lock(mutex);
  for (FeedAnswer& answer : come) {
    held += answer.body.size();
    answers.push_back(std::move(answer));
  }
  const std::uint64_t one = 1;
  // Fails only when the count is full: then it is readable anyway.
  [[maybe_unused]] const auto written = ::write(event, &one, sizeof one);
}

FeedFetchThread::FeedFetchThread(const FetchOptions& options)
    : state_(std::make_unique<State>(options)) {
  State& state = *state_;
  state.thread = std::thread([&state] { state.run(); });
}

FeedFetchThread::~FeedFetchThread() {
  state_->must_end = true;
  state_->fetcher.wake();
  state_->thread.join();
}

void FeedFetchThread::add(std::vector<FeedRequest> requests) {
  {
    const std::lock_guard lock(state_->mutex);
    for (FeedRequest& request : requests)
      state_->requests.push_back(std::move(request));
  }
  state_->fetcher.wake();
}

int FeedFetchThread::descriptor() const {
  return state_->event;
}

std::vector<FeedAnswer> FeedFetchThread::take() {
  const std::lock_guard lock(state_->mutex);
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(state_->event, &count, sizeof count);
  return std::exchange(state_->answers, {});
}

void FeedFetchThread::release(std::size_t bytes) {
  state_->held -= bytes;
  state_->fetcher.wake();
}

}  // namespace broadsheet::indexer
