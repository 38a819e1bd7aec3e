// Counters of the HTTP server, and the snapshot that /metrics is rendered from.
// Counting is a relaxed atomic add from any thread; a snapshot is not one instant.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "server/http/request.h"

namespace broadsheet::server {

// Upper bounds of the latency buckets in microseconds; what is slower falls into one more bucket.
inline constexpr std::array<std::int64_t, 13> kLatencyBounds{250,
                                                             500,
                                                             1'000,
                                                             2'500,
                                                             5'000,
                                                             10'000,
                                                             25'000,
                                                             50'000,
                                                             100'000,
                                                             250'000,
                                                             500'000,
                                                             1'000'000,
                                                             5'000'000};

// Answers of one route. `buckets` are not cumulative; the last one is for what passes every bound.
struct RouteStats {
  std::string method;  // empty with an empty pattern: what matched no row
  std::string pattern;
  std::array<std::uint64_t, kLatencyBounds.size() + 1> buckets{};
  std::uint64_t count = 0;
  std::int64_t sum_us = 0;
};

struct ServerStats {
  std::array<std::uint64_t, 6> by_class{};  // [2] = answers of status 2xx, refusals included
  std::uint64_t refused_overload = 0;       // 503 by estimated wait, or stale in the queue
  std::uint64_t refused_head = 0;           // 4xx by the head check, 408 included
  std::uint64_t refused_budget = 0;         // 503 for want of buffers or connections
  std::uint64_t accepted = 0;               // connections since start
  std::uint64_t evicted = 0;                // connections closed to make room
  std::size_t connections = 0;              // now
  std::size_t queue_depth = 0;              // jobs waiting for a worker now
  std::size_t buffer_bytes = 0;             // held in input and unsent answers now
  std::vector<RouteStats> routes;           // in table order, then the one of no row
};

// The live counters behind a snapshot.
class Counters {
 public:
  // One slot for each (method, pattern), and one more for requests of no row.
  explicit Counters(const std::vector<Route>& routes);

  // A request of `row` was answered, `elapsed` after its last byte had arrived.
  void answered(int status, std::size_t row, std::chrono::microseconds elapsed);
  // An answer outside any route: a refusal by the reactor.
  void count_status(int status);

  // What only needs adding to, or setting, is public: there is no invariant among them.
  std::atomic<std::uint64_t> refused_overload{0};
  std::atomic<std::uint64_t> refused_head{0};
  std::atomic<std::uint64_t> refused_budget{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> evicted{0};
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> buffer_bytes{0};

  // queue_depth is left to the caller, who knows the queue.
  [[nodiscard]] ServerStats snapshot() const;

 private:
  struct RouteCounters {
    std::string method;
    std::string pattern;
    std::array<std::atomic<std::uint64_t>, kLatencyBounds.size() + 1> buckets{};
    std::atomic<std::int64_t> sum_us{0};
  };

  std::array<std::atomic<std::uint64_t>, 6> by_class_{};
  std::deque<RouteCounters> routes_;  // a deque, as atomics do not move
};

}  // namespace broadsheet::server
