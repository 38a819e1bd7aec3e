// How a record of a web archive begins and ends.
#pragma once

#include <string_view>

#include "indexer/readers/http_answer.h"

namespace broadsheet::indexer {

// Whether `text` begins with a record's first line: "WARC/1.0".
[[nodiscard]] bool begins_warc_record(std::string_view text);

// The first record that begins a line behind `from`, or npos.
[[nodiscard]] std::size_t find_warc_record(std::string_view text, std::size_t from);

// The fields of a head, also of WARC/0.9, which has most of them in its first line.
[[nodiscard]] HeaderFields parse_warc_head(std::string_view text);

// Blocks are closed by two line ends, which are not part of them.
[[nodiscard]] std::string_view without_record_end(std::string_view block);

}  // namespace broadsheet::indexer
