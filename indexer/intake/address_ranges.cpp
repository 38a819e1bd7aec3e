// The tables follow IANA's registries of special-purpose addresses. Of IPv6 only 2000::/3 is
// public.
#include "indexer/intake/address_ranges.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace broadsheet::indexer {
namespace {

using Kind = std::optional<std::string_view>;

constexpr std::string_view kLoopback = "a loopback address";
constexpr std::string_view kPrivate = "an address of a private network";
constexpr std::string_view kLink = "a link-local address";
constexpr std::string_view kCarrier = "an address inside a carrier's network";
constexpr std::string_view kGroup = "a multicast address";
constexpr std::string_view kReserved = "a reserved address";

struct Range4 {
  std::uint32_t network;
  int bits;
  std::string_view kind;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24U | b << 16U | c << 8U | d;
}

constexpr std::array kRanges4 = {
    Range4{ip(0, 0, 0, 0), 8, "an address of this machine"},
    Range4{ip(10, 0, 0, 0), 8, kPrivate},
    Range4{ip(100, 64, 0, 0), 10, kCarrier},
    Range4{ip(127, 0, 0, 0), 8, kLoopback},
    Range4{ip(169, 254, 0, 0), 16, kLink},
    Range4{ip(172, 16, 0, 0), 12, kPrivate},
    Range4{ip(192, 0, 0, 0), 24, kReserved},
    Range4{ip(192, 0, 2, 0), 24, kReserved},
    Range4{ip(192, 88, 99, 0), 24, kReserved},
    Range4{ip(192, 168, 0, 0), 16, kPrivate},
    Range4{ip(198, 18, 0, 0), 15, kReserved},
    Range4{ip(198, 51, 100, 0), 24, kReserved},
    Range4{ip(203, 0, 113, 0), 24, kReserved},
    Range4{ip(224, 0, 0, 0), 4, kGroup},
    Range4{ip(240, 0, 0, 0), 4, kReserved},
};

Kind kind_of4(std::uint32_t address) {
  const auto* row = std::find_if(kRanges4.begin(), kRanges4.end(), [&](const Range4& range) {
    return (address ^ range.network) >> (32 - range.bits) == 0;
  });
  return row == kRanges4.end() ? Kind() : Kind(row->kind);
}

using Bytes6 = std::array<std::uint8_t, 16>;

std::uint32_t ip4_at(const Bytes6& bytes, std::size_t at) {
  return ip(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool starts_with(const Bytes6& bytes, std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

// The IPv4 address that one of IPv6 only carries: mapped, by NAT64 (the way of networks without
// IPv4 to the rest of the world), by 6to4.
std::optional<std::uint32_t> carried_ip4(const Bytes6& bytes) {
  const bool is_mapped = starts_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF});
  const bool is_nat64 = starts_with(bytes, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0});
  if (is_mapped || is_nat64) return ip4_at(bytes, 12);
  if (starts_with(bytes, {0x20, 0x02})) return ip4_at(bytes, 2);
  return std::nullopt;
}

Kind kind_of6(const Bytes6& bytes) {
  if (const auto ip4 = carried_ip4(bytes)) return kind_of4(*ip4);
  if (starts_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
    return bytes[15] == 1 ? kLoopback : kReserved;
  if (starts_with(bytes, {0x20, 0x01, 0x0D, 0xB8})) return kReserved;      // examples
  if (starts_with(bytes, {0x20, 0x01}) && bytes[2] < 2) return kReserved;  // Teredo and others
  if ((bytes[0] & 0xE0U) == 0x20U) return std::nullopt;
  if ((bytes[0] & 0xFEU) == 0xFCU) return kPrivate;
  if (bytes[0] == 0xFE && (bytes[1] & 0xC0U) == 0x80U) return kLink;
  return bytes[0] == 0xFF ? kGroup : kReserved;
}

}  // namespace

std::optional<std::string_view> inner_kind_of(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    return kind_of4(ntohl(four.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    Bytes6 bytes{};
    std::memcpy(bytes.data(), &six.sin6_addr, bytes.size());
    return kind_of6(bytes);
  }
  return "no address of the internet";
}

std::optional<std::string_view> inner_kind_of(std::string_view numbers) {
  const std::string text(numbers);
  in_addr four{};
  if (::inet_pton(AF_INET, text.c_str(), &four) == 1) return kind_of4(ntohl(four.s_addr));
  Bytes6 six{};
  if (::inet_pton(AF_INET6, text.c_str(), six.data()) == 1) return kind_of6(six);
  return std::nullopt;
}

}  // namespace broadsheet::indexer
