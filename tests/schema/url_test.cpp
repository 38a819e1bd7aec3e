// Two spellings of one address have one canonical form; two addresses have two.
#include "schema/url.h"

#include <gtest/gtest.h>

namespace broadsheet {
namespace {

struct UrlCase {
  const char* name;
  std::string given;
  std::string canonical;
};

class CanonicalUrl : public testing::TestWithParam<UrlCase> {};

TEST_P(CanonicalUrl, is_what_spellings_share) {
  EXPECT_EQ(canonical_url(GetParam().given), GetParam().canonical);
}

TEST_P(CanonicalUrl, is_its_own_canonical_form) {
  EXPECT_EQ(canonical_url(GetParam().canonical), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    all,
    CanonicalUrl,
    testing::Values(
        UrlCase{"plain", "https://example.org/a/b", "https://example.org/a/b"},
        UrlCase{"http_is_https", "http://example.org/a", "https://example.org/a"},
        UrlCase{"case_of_scheme_and_host", "HTTP://Example.ORG/A", "https://example.org/A"},
        UrlCase{"default_port_http", "http://example.org:80/a", "https://example.org/a"},
        UrlCase{"default_port_https", "https://example.org:443/a", "https://example.org/a"},
        UrlCase{"other_port", "https://example.org:8443/a", "https://example.org:8443/a"},
        UrlCase{"user", "https://me:secret@example.org/a", "https://example.org/a"},
        UrlCase{"fragment", "https://example.org/a#comments", "https://example.org/a"},
        UrlCase{"no_path", "https://example.org", "https://example.org/"},
        UrlCase{"slash_at_the_end", "https://example.org/a/", "https://example.org/a"},
        UrlCase{"dot_segments", "https://example.org/a/./b/../c", "https://example.org/a/c"},
        UrlCase{"above_the_root", "https://example.org/../../a", "https://example.org/a"},
        UrlCase{"tracking",
                "https://example.org/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z",
                "https://example.org/a?id=7"},
        UrlCase{"only_tracking", "https://example.org/a?utm_source=x", "https://example.org/a"},
        UrlCase{
            "order_of_parameters", "https://example.org/?b=2&a=1", "https://example.org/?b=2&a=1"},
        UrlCase{"query_without_path", "https://example.org?id=7", "https://example.org/?id=7"},
        UrlCase{"empty_query", "https://example.org/a?", "https://example.org/a"},
        UrlCase{
            "escapes_in_lower_case", "https://example.org/%c3%a9", "https://example.org/%C3%A9"},
        UrlCase{"escapes_of_letters", "https://example.org/%41%7Eb", "https://example.org/A~b"},
        UrlCase{"bytes_beyond_ascii", "https://example.org/\xC3\xA9", "https://example.org/%C3%A9"},
        UrlCase{"blank_inside", "https://example.org/a b", "https://example.org/a%20b"},
        UrlCase{"blanks_around", "  https://example.org/a \n", "https://example.org/a"},
        UrlCase{"host_with_a_dot_at_the_end", "https://example.org./a", "https://example.org/a"},
        UrlCase{"ipv6", "http://[2001:DB8::1]:80/a", "https://[2001:db8::1]/a"},
        UrlCase{"escape_cut_short", "https://example.org/a%4", "https://example.org/a%4"}),
    [](const auto& given) { return std::string(given.param.name); });

TEST(canonical_url, is_empty_for_what_is_no_web_address) {
  for (const char* given : {"",
                            "example.org/a",
                            "ftp://example.org/a",
                            "javascript:alert(1)",
                            "https://",
                            "https:///a",
                            "https://exa mple.org/",
                            "https://example.org:port/",
                            "mailto:a@example.org"}) {
    EXPECT_EQ(canonical_url(given), "") << given;
  }
  EXPECT_EQ(canonical_url("https://example.org/" + std::string(9000, 'a')), "");
}

TEST(canonical_url, keeps_addresses_apart_that_differ_in_their_parameters) {
  EXPECT_NE(canonical_url("https://example.org/story?id=1"),
            canonical_url("https://example.org/story?id=2"));
}

}  // namespace
}  // namespace broadsheet
