// Politeness: one request at a time to a host, and a gap between two. Clock times are arguments.
#pragma once

#include <chrono>
#include <string>
#include <unordered_map>

namespace broadsheet::indexer {

class HostGaps {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit HostGaps(std::chrono::milliseconds gap) : gap_(gap) {}

  // When the host may be asked; Time::max() while a request to it is under way.
  [[nodiscard]] Time ready_at(const std::string& host) const;

  void begin(const std::string& host);
  void end(const std::string& host, Time now);

 private:
  std::chrono::milliseconds gap_;
  std::unordered_map<std::string, Time> next_;  // max() while busy
};

}  // namespace broadsheet::indexer
