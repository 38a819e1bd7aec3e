// Only the beginning is read: such links stand in a page's head.
#include "indexer/readers/html_feed_links.h"

#include <algorithm>
#include <array>

#include "indexer/readers/ascii.h"
#include "indexer/readers/charset.h"
#include "indexer/readers/html.h"
#include "indexer/readers/html_trim.h"
#include "indexer/readers/links.h"
#include "indexer/readers/xml.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kBytesRead = std::size_t{256} << 10U;
constexpr std::size_t kMostLinks = 10;

constexpr std::array<std::string_view, 5> kTypes = {"application/rss+xml",
                                                    "application/atom+xml",
                                                    "application/rdf+xml",
                                                    "application/feed+json",
                                                    "application/json"};

bool is_feed_link(XmlNode link) {
  const std::string rel = " " + lower_case(one_line(link.attribute("rel"))) + " ";
  const std::string type = lower_case(trimmed(link.attribute("type")));
  return rel.find(" alternate ") != std::string::npos &&
         std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

// The element behind this one in the order of the document.
XmlNode element_after(XmlNode node) {
  if (const XmlNode below = node.first()) return below;
  while (node && !node.next())
    node = node.parent();
  return node.next();
}

}  // namespace

bool is_web_page(std::string_view bytes) {
  const std::size_t begin = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return begin != std::string_view::npos && looks_like_html(bytes.substr(begin));
}

std::vector<std::string> feed_links_of(std::string_view bytes, const ReaderOptions& options) {
  std::vector<std::string> links;
  if (!is_web_page(bytes)) return links;
  const std::string head =
      repair_utf8(decode_text(bytes.substr(0, kBytesRead), options.content_type).text);
  auto page = XmlDocument::parse_html(trim_html(head));
  if (!page) return links;
  for (XmlNode at = page->root(); at && links.size() < kMostLinks; at = element_after(at)) {
    if (at.is_text() || at.name() != "link" || !is_feed_link(at)) continue;
    const std::string href = at.attribute("href");
    if (trimmed(href).empty()) continue;
    std::string link = resolve_link(href, options.base_url);
    if (std::find(links.begin(), links.end(), link) == links.end()) {
      links.push_back(std::move(link));
    }
  }
  return links;
}

}  // namespace broadsheet::indexer
