// Feeds as their format says them: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1.x.
// The adapters (feed_rss, feed_atom, feed_json) fill this model; feed.cpp makes articles of it.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/input.h"
#include "indexer/readers/reader.h"
#include "schema/result.h"

namespace broadsheet::indexer {

enum class TextForm { plain, html };

struct FeedText {
  std::string value;
  TextForm form = TextForm::plain;
};

struct FeedPerson {
  std::string name;
  std::string email;
};

struct FeedEnclosure {
  std::string url;
  std::string type;
};

// Where an image was found, the best place first: a feed often names several.
enum class ImagePlace { media, enclosure, element, thumbnail, show, none };

struct FeedImage {
  std::string url;
  std::string alt;
  std::string credit;
  std::string width;
  std::string height;
  ImagePlace place = ImagePlace::none;
};

// What can be said of an item and, in the same words, of the feed as a whole. Links are resolved;
// names and tags may hold character references.
struct FeedItem {
  std::string id;
  std::string link;
  bool id_is_link = false;  // the id is an address that readers may follow (RSS isPermaLink)
  FeedText title;
  FeedText summary;
  FeedText content;
  std::string published;
  std::string updated;
  std::vector<FeedPerson> authors;
  std::vector<std::string> tags;
  std::string language;
  FeedImage image;
  std::vector<FeedEnclosure> enclosures;
  std::string source_name;  // of an item taken over from another feed
};

struct Feed {
  FeedItem about;               // the feed as a whole
  bool shares_authors = false;  // those of the feed wrote its items, where these name nobody
  std::vector<FeedItem> items;
  std::string encoding;              // what the bytes were read as
  std::vector<std::string> repairs;  // what was mended in the document, in words
  bool is_ill_formed = false;        // as XML: it may have been cut off
  // For how long it need not be asked again; zero where it does not say.
  std::chrono::minutes fresh_for{0};
};

// Reads a feed of any of the formats. invalid_argument: it is none. Never throws.
[[nodiscard]] Result<Feed> read_feed(std::string_view bytes, const ReaderOptions& options);

// The feed's items as articles, with what it says of itself where an item says nothing.
[[nodiscard]] std::vector<RawArticle> articles_of(Feed feed);

[[nodiscard]] bool looks_like_feed(std::string_view head);

[[nodiscard]] std::unique_ptr<ArticleReader> open_feed(std::unique_ptr<PeekedSource> source,
                                                       const ReaderOptions& options);

}  // namespace broadsheet::indexer
