// An HTTP answer as archives keep it: the head read leniently, the body decoded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/result.h"

namespace broadsheet::indexer {

// Lines of `Name: value`, as HTTP and WARC have them. Names in lower case, in their order.
struct HeaderFields {
  std::vector<std::pair<std::string, std::string>> fields;

  // The first value of that name (in lower case); empty without one.
  [[nodiscard]] std::string_view value(std::string_view name) const;
};

// A value that goes on in the next line is put together; lines without a colon are left out.
[[nodiscard]] HeaderFields parse_fields(std::string_view lines);

// A number as headers write it; nothing for anything else and for more than 64 bits.
[[nodiscard]] std::optional<std::uint64_t> parse_length(std::string_view text);

// Where the blank line ends that closes a head; npos when there is none.
[[nodiscard]] std::size_t head_size(std::string_view text);

struct HttpAnswer {
  int status = 0;
  HeaderFields head;
  std::string_view body;  // as it was sent, in the bytes that were parsed
};

// invalid_argument: no HTTP answer.
[[nodiscard]] Result<HttpAnswer> parse_answer(std::string_view bytes);

// The body without its transfer and content codings (chunked; gzip, deflate, br, zstd). A coding
// that is named but was not applied, as archives keep decoded bodies under the old head, counts for
// nothing. corrupt: it cannot be decoded. invalid_argument: it would be longer than `most` bytes,
// its coding is not known, or it is shorter than its Content-Length.
[[nodiscard]] Result<std::string> decode_body(const HttpAnswer& answer, std::size_t most);

}  // namespace broadsheet::indexer
