// The backlog is long because a full one costs the client a TCP retransmission: one to three
// seconds.
#include "server/http/listen.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace broadsheet::server {
namespace {

constexpr int kBacklog = 1024;

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Result<AddressList> resolve(const ListenAddress& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(address.port);
  const char* host = address.host.empty() ? nullptr : address.host.c_str();
  const int failure = getaddrinfo(host, port.c_str(), &hints, &found);
  if (failure != 0) return fail(ErrorCode::unavailable, gai_strerror(failure));
  return AddressList(found, &freeaddrinfo);
}

// Another address of the host is worth trying only when this machine does not have the one: when a
// port is taken, a server on the next address would be a second one beside the first.
bool is_not_ours(int reason) {
  return reason == EADDRNOTAVAIL || reason == EAFNOSUPPORT;
}

// For every address IPv6 first, as its wildcard takes IPv4 connections as well; for "localhost"
// IPv4 first, as that is where people look.
std::vector<const addrinfo*> in_order(const AddressList& list, int first_family) {
  std::vector<const addrinfo*> order;
  for (const addrinfo* entry = list.get(); entry != nullptr; entry = entry->ai_next) {
    order.push_back(entry);
  }
  std::stable_partition(order.begin(), order.end(), [first_family](const addrinfo* entry) {
    return entry->ai_family == first_family;
  });
  return order;
}

Descriptor bind_one(const addrinfo& entry) {
  Descriptor socket(
      ::socket(entry.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, entry.ai_protocol));
  if (!socket.is_open()) return {};
  const int on = 1;
  const int off = 0;
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (entry.ai_family == AF_INET6) {
    setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  }
  if (::bind(socket.get(), entry.ai_addr, entry.ai_addrlen) != 0) return {};
  if (::listen(socket.get(), kBacklog) != 0) return {};
  return socket;
}

std::string joined(const std::string& host, int port) {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

void name_listener(Listener& listener) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  getsockname(listener.socket.get(), reinterpret_cast<sockaddr*>(&address), &length);
  char host[NI_MAXHOST] = "";
  char port[NI_MAXSERV] = "";
  getnameinfo(reinterpret_cast<const sockaddr*>(&address),
              length,
              host,
              sizeof host,
              port,
              sizeof port,
              NI_NUMERICHOST | NI_NUMERICSERV);
  std::from_chars(port, port + std::strlen(port), listener.port);
  listener.address = joined(host, listener.port);
}

}  // namespace

Result<ListenAddress> parse_listen(std::string_view text) {
  const auto wrong = [text] {
    return fail(ErrorCode::invalid_argument,
                "'" + std::string(text) + "' is no address to listen on",
                "write HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or :8080");
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong();
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find_first_of(":[]") != std::string_view::npos) {
    return wrong();
  }
  ListenAddress address;
  address.host = host == "*" ? "" : std::string(host);
  const auto parsed = std::from_chars(port.data(), port.data() + port.size(), address.port);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == port.data() + port.size();
  if (!whole || address.port < 0 || address.port > 65535) return wrong();
  return address;
}

bool is_loopback(const ListenAddress& address) {
  in_addr four{};
  in6_addr six{};
  if (::inet_pton(AF_INET, address.host.c_str(), &four) == 1)
    return ntohl(four.s_addr) >> 24U == 127;
  if (::inet_pton(AF_INET6, address.host.c_str(), &six) == 1) return IN6_IS_ADDR_LOOPBACK(&six);
  return address.host == "localhost";
}

Result<Listener> listen_on(const ListenAddress& address) {
  const std::string wanted = "cannot listen on " + joined(address.host, address.port) + ": ";
  Result<AddressList> list = resolve(address);
  if (!list) return fail(list.error().code, wanted + list.error().message);
  int reason = EADDRNOTAVAIL;
  for (const addrinfo* entry : in_order(*list, address.host.empty() ? AF_INET6 : AF_INET)) {
    Descriptor socket = bind_one(*entry);
    if (!socket.is_open()) {
      reason = errno;
      if (is_not_ours(reason)) continue;
      break;
    }
    Listener listener;
    listener.socket = std::move(socket);
    name_listener(listener);
    return listener;
  }
  return fail(ErrorCode::unavailable,
              wanted + std::generic_category().message(reason),
              reason == EADDRINUSE ? "another server runs there; choose another port" : "");
}

void raise_open_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace broadsheet::server
