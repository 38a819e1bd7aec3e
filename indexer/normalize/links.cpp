// The spelling stays as the source wrote it; schema/url.h knows which spellings mean the same.
#include "indexer/normalize/links.h"

#include "indexer/normalize/text.h"
#include "schema/url.h"

namespace broadsheet::indexer {

std::string clean_link(std::string_view utf8) {
  const std::string text = clean_line(utf8).text;
  std::string link;
  if (text.starts_with("//")) link = "https:";
  if (text.starts_with("www.")) link = "https://";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    if (std::string_view(" \"<>`\\^{|}").find(c) == std::string_view::npos) {
      link += c;
    } else {
      link += '%';
      link += kHex[static_cast<unsigned char>(c) >> 4U];
      link += kHex[static_cast<unsigned char>(c) & 15U];
    }
  }
  return canonical_url(link).empty() ? std::string() : link;
}

}  // namespace broadsheet::indexer
