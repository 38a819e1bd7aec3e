// SIGTERM and SIGINT as a plain function call on a plain thread, so that what it calls may lock.
// Make one before any other thread starts: the block is inherited by threads made later.
#pragma once

#include <csignal>
#include <functional>
#include <thread>

namespace broadsheet::server {

class SignalWatch {
 public:
  // Blocks SIGTERM and SIGINT in the calling thread and ignores SIGPIPE.
  SignalWatch();
  ~SignalWatch();  // stops
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  // Starts the thread that waits; `on_signal` is called there once for each signal that arrives.
  // Once only. A signal that came before it is delivered then.
  void start(std::function<void()> on_signal);

  // Ends the waiting thread, so that `on_signal` runs no more; the signals stay blocked. Call it
  // before what `on_signal` uses is destroyed.
  void stop();

 private:
  sigset_t signals_;
  std::thread thread_;
};

}  // namespace broadsheet::server
