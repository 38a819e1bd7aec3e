// Character references of HTML.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

// Decodes the reference at the front of `text` (which begins with "&") onto `out` and returns how
// many bytes it took; 0 when it is none that is known here. References end in ";".
[[nodiscard]] std::size_t decode_entity(std::string_view text, std::string& out);

// Text in which references were left over: all that are known are decoded, those that come of
// decoding too, so that nothing is left for a second time. Takes time in proportion to the text.
[[nodiscard]] std::string without_references(std::string text);

}  // namespace broadsheet::indexer
