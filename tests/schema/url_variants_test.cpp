// One article under the addresses of its phone and AMP pages.
#include "schema/url_variants.h"

#include <gmock/gmock.h>

#include "schema/url.h"

namespace broadsheet {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(plain_urls, takes_the_dress_off) {
  const std::vector<std::string> plain = {"https://example.org/2025/bridge",
                                          "https://www.example.org/2025/bridge"};
  for (const char* dressed :
       {"https://m.example.org/2025/bridge",
        "https://mobile.example.org/2025/bridge",
        "https://amp.example.org/2025/bridge",
        "https://example.org/2025/bridge/amp/",
        "https://example.org/amp/2025/bridge",
        "https://example.org/2025/bridge.amp",
        "https://example.org/2025/bridge?outputType=amp",
        "https://example.org/2025/bridge?amp=1&utm_source=x",
        "https://www.google.com/amp/s/example.org/2025/bridge",
        "https://www.google.com/amp/s/amp.example.org/2025/bridge/amp",
        "https://example-org.cdn.ampproject.org/c/s/example.org/2025/bridge"}) {
    const auto urls = plain_urls(canonical_url(dressed));
    for (const std::string& url : plain)
      EXPECT_THAT(urls, Contains(url)) << dressed;
  }
  EXPECT_THAT(plain_urls("https://en.m.example.org/a"),
              ElementsAre("https://en.example.org/a", "https://www.en.example.org/a"));
  EXPECT_THAT(plain_urls("https://example.org/a.amp.html?id=7"),
              Contains("https://example.org/a.html?id=7"));
}

TEST(plain_urls, leaves_others_alone) {
  for (const char* url : {"https://example.org/2025/bridge",
                          "https://m.org/a",
                          "https://example.org/amp",
                          "https://example.org/lamp",
                          "https://www.google.com/ampere",
                          "https://example.org/a?amplifier=1",
                          "sha256:00"}) {
    EXPECT_THAT(plain_urls(url), IsEmpty()) << url;
  }
}

TEST(urls_to_try, begins_with_the_url_and_knows_www) {
  EXPECT_THAT(urls_to_try("https://example.org/a"),
              ElementsAre("https://example.org/a", "https://www.example.org/a"));
  EXPECT_THAT(urls_to_try("https://www.example.org/a"),
              ElementsAre("https://www.example.org/a", "https://example.org/a"));
  EXPECT_THAT(
      urls_to_try("https://m.example.org/a"),
      ElementsAre("https://m.example.org/a", "https://example.org/a", "https://www.example.org/a"));
}

}  // namespace
}  // namespace broadsheet
