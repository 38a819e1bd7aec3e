// The labels that are made of other values: sites of a URL.
#include "schema/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Fields, a_url_is_found_by_its_host_and_the_domains_above_but_the_topmost) {
  EXPECT_THAT(sites_of("https://edition.cnn.com/2025/x"),
              ElementsAre("edition.cnn.com", "cnn.com"));
  EXPECT_THAT(sites_of("https://www.BBC.co.uk"), ElementsAre("bbc.co.uk", "co.uk"));
  EXPECT_THAT(sites_of("https://example.org"), ElementsAre("example.org"));
  EXPECT_THAT(sites_of("http://localhost:8080/a"), ElementsAre("localhost"));
  EXPECT_THAT(sites_of("http://10.0.0.1/a"), ElementsAre("10.0.0.1"));
  EXPECT_THAT(sites_of("no url"), IsEmpty());
}

}  // namespace
}  // namespace broadsheet
