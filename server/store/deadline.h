// When a query must stop: at its time, or when it has read its share of word positions. The share
// is counted, not timed, so that the same query stops at the same article on every machine.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace broadsheet::server {

// Asked cheaply and often, by one query at a time.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  // What looking a list of positions up costs, in positions read.
  static constexpr std::uint64_t kListSteps = 100;
  // Twenty-odd milliseconds; the phrases people ask for need a tenth of it.
  static constexpr std::uint64_t kMostSteps = 750'000;

  explicit Deadline(Clock::time_point at) : at_(at) {}

  // Looks at the clock once in 128 calls.
  [[nodiscard]] bool has_passed() {
    if (passed_ || --calls_left_ > 0) return passed_;
    return has_passed_now();
  }

  // Looks at the clock.
  [[nodiscard]] bool has_passed_now() {
    if (passed_) return true;
    calls_left_ = kCalls;
    passed_ = at_ != Clock::time_point::max() && Clock::now() >= at_;
    return passed_;
  }

  // Whether it had when last asked; costs nothing.
  [[nodiscard]] bool has_passed_so_far() const { return passed_; }

  // How many positions may still be read.
  [[nodiscard]] std::uint64_t steps_left() const { return steps_left_; }

  // Tells of positions read.
  void spend(std::uint64_t steps) {
    calls_left_ -= static_cast<std::int64_t>(steps / kListSteps);
    steps_left_ -= std::min(steps, steps_left_);
    passed_ = passed_ || steps_left_ == 0;
  }

 private:
  static constexpr std::int64_t kCalls = 128;

  Clock::time_point at_;
  std::int64_t calls_left_ = kCalls;
  std::uint64_t steps_left_ = kMostSteps;
  bool passed_ = false;
};

}  // namespace broadsheet::server
