// Bytes of a marked-up document to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

struct DecodedText {
  std::string text;      // valid UTF-8, without a byte order mark
  std::string encoding;  // what the bytes were read as, in lower case
  bool mended = false;   // the encoding said was wrong, or some bytes were none of its characters
};

// Tells the encoding as feed readers and browsers do: a byte order mark; `charset` in the header
// the document came with; the XML declaration or an HTML meta element in the first bytes; else
// UTF-8, and where they are not that, what they look like. Bytes that are not what was said are
// read as UTF-8 where they are that, else as Windows-1252, which has a character for nearly every
// byte. Names as in the WHATWG Encoding Standard: latin1 and ascii mean Windows-1252.
[[nodiscard]] DecodedText decode_text(std::string_view bytes, std::string_view content_type);

// The value of `charset` in a Content-Type header, or in text that looks like one; empty without.
[[nodiscard]] std::string charset_of(std::string_view content_type);

}  // namespace broadsheet::indexer
