// The one thread that owns every connection not in a worker's hands: an epoll loop with a sweep of
// deadlines. A slow client costs a descriptor and a few hundred bytes here, never a thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "server/http/connections.h"
#include "server/http/conversation.h"
#include "server/http/descriptor.h"
#include "server/http/job.h"

namespace broadsheet::server {

// The way into the loop from other threads; made before the lanes and outliving them.
class Mailbox {
 public:
  Mailbox();

  // Hands an answered job back. Any thread.
  void deliver(std::unique_ptr<Job> job);
  // Any thread.
  void request_stop();

  [[nodiscard]] const std::atomic<bool>& stopping() const { return stopping_; }

  [[nodiscard]] int event() const { return event_.get(); }

  // What was delivered since the last call; clears the event.
  std::vector<std::unique_ptr<Job>> collect();

 private:
  void ring() const;

  Descriptor event_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::vector<std::unique_ptr<Job>> jobs_;
};

class Reactor {
 public:
  // `wiring` and `mailbox` outlive the reactor. Throws std::system_error when the kernel has no
  // epoll instance left.
  Reactor(const Wiring& wiring, Mailbox& mailbox, Descriptor listener);

  // Serves until Mailbox::request_stop(), then finishes what is in flight.
  StopOutcome run();

 private:
  void serve_round();
  // False: nobody waits any more, or there is no room.
  [[nodiscard]] bool accept_some();
  void admit(Descriptor socket, std::string remote_address);
  void on_event(int fd);
  void on_mail();
  void sweep();
  void listen_again();
  void begin_stop();
  [[nodiscard]] StopOutcome outcome();

  const Wiring& wiring_;
  Mailbox& mailbox_;
  Descriptor listener_;
  Descriptor epoll_;
  Connections connections_;
  Conversation conversation_;
  Clock::time_point now_;
  Clock::time_point swept_;
  bool listening_ = false;
  bool draining_ = false;
};

}  // namespace broadsheet::server
