// Cursors of result lists: what a client carries from one page to the next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/search/types.h"

namespace broadsheet::server {

// Where a list goes on. Opaque to clients, checked against the request it comes back with.
struct PageCursor {
  std::uint64_t fingerprint = 0;       // of everything that shapes the list
  std::int64_t now = 0;                // frozen on the first page
  std::uint32_t position = 0;          // hits shown before
  std::optional<TimePosition> after;   // time order
  Relaxing relaxing = Relaxing::none;  // time order: what the first page gave up
  std::uint64_t list = 0;    // relevance: the list the server fixed; 0 before the second page
  std::vector<DocId> shown;  // relevance: what the first page showed
};

// Base64 (RFC 4648 section 5, no padding) of a short text.
[[nodiscard]] std::string encode_cursor(const PageCursor& cursor);

// Empty for anything encode_cursor() did not write.
[[nodiscard]] std::optional<PageCursor> decode_cursor(const std::string& text);

// What must not change between pages: query, filters, window, order, folding. Not limit, fields or
// snippets.
[[nodiscard]] std::uint64_t fingerprint_of(const SearchRequest& request);

}  // namespace broadsheet::server
