// A search as a feed: what the three formats share. Each writes a Feed in its own words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/search/types.h"

namespace broadsheet::server {

struct FeedItem {
  std::string id;  // the same for an article as long as its archive lives
  std::string link;
  std::string title;
  std::string text;                       // its summary, else a piece of the body; plain text
  std::optional<std::int64_t> published;  // seconds since 1970 UTC, as the next
  std::int64_t updated = 0;
  const Article* article = nullptr;  // for what a format has a place for; outlived by the answer
};

struct Feed {
  std::string id;
  std::string title;
  std::string home;  // absolute addresses
  std::string self;
  std::string next;  // empty at the end
  std::int64_t updated = 0;
  std::uint64_t total = 0;        // matches
  std::uint64_t start_index = 1;  // of the first item, from 1
  std::uint64_t items_per_page = 0;
  std::vector<FeedItem> items;
};

[[nodiscard]] std::string rss_text(const Feed& feed);
[[nodiscard]] std::string atom_text(const Feed& feed);
[[nodiscard]] std::string json_feed_text(const Feed& feed);

// Text as it may stand in XML: escaped, without the characters that XML 1.0 cannot have.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace broadsheet::server
