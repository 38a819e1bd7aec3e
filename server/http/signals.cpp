// The waiting thread is ended by SIGUSR2 sent to itself alone, so no flag of the process is needed.
#include "server/http/signals.h"

#include <utility>

#include <pthread.h>

namespace broadsheet::server {
namespace {

constexpr int kEndOfWatch = SIGUSR2;

}  // namespace

SignalWatch::SignalWatch() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, kEndOfWatch);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

SignalWatch::~SignalWatch() {
  stop();
}

void SignalWatch::stop() {
  if (thread_.joinable()) {
    pthread_kill(thread_.native_handle(), kEndOfWatch);
    thread_.join();
  }
}

void SignalWatch::start(std::function<void()> on_signal) {
  thread_ = std::thread([signals = signals_, act = std::move(on_signal)] {
    int signal = 0;
    while (sigwait(&signals, &signal) == 0 && signal != kEndOfWatch) {
      act();
    }
  });
}

}  // namespace broadsheet::server
