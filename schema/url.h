// The canonical form of a web address: what two spellings of one address have in common. The
// catalog keys its URLs by it and ids are made from it, so a change here needs a migration.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet {

// The canonical form of an absolute http or https URL; empty for anything else and for URLs over
// 8 KiB. It is a key, not a link: http counts as https; scheme and host are lower case; user,
// default port, fragment, tracking parameters (utm_*, fbclid, ...) and the slash at the end of a
// path are dropped; dot segments are resolved; percent escapes are upper case, and decoded where
// RFC 3986 section 6.2.2 allows it. Other parameters stay, in their order.
[[nodiscard]] std::string canonical_url(std::string_view url);

}  // namespace broadsheet
