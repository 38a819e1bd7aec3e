// From "HOST:PORT" to a listening socket. One server a port: SO_REUSEADDR only, so that a second
// one on the same port fails instead of taking half of the requests.
#pragma once

#include <string>
#include <string_view>

#include "schema/result.h"
#include "server/http/descriptor.h"

namespace broadsheet::server {

struct ListenAddress {
  std::string host;  // empty: every address, IPv6 and IPv4
  int port = 0;      // 0: any free one
};

// "127.0.0.1:8080", "localhost:0", "[::1]:8080", ":8080"; "*:8080" is every address too.
[[nodiscard]] Result<ListenAddress> parse_listen(std::string_view text);

// Whether only this machine can reach the address: 127.0.0.0/8, ::1, localhost.
[[nodiscard]] bool is_loopback(const ListenAddress& address);

struct Listener {
  Descriptor socket;    // non-blocking, listening
  std::string address;  // "127.0.0.1:8080", "[::1]:8080": with the real port
  int port = 0;
};

// unavailable, naming host and port, when no address of the host can be bound.
[[nodiscard]] Result<Listener> listen_on(const ListenAddress& address);

// Lifts the soft limit of open files to the hard one; 4,096 connections need more than the usual
// 1,024. Failure is no error: accept() then evicts earlier.
void raise_open_files();

}  // namespace broadsheet::server
