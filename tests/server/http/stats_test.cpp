// Proves which bucket an answer is counted in, and that no row means the last slot.
#include "server/http/stats.h"

#include <chrono>

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

using std::chrono::microseconds;

TEST(Stats, an_answer_falls_into_the_first_bucket_that_holds_it) {
  Counters counters({{"GET", "/a", nullptr}});
  counters.answered(200, 0, microseconds(0));
  counters.answered(200, 0, microseconds(250));
  counters.answered(404, 0, microseconds(251));
  counters.answered(503, 0, microseconds(60'000'000));
  const ServerStats stats = counters.snapshot();
  ASSERT_EQ(stats.routes.size(), 2U);
  EXPECT_EQ(stats.routes[0].buckets[0], 2U);
  EXPECT_EQ(stats.routes[0].buckets[1], 1U);
  EXPECT_EQ(stats.routes[0].buckets.back(), 1U);
  EXPECT_EQ(stats.routes[0].count, 4U);
  EXPECT_EQ(stats.routes[0].sum_us, 60'000'501);
  EXPECT_EQ(stats.by_class[2], 2U);
  EXPECT_EQ(stats.by_class[4], 1U);
  EXPECT_EQ(stats.by_class[5], 1U);
}

TEST(Stats, what_has_no_row_is_counted_last) {
  Counters counters({{"GET", "/a", nullptr}});
  counters.answered(404, 1, microseconds(1));
  counters.answered(404, 99, microseconds(1));
  EXPECT_EQ(counters.snapshot().routes[1].count, 2U);
}

}  // namespace
}  // namespace broadsheet::server
