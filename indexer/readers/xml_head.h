// Tells what XML a document is by its first bytes, before it is parsed.
#pragma once

#include <string_view>

namespace broadsheet::indexer {

// The name of the outermost element, without its prefix; empty where the bytes show none. The XML
// declaration, instructions, comments and the document type before it are passed over.
[[nodiscard]] std::string_view root_name(std::string_view head);

}  // namespace broadsheet::indexer
