// One request at a time to a host, and a pause in between.
#include "indexer/intake/host_gaps.h"

#include <gtest/gtest.h>

namespace broadsheet::indexer {
namespace {

using std::chrono::seconds;

TEST(host_gaps, keep_one_host_apart_from_itself_alone) {
  const HostGaps::Time now{std::chrono::hours(1)};
  HostGaps gaps{seconds(1)};
  EXPECT_LE(gaps.ready_at("a"), now);
  gaps.begin("a");
  EXPECT_EQ(gaps.ready_at("a"), HostGaps::Time::max());
  EXPECT_LE(gaps.ready_at("b"), now);
  gaps.end("a", now);
  EXPECT_EQ(gaps.ready_at("a"), now + seconds(1));
}

TEST(host_gaps, forget_hosts_but_not_those_that_are_busy) {
  HostGaps::Time now{std::chrono::hours(1)};
  HostGaps gaps{seconds(1)};
  gaps.begin("busy");
  for (int host = 0; host < 5000; ++host, now += seconds(2)) {
    gaps.begin(std::to_string(host));
    gaps.end(std::to_string(host), now);
  }
  EXPECT_EQ(gaps.ready_at("busy"), HostGaps::Time::max());
  EXPECT_EQ(gaps.ready_at("0"), HostGaps::Time::min());
}

}  // namespace
}  // namespace broadsheet::indexer
