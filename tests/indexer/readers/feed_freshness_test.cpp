// What feeds say of how often they change.
#include "indexer/readers/feed_freshness.h"

#include <gtest/gtest.h>

#include "indexer/readers/feed.h"

namespace broadsheet::indexer {
namespace {

using std::chrono::minutes;

minutes said_by(const std::string& elements) {
  return read_feed("<rss><channel>" + elements + "<item><title>t</title></item></channel></rss>",
                   {})
      ->fresh_for;
}

TEST(freshness_of, reads_ttl_and_the_syndication_module) {
  EXPECT_EQ(said_by("<ttl> 45 </ttl>"), minutes(45));
  EXPECT_EQ(said_by("<sy:updatePeriod>\n Hourly </sy:updatePeriod>"), minutes(60));
  EXPECT_EQ(said_by("<sy:updatePeriod>daily</sy:updatePeriod>"
                    "<sy:updateFrequency>4</sy:updateFrequency>"),
            minutes(360));
  EXPECT_EQ(said_by("<ttl>90</ttl><sy:updatePeriod>hourly</sy:updatePeriod>"), minutes(90));
}

TEST(freshness_of, takes_nonsense_as_nothing_said) {
  for (const char* said : {"",
                           "<ttl/>",
                           "<ttl>-5</ttl>",
                           "<ttl>soon</ttl>",
                           "<ttl>99999999999999999999</ttl>",
                           "<sy:updatePeriod>often</sy:updatePeriod>",
                           "<sy:updateFrequency>4</sy:updateFrequency>"}) {
    EXPECT_EQ(said_by(said), minutes(0)) << said;
  }
  EXPECT_EQ(said_by("<sy:updatePeriod>hourly</sy:updatePeriod>"
                    "<sy:updateFrequency>0</sy:updateFrequency>"),
            minutes(60));
  EXPECT_EQ(said_by("<ttl>9999999</ttl>"), minutes(365 * 24 * 60));
}

}  // namespace
}  // namespace broadsheet::indexer
