// Hosts whose gap has passed are forgotten now and then: a program that stays up asks many.
#include "indexer/intake/host_gaps.h"

namespace broadsheet::indexer {

namespace {

constexpr std::size_t kManyHosts = 1024;

}  // namespace

HostGaps::Time HostGaps::ready_at(const std::string& host) const {
  const auto found = next_.find(host);
  return found == next_.end() ? Time::min() : found->second;
}

void HostGaps::begin(const std::string& host) {
  next_[host] = Time::max();
}

void HostGaps::end(const std::string& host, Time now) {
  next_[host] = now + gap_;
  if (next_.size() < kManyHosts) return;
  std::erase_if(next_, [now](const auto& entry) { return entry.second <= now; });
}

}  // namespace broadsheet::indexer
