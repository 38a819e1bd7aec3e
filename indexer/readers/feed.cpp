// Which format it is, told by the first element or character.
#include "indexer/readers/feed.h"

#include <algorithm>
#include <array>

#include "indexer/readers/ascii.h"
#include "indexer/readers/charset.h"
#include "indexer/readers/document.h"
#include "indexer/readers/feed_adapters.h"
#include "indexer/readers/xml.h"
#include "indexer/readers/xml_head.h"

namespace broadsheet::indexer {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

struct Root {
  std::string_view name;  // in lower case, without its prefix
  Feed (*read)(XmlNode root, std::string_view base_url);
};

constexpr std::array kRoots = {
    Root{"rss", read_rss},
    Root{"rdf", read_rss},
    Root{"channel", read_rss},
    Root{"feed", read_atom},
    Root{"entry", read_atom},
};

const Root* root_named(std::string_view name) {
  const std::string lower = lower_case(name);
  const auto* row = std::find_if(
      kRoots.begin(), kRoots.end(), [&](const Root& known) { return known.name == lower; });
  return row == kRoots.end() ? nullptr : &*row;
}

// What stands before the first `<` is no XML; a feed after a warning of its server still is one.
std::string_view from_markup(std::string_view text) {
  return text.substr(std::min(text.find('<'), text.size()));
}

Result<Feed> read_xml_feed(std::string_view text, std::string_view base_url) {
  auto document = XmlDocument::parse_xml(from_markup(text));
  if (!document) return pass_on(document.error());
  const XmlNode root = document->root();
  const Root* row = root_named(root.name());
  if (row == nullptr) {
    return fail(ErrorCode::invalid_argument, "no feed: it is <" + std::string(root.name()) + ">");
  }
  Feed feed = row->read(root, base_url);
  feed.is_ill_formed = !document->fault().empty();
  if (feed.is_ill_formed) feed.repairs.push_back("the feed: " + document->fault());
  return feed;
}

Result<std::vector<RawArticle>> read_articles(std::string_view bytes,
                                              const ReaderOptions& options) {
  auto feed = read_feed(bytes, options);
  if (!feed) return pass_on(feed.error());
  return articles_of(*std::move(feed));
}

}  // namespace

Result<Feed> read_feed(std::string_view bytes, const ReaderOptions& options) {
  const DecodedText decoded = decode_text(bytes, options.content_type);
  const std::size_t begin = decoded.text.find_first_not_of(kBlanks);
  const bool is_json = begin != std::string::npos && decoded.text[begin] == '{';
  auto feed = is_json ? read_json_feed(decoded.text, options.base_url)
                      : read_xml_feed(decoded.text, options.base_url);
  if (!feed) return feed;
  feed->encoding = decoded.encoding;
  if (decoded.mended) feed->repairs.push_back("the feed was read as " + decoded.encoding);
  return feed;
}

bool looks_like_feed(std::string_view head) {
  if (head.starts_with('{')) return looks_like_json_feed(head);
  const bool is_wide = head.size() > 1 && (head[0] == '\0' || head[1] == '\0' ||
                                           head[0] == '\xFE' || head[0] == '\xFF');
  const std::string decoded = is_wide ? decode_text(head, "").text : std::string();
  return root_named(root_name(is_wide ? std::string_view(decoded) : head)) != nullptr;
}

std::unique_ptr<ArticleReader> open_feed(std::unique_ptr<PeekedSource> source,
                                         const ReaderOptions& options) {
  return open_document(std::move(source), options, read_articles);
}

}  // namespace broadsheet::indexer
