// All open connections of the reactor: who waits for what, until when, and holding how much memory.
// Touched by the reactor's thread only.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "server/http/descriptor.h"
#include "server/http/head_check.h"
#include "server/http/job.h"
#include "server/http/options.h"
#include "server/http/stats.h"

namespace broadsheet::server {

// What a connection waits for.
enum class Phase {
  idle,     // the first byte of a request
  head,     // the rest of a head
  body,     // the rest of a body
  working,  // a worker, who may write to the socket: it must stay open
  writing,  // the client to take the rest of an answer
  closing   // the client to read the last answer and hang up
};

struct Connection {
  Descriptor socket;
  std::string remote_address;
  Phase phase = Phase::idle;
  Clock::time_point since;        // when the phase began
  Clock::time_point deadline;     // when it must have ended
  Clock::time_point rests_until;  // in phase idle, after a refusal: not listened to before

  std::string input;  // received, not yet part of a request
  HeadScan scan;
  std::unique_ptr<Job> job;    // in phase body: the request being collected
  std::size_t lent_bytes = 0;  // in phase working: what the job took along
  std::size_t held_bytes = 0;  // of all that, as last accounted

  std::string output;
  std::size_t sent = 0;
  Persistence persistence = Persistence::keep_alive;  // after the answer being written
};

class Connections {
 public:
  Connections(const ServerOptions& options, Counters& counters)
      : options_(options), counters_(counters) {}

  // Takes over a connected socket; it starts idle.
  Connection& add(Descriptor socket, std::string remote_address, Clock::time_point now);
  void close(Connection& connection);
  // nullptr when that descriptor belongs to no connection (any more).
  [[nodiscard]] Connection* find(int fd);

  [[nodiscard]] std::size_t size() const { return size_; }

  // Brings the memory account up to date; call it after every change of input or output. False: the
  // budget is used up. Bodies may take three quarters of it, so that heads always find room.
  [[nodiscard]] bool account(Connection& connection);

  // Closes the connection that can best be spared: one closing anyway, else the longest idle, else
  // the oldest half-sent head, else the oldest body that lags behind its rate. Young ones are
  // left alone. False when there is none.
  bool evict_one(Clock::time_point now);

  // Closes the oldest connection whose client takes its answer more slowly than the rate, to get
  // the memory of the answer back. False when there is none.
  bool evict_writer(Clock::time_point now);

  // Calls `visit(Connection&)` for each; it may close the one it is given.
  template <typename Visit>
  void for_each(Visit visit) {
    for (std::size_t i = 0; i < by_fd_.size(); ++i) {
      if (by_fd_[i]) visit(*by_fd_[i]);
    }
  }

 private:
  [[nodiscard]] bool lags(const Connection& connection,
                          std::size_t bytes,
                          Clock::time_point now) const;
  void evict(Connection& connection);
  [[nodiscard]] int spare_rank(const Connection& connection, Clock::time_point now) const;

  const ServerOptions& options_;
  Counters& counters_;
  std::vector<std::unique_ptr<Connection>> by_fd_;
  std::size_t size_ = 0;
  std::size_t total_bytes_ = 0;
};

}  // namespace broadsheet::server
