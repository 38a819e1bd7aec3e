// One adapter a family of feed formats.
#pragma once

#include <string_view>

#include "indexer/readers/feed.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// `base_url` is where the document came from; empty when unknown: the feed's own link then counts.

// RSS 0.9x to 2.x and RDF (RSS 1.0, 0.90). `root` is <rss>, <rdf:RDF> or a bare <channel>.
[[nodiscard]] Feed read_rss(XmlNode root, std::string_view base_url);

// Atom 1.0 (RFC 4287) and 0.3. `root` is <feed>, or an <entry> that stands alone.
[[nodiscard]] Feed read_atom(XmlNode root, std::string_view base_url);

// JSON Feed 1.0 and 1.1 (jsonfeed.org). invalid_argument: not JSON, or not a feed.
[[nodiscard]] Result<Feed> read_json_feed(std::string_view utf8, std::string_view base_url);

// Whether it is an object whose version is an address of JSON Feed; a beginning is enough.
[[nodiscard]] bool looks_like_json_feed(std::string_view head);

}  // namespace broadsheet::indexer
