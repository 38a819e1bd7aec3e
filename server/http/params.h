// From the raw request target to decoded text: percent-encoding, UTF-8, query parameters.
// Splitting comes before decoding, so that an encoded separator is a plain character of its value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.h"

namespace broadsheet::server {

enum class PlusSign { literal, space };

// Replaces each %XX; nothing when a '%' is not followed by two hex digits or the outcome is not
// UTF-8. Raw bytes above 0x7F are taken as they are.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, PlusSign plus);

// A path as a log may show it: each byte that is no visible ASCII character becomes %XX.
[[nodiscard]] std::string percent_encode_raw(std::string_view path);

// A target cut at its first '?'. The absolute form ("http://host/path") loses scheme and host.
struct TargetParts {
  std::string_view path;
  std::string_view query;
};

[[nodiscard]] TargetParts split_target(std::string_view target);

// The parameters of a query in the order sent, as forms encode them: '&' between, '+' for a space,
// no '=' for an empty value; empty pieces are skipped. `fault` holds the name, as sent, of the
// first parameter that cannot be decoded; `params` then ends before it.
struct ParsedQuery {
  std::vector<NameValue> params;
  std::optional<std::string> fault;
};

[[nodiscard]] ParsedQuery parse_query(std::string_view query);

}  // namespace broadsheet::server
