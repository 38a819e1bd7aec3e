// What the reactor says and hears on one connection: bytes into requests, answers into bytes, and
// from each phase into the next. Runs on the reactor's thread; nothing here ever blocks.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "server/http/connections.h"
#include "server/http/job.h"
#include "server/http/options.h"
#include "server/http/router.h"
#include "server/http/stats.h"
#include "server/http/workers.h"

namespace broadsheet::server {

struct Lanes {
  Lane& worker;
  Lane& express;
};

// What the reactor's parts share; all of it outlives them.
struct Wiring {
  const ServerOptions& options;
  const Router& router;
  Counters& counters;
  Lanes lanes;
  const std::atomic<bool>& stopping;
};

class Conversation {
 public:
  Conversation(const Wiring& wiring, Connections& connections, int epoll);

  // A new connection: waits for its first bytes.
  void greet(Connection& connection);
  void on_readable(Connection& connection);
  void on_writable(Connection& connection);
  // The deadline has passed. A half-sent request gets a 408, everything else just ends.
  void on_timeout(Connection& connection);
  // A worker is through with the job of this connection.
  void on_answered(Connection& connection, std::unique_ptr<Job> job);
  // The server stops: what has not begun a whole head is closed, after a last look.
  void on_stop(Connection& connection);

  // Listens again to whoever has rested after a refusal.
  void wake_rested();

  // When that is due next; max() when nobody rests.
  [[nodiscard]] Clock::time_point next_wake() const {
    return resting_.empty() ? Clock::time_point::max() : resting_.front().until;
  }

  // The time all deadlines of this round are counted from.
  void set_now(Clock::time_point now) { now_ = now; }

 private:
  enum class Step { again, wait };

  struct Rest {
    Clock::time_point until;
    int fd = -1;
  };

  void wait_for(Connection& connection, unsigned events);
  void enter(Connection& connection, Phase phase, std::chrono::milliseconds time);
  [[nodiscard]] std::chrono::milliseconds time_for(std::chrono::milliseconds at_least,
                                                   std::size_t bytes) const;
  void take_bytes(Connection& connection, std::string_view bytes);
  static void grow_body(Job& job, std::size_t needed);
  void advance(Connection& connection);
  // Whether the connection fits into the budget once slow readers have been cut off.
  bool make_room(Connection& connection);
  Step read_head(Connection& connection);
  Step begin_request(Connection& connection, std::size_t head_bytes);
  Step collect_body(Connection& connection);
  Step hand_over(Connection& connection);
  Step send(Connection& connection);
  Step after_answer(Connection& connection);
  void linger(Connection& connection);
  Step refuse(Connection& connection, int status, std::string_view detail);
  Step refuse_overload(Connection& connection, const Job& job);
  Step rest(Connection& connection);
  void note(const Connection& connection, const Job* job, int status);

  const Wiring& wiring_;
  Connections& connections_;
  int epoll_;
  Clock::time_point now_;
  std::size_t max_body_;      // the largest any route takes
  std::string scratch_;       // what recv() fills, shared by all connections
  std::deque<Rest> resting_;  // the earliest first; some may have been closed meanwhile
};

}  // namespace broadsheet::server
