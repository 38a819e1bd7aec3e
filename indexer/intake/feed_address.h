// Addresses of feeds as text: which may be asked at all, and how they are shown. What the name in
// it leads to is judged when a connection is made (address_ranges.h), not here.
#pragma once

#include <string>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::indexer {

// An address that may be stored and asked: absolute, http or https, with a host; scheme and host in
// lower case, no fragment. invalid_argument: why it may not, with a hint.
[[nodiscard]] Result<std::string> checked_address(std::string_view text);

// Its host in lower case, without a port; empty for what is no address.
[[nodiscard]] std::string host_of(std::string_view address);

// For logs, answers and quarantine: without user, password, and the values of parameters that are
// named like secrets.
[[nodiscard]] std::string shown_address(std::string_view address);

// What relative links start from: without user, password and query, which a link never takes over
// unless it is empty.
[[nodiscard]] std::string base_of(std::string_view address);

// `text` without what is secret in an address, wherever a server repeats it: "user:password@", and
// the parameters whose values shown_address() hides.
[[nodiscard]] std::string without_secrets_of(std::string_view address, std::string text);

// `target` with user and password of `from` when both are of one scheme, host and port and `target`
// brings none itself: what a browser would send along a redirect.
[[nodiscard]] std::string with_credentials_of(std::string_view target, std::string_view from);

}  // namespace broadsheet::indexer
