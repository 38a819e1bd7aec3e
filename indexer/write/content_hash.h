// What tells an article that changed from one that merely came in again.
#pragma once

#include <string>

#include "schema/article.h"

namespace broadsheet::indexer {

// SHA-256 over everything an article says of itself but its id, as hex digits. Stored in the
// catalog: changing it makes every article count as updated once.
[[nodiscard]] std::string content_hash(const Article& article);

}  // namespace broadsheet::indexer
