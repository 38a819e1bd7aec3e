// Relative links, resolved against where they were found.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// RFC 3986 section 5.2. White space around `link` is dropped. An absolute link stays as it is
// written, and so does every link when `base` is not an absolute URL with an authority.
[[nodiscard]] std::string resolve_link(std::string_view link, std::string_view base);

// Whether it begins with a scheme and a colon.
[[nodiscard]] bool is_absolute_link(std::string_view link);

}  // namespace broadsheet::indexer
