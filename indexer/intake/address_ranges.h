// Which network addresses belong to the public internet, and which to somebody's inside.
#pragma once

#include <optional>
#include <string_view>

struct sockaddr;

namespace broadsheet::indexer {

// What kind of address it is, in words ("a loopback address"), when it is none of the public
// internet: this machine, private networks, links, carriers' inner nets, groups, examples, or no
// internet protocol at all. Empty for a public one. An IPv4 address inside an IPv6 one is judged as
// itself.
[[nodiscard]] std::optional<std::string_view> inner_kind_of(const sockaddr& address);

// The same for an address in numbers, "10.0.0.1" or "fe80::1"; empty also for what is none.
[[nodiscard]] std::optional<std::string_view> inner_kind_of(std::string_view numbers);

}  // namespace broadsheet::indexer
