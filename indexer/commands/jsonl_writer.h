// An article in the input shape.
#pragma once

#include <string>

#include "schema/article.h"

namespace broadsheet::indexer {

// One JSON object without a line end. Read back it gives the same article.
[[nodiscard]] std::string jsonl_line(const Article& article);

}  // namespace broadsheet::indexer
