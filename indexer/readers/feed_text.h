// Text constructs of Atom (RFC 4287 section 3.1), and those of Atom 0.3 with their modes.
#pragma once

#include "indexer/readers/feed.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// The text of an element by its `type` and `mode`: plain, escaped HTML, XHTML without the <div>
// around it, or base64. Text of no type that looks like HTML is taken for it. Empty for what is no
// text, an image above all.
[[nodiscard]] FeedText atom_text(XmlNode node);

// The bytes of base64 with white space anywhere; what follows a wrong character does not count.
[[nodiscard]] std::string decode_base64(std::string_view text);

}  // namespace broadsheet::indexer
