// Proves how a listen string is read, and that one port has one server.
#include "server/http/listen.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

TEST(Listen, strings_are_read) {
  struct Case {
    const char* text;
    const char* host;
    int port;
  };

  const std::vector<Case> cases{
      {"127.0.0.1:8080", "127.0.0.1", 8080},
      {"localhost:0", "localhost", 0},
      {"[::1]:8080", "::1", 8080},
      {":8080", "", 8080},
      {"*:65535", "", 65535},
  };
  for (const Case& row : cases) {
    const Result<ListenAddress> address = parse_listen(row.text);
    ASSERT_TRUE(address.has_value()) << row.text;
    EXPECT_EQ(address->host, row.host);
    EXPECT_EQ(address->port, row.port);
  }
}

TEST(Listen, what_is_no_address_is_refused_with_an_example) {
  for (const char* text : {"",
                           "8080",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:x",
                           "127.0.0.1:-1",
                           "127.0.0.1:65536",
                           "127.0.0.1:80x",
                           "::1:8080",
                           "[::1]",
                           "[::1:80"}) {
    const Result<ListenAddress> address = parse_listen(text);
    ASSERT_FALSE(address.has_value()) << text;
    EXPECT_EQ(address.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(address.error().hint, testing::HasSubstr("127.0.0.1:8080"));
  }
}

TEST(Listen, port_zero_becomes_a_real_port) {
  const Result<Listener> listener = listen_on({"127.0.0.1", 0});
  ASSERT_TRUE(listener.has_value()) << listener.error().message;
  EXPECT_GT(listener->port, 0);
  EXPECT_EQ(listener->address, "127.0.0.1:" + std::to_string(listener->port));
}

TEST(Listen, knows_addresses_that_only_this_machine_reaches) {
  for (const char* host : {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    EXPECT_TRUE(is_loopback({host, 0})) << host;
  for (const char* host : {"", "0.0.0.0", "::", "192.0.2.1", "127.example.com", "2001:db8::1", "1"})
    EXPECT_FALSE(is_loopback({host, 0})) << host;
}

TEST(Listen, a_port_in_use_is_a_clear_error) {
  const Result<Listener> first = listen_on({"127.0.0.1", 0});
  ASSERT_TRUE(first.has_value());
  const Result<Listener> second = listen_on({"127.0.0.1", first->port});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_THAT(second.error().message, testing::HasSubstr(first->address));
  EXPECT_THAT(second.error().message, testing::HasSubstr("in use"));
}

// A name with several addresses is like the wildcard of two families: the second must not be taken
// when the port of the first is in use.
TEST(Listen, a_port_in_use_on_one_address_is_not_made_up_for_by_another) {
  const Result<Listener> first = listen_on({"::1", 0});
  if (!first) GTEST_SKIP() << "no IPv6 here: " << first.error().message;
  const Result<Listener> second = listen_on({"", first->port});
  ASSERT_FALSE(second.has_value()) << second->address;
  EXPECT_THAT(second.error().message, testing::HasSubstr("in use"));
}

TEST(Listen, ipv6_is_shown_in_brackets) {
  const Result<Listener> listener = listen_on({"::1", 0});
  if (!listener) GTEST_SKIP() << "no IPv6 here: " << listener.error().message;
  EXPECT_EQ(listener->address, "[::1]:" + std::to_string(listener->port));
}

TEST(Listen, an_address_that_is_not_ours_is_unavailable) {
  const Result<Listener> listener = listen_on({"192.0.2.1", 0});
  ASSERT_FALSE(listener.has_value());
  EXPECT_EQ(listener.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace broadsheet::server
