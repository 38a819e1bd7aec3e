// Which addresses a feed may lie at.
#include "indexer/intake/address_ranges.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

namespace broadsheet::indexer {
namespace {

TEST(inner_kind_of, names_what_is_not_the_public_internet) {
  for (const char* numbers : {"0.0.0.0",
                              "10.0.0.1",
                              "10.255.255.255",
                              "100.64.0.1",
                              "100.127.255.255",
                              "127.0.0.1",
                              "127.8.8.8",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.168.1.1",
                              "198.19.0.1",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::127.0.0.1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.1.1.1",
                              "64:ff9b::a00:1",
                              "64:ff9b:1::1",
                              "2001::1",
                              "2001:db8::1",
                              "2002:7f00:1::1",
                              "2002:c0a8:101::1",
                              "fc00::1",
                              "fdff::1",
                              "fe80::1",
                              "fec0::1",
                              "ff02::1"}) {
    EXPECT_TRUE(inner_kind_of(numbers)) << numbers;
  }
  EXPECT_EQ(inner_kind_of("::ffff:127.0.0.1"), "a loopback address");
  EXPECT_EQ(inner_kind_of("fe80::1"), "a link-local address");
}

TEST(inner_kind_of, lets_public_addresses_pass) {
  for (const char* numbers : {"1.1.1.1",
                              "9.255.255.255",
                              "11.0.0.0",
                              "100.63.255.255",
                              "100.128.0.0",
                              "126.255.255.255",
                              "128.0.0.0",
                              "172.15.255.255",
                              "172.32.0.0",
                              "192.167.255.255",
                              "192.169.0.0",
                              "223.255.255.255",
                              "::ffff:8.8.8.8",
                              "64:ff9b::808:808",
                              "2002:808:808::1",
                              "2606:4700::1111",
                              "2a00:1450::1"}) {
    EXPECT_FALSE(inner_kind_of(numbers)) << numbers << " " << *inner_kind_of(numbers);
  }
}

TEST(inner_kind_of, trusts_no_other_protocol) {
  sockaddr address{};
  address.sa_family = AF_UNIX;
  EXPECT_TRUE(inner_kind_of(address));
}

}  // namespace
}  // namespace broadsheet::indexer
