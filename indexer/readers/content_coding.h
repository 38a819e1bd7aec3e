// The content codings of HTTP (RFC 9110 section 8.4.1; br: RFC 7932, zstd: RFC 8878), undone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::indexer {

// Unpacks a body by the coding's name in lower case. Nothing where the bytes are not packed so at
// all. corrupt: they are, but damaged or cut short. invalid_argument: the coding is not known, or
// the result is longer than `most` bytes.
[[nodiscard]] Result<std::optional<std::string>> decode_content(std::string_view coding,
                                                                std::string_view bytes,
                                                                std::size_t most);

}  // namespace broadsheet::indexer
