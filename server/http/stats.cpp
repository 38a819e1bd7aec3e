// Relaxed order everywhere: the numbers are read by people, nothing is decided by them.
#include "server/http/stats.h"

#include <algorithm>

namespace broadsheet::server {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

}  // namespace

Counters::Counters(const std::vector<Route>& routes) {
  for (const Route& route : routes) {
    RouteCounters& counters = routes_.emplace_back();
    counters.method = route.method;
    counters.pattern = route.pattern;
  }
  routes_.emplace_back();
}

void Counters::answered(int status, std::size_t row, std::chrono::microseconds elapsed) {
  count_status(status);
  RouteCounters& counters = routes_[std::min(row, routes_.size() - 1)];
  const auto* bound =
      std::lower_bound(kLatencyBounds.begin(), kLatencyBounds.end(), elapsed.count());
  const auto bucket = static_cast<std::size_t>(bound - kLatencyBounds.begin());
  counters.buckets[bucket].fetch_add(1, kRelaxed);
  counters.sum_us.fetch_add(elapsed.count(), kRelaxed);
}

void Counters::count_status(int status) {
  const auto status_class = static_cast<std::size_t>(std::clamp(status / 100, 0, 5));
  by_class_[status_class].fetch_add(1, kRelaxed);
}

ServerStats Counters::snapshot() const {
  ServerStats stats;
  for (std::size_t i = 0; i < by_class_.size(); ++i)
    stats.by_class[i] = by_class_[i].load(kRelaxed);
  stats.refused_overload = refused_overload.load(kRelaxed);
  stats.refused_head = refused_head.load(kRelaxed);
  stats.refused_budget = refused_budget.load(kRelaxed);
  stats.accepted = accepted.load(kRelaxed);
  stats.evicted = evicted.load(kRelaxed);
  stats.connections = connections.load(kRelaxed);
  stats.buffer_bytes = buffer_bytes.load(kRelaxed);
  for (const RouteCounters& counters : routes_) {
    RouteStats& route = stats.routes.emplace_back();
    route.method = counters.method;
    route.pattern = counters.pattern;
    route.sum_us = counters.sum_us.load(kRelaxed);
    for (std::size_t i = 0; i < route.buckets.size(); ++i) {
      route.buckets[i] = counters.buckets[i].load(kRelaxed);
      route.count += route.buckets[i];
    }
  }
  return stats;
}

}  // namespace broadsheet::server
