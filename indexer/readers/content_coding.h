// The content codings of HTTP (RFC 9110 section 8.4.1; br: RFC 7932, zstd: RFC 8878), undone.
#pragma once

#include <string>
#include <string_view>

#include "schema/result.h"

namespace broadsheet::indexer {

struct DecodedContent {
  std::string bytes;
  bool is_named = false;  // codings were named
  bool is_coded = false;  // any of the codings was really applied
  bool is_cut = false;    // the packed bytes end too soon: this is what came before
};

// Undoes the codings that a Content-Encoding field names. One that was not applied at all counts
// for nothing. corrupt: the bytes are damaged. invalid_argument: a coding is not known, there are
// too many, or the result is longer than `most` bytes.
[[nodiscard]] Result<DecodedContent> decode_content(std::string_view codings,
                                                    std::string bytes,
                                                    std::size_t most);

}  // namespace broadsheet::indexer
