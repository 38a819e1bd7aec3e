// Looks at XML text before the parser does: what a careful reader mends.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::indexer {

struct MendedXml {
  std::string text;
  bool mended = false;  // something had to be changed that well-formed XML does not hold
};

// Makes every `&` that begins none of XML's own references (amp, lt, gt, quot, apos, or a character
// by number) plain text, so that `AT&T` stays what it is, `&nbsp;` reaches the reader as written
// and no entity is ever expanded, and so does a `<` that no name follows. XML's own references
// become numbers: libxml2 drops the others behind the first fault of a document. Control characters
// that XML forbids (XML 1.0 section 2.2) become blanks. CDATA, comments and instructions keep their
// ampersands. `utf8` must be valid.
[[nodiscard]] MendedXml mend_xml(std::string_view utf8);

}  // namespace broadsheet::indexer
