// The modules, as a table: namespace, element, what to do with it.
#include <algorithm>
#include <array>

#include "indexer/readers/ascii.h"
#include "indexer/readers/feed_parts.h"
#include "indexer/readers/links.h"

namespace broadsheet::indexer {
namespace {

struct SpaceName {
  std::string_view name;  // a URI without its scheme and last slash, or a prefix; in lower case
  FeedSpace space;
};

constexpr std::array kSpaces = {
    SpaceName{"www.w3.org/2005/atom", FeedSpace::atom},
    SpaceName{"purl.org/atom/ns#", FeedSpace::atom},
    SpaceName{"atom", FeedSpace::atom},
    SpaceName{"atom10", FeedSpace::atom},
    SpaceName{"a10", FeedSpace::atom},
    SpaceName{"purl.org/rss/1.0/modules/content", FeedSpace::content},
    SpaceName{"content", FeedSpace::content},
    SpaceName{"www.w3.org/1999/xhtml", FeedSpace::content},
    SpaceName{"xhtml", FeedSpace::content},
    SpaceName{"purl.org/dc/elements/1.1", FeedSpace::dc},
    SpaceName{"purl.org/dc/elements/1.0", FeedSpace::dc},
    SpaceName{"dc", FeedSpace::dc},
    SpaceName{"purl.org/dc/terms", FeedSpace::dcterms},
    SpaceName{"dcterms", FeedSpace::dcterms},
    SpaceName{"search.yahoo.com/mrss", FeedSpace::media},
    SpaceName{"tools.search.yahoo.com/mrss", FeedSpace::media},
    SpaceName{"video.search.yahoo.com/mrss", FeedSpace::media},
    SpaceName{"media", FeedSpace::media},
    SpaceName{"www.itunes.com/dtds/podcast-1.0.dtd", FeedSpace::itunes},
    SpaceName{"itunes", FeedSpace::itunes},
    SpaceName{"rssnamespace.org/feedburner/ext/1.0", FeedSpace::original_link},
    SpaceName{"feedburner", FeedSpace::original_link},
    SpaceName{"www.pheedo.com/namespace/pheedo", FeedSpace::original_link},
    SpaceName{"pheedo", FeedSpace::original_link},
};

std::string key_of(std::string_view space) {
  if (space.starts_with("http://")) space.remove_prefix(7);
  if (space.starts_with("https://")) space.remove_prefix(8);
  if (space.ends_with('/')) space.remove_suffix(1);
  return lower_case(space.substr(0, 64));
}

// What a module's element is taken into; `base` is the document's.
using Take = void (*)(XmlNode node, std::string_view base, FeedItem& item);

struct Element {
  FeedSpace space;
  std::string_view name;
  Take take;
};

template <std::string FeedItem::*member>
void take_text(XmlNode node, std::string_view /*base*/, FeedItem& item) {
  set_once(item.*member, trimmed_text(node));
}

template <FeedText FeedItem::*member>
void take_html(XmlNode node, std::string_view /*base*/, FeedItem& item) {
  set_once(item.*member, markup_of(node));
}

void take_person(XmlNode node, std::string_view /*base*/, FeedItem& item) {
  add_person(item, person_from(node.text()));
}

// iTunes names the show's author as well: only where nobody else is named.
void take_show_author(XmlNode node, std::string_view /*base*/, FeedItem& item) {
  if (item.authors.empty()) add_person(item, person_from(node.text()));
}

void take_tag(XmlNode node, std::string_view /*base*/, FeedItem& item) {
  add_tag(item, node.text());
}

void take_keywords(XmlNode node, std::string_view /*base*/, FeedItem& item) {
  const std::string words = node.text();
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t end = std::min(words.find(',', from), words.size());
    add_tag(item, words.substr(from, end - from));
    from = end + 1;
  }
}

// Categories of iTunes stand in their attribute, and inside each other two deep.
void take_show_category(XmlNode node, std::string_view /*base*/, FeedItem& item) {
  add_tag(item, node.attribute("text"));
  for (const XmlNode below : node.children("category"))
    add_tag(item, below.attribute("text"));
}

void take_show_image(XmlNode node, std::string_view base, FeedItem& item) {
  FeedImage image;
  image.url = link_at(node, node.attribute("href"), base);
  image.place = ImagePlace::show;
  offer_image(item, std::move(image));
}

FeedImage media_image(XmlNode node, std::string_view base, ImagePlace place) {
  FeedImage image;
  if (node.has_attribute("url")) image.url = link_at(node, node.attribute("url"), base);
  image.width = node.attribute("width");
  image.height = node.attribute("height");
  image.place = place;
  return image;
}

void take_thumbnail(XmlNode node, std::string_view base, FeedItem& item) {
  offer_image(item, media_image(node, base, ImagePlace::thumbnail));
}

bool is_image(XmlNode content, std::string_view url) {
  const std::string medium = content.attribute("medium");
  const std::string type = content.attribute("type");
  if (!medium.empty() || !type.empty()) return medium == "image" || type.starts_with("image/");
  const std::string_view path = url.substr(0, url.find_first_of("?#"));
  return path.ends_with(".jpg") || path.ends_with(".jpeg") || path.ends_with(".png") ||
         path.ends_with(".webp") || path.ends_with(".gif");
}

void take_media_content(XmlNode node, std::string_view base, FeedItem& item) {
  FeedImage image = media_image(node, base, ImagePlace::media);
  if (is_image(node, image.url)) {
    image.alt = trimmed_text(node.child("description"));
    if (image.alt.empty()) image.alt = trimmed_text(node.child("title"));
    image.credit = trimmed_text(node.child("credit"));
    offer_image(item, std::move(image));
  }
  for (const XmlNode thumbnail : node.children("thumbnail"))
    take_thumbnail(thumbnail, base, item);
}

void take_media_group(XmlNode node, std::string_view base, FeedItem& item) {
  for (const XmlNode content : node.children("content"))
    take_media_content(content, base, item);
  for (const XmlNode thumbnail : node.children("thumbnail"))
    take_thumbnail(thumbnail, base, item);
}

void take_original_link(XmlNode node, std::string_view base, FeedItem& item) {
  const std::string link = link_at(node, node.text(), base);
  if (is_absolute_link(link)) item.link = link;
}

constexpr std::array kElements = {
    Element{FeedSpace::content, "encoded", take_html<&FeedItem::content>},
    Element{FeedSpace::content, "body", take_html<&FeedItem::content>},
    Element{FeedSpace::dc, "creator", take_person},
    Element{FeedSpace::dc, "author", take_person},
    Element{FeedSpace::dc, "date", take_text<&FeedItem::updated>},
    Element{FeedSpace::dc, "language", take_text<&FeedItem::language>},
    Element{FeedSpace::dc, "subject", take_tag},
    Element{FeedSpace::dc, "title", take_html<&FeedItem::title>},
    Element{FeedSpace::dc, "description", take_html<&FeedItem::summary>},
    Element{FeedSpace::dc, "identifier", take_text<&FeedItem::id>},
    Element{FeedSpace::dcterms, "creator", take_person},
    Element{FeedSpace::dcterms, "issued", take_text<&FeedItem::published>},
    Element{FeedSpace::dcterms, "created", take_text<&FeedItem::published>},
    Element{FeedSpace::dcterms, "modified", take_text<&FeedItem::updated>},
    Element{FeedSpace::dcterms, "abstract", take_html<&FeedItem::summary>},
    Element{FeedSpace::media, "title", take_html<&FeedItem::title>},
    Element{FeedSpace::media, "description", take_html<&FeedItem::summary>},
    Element{FeedSpace::media, "category", take_tag},
    Element{FeedSpace::media, "keywords", take_keywords},
    Element{FeedSpace::media, "thumbnail", take_thumbnail},
    Element{FeedSpace::media, "content", take_media_content},
    Element{FeedSpace::media, "group", take_media_group},
    Element{FeedSpace::itunes, "author", take_show_author},
    Element{FeedSpace::itunes, "summary", take_html<&FeedItem::summary>},
    Element{FeedSpace::itunes, "keywords", take_keywords},
    Element{FeedSpace::itunes, "category", take_show_category},
    Element{FeedSpace::itunes, "image", take_show_image},
    Element{FeedSpace::original_link, "origLink", take_original_link},
};

}  // namespace

FeedSpace space_of(XmlNode node, std::string_view core) {
  const std::string_view space = node.space();
  if (space.empty() || space == core) return FeedSpace::core;
  const std::string key = key_of(space);
  const auto* row = std::find_if(
      kSpaces.begin(), kSpaces.end(), [&](const SpaceName& known) { return known.name == key; });
  return row == kSpaces.end() ? FeedSpace::other : row->space;
}

void take_modules(XmlNode node, std::string_view core, std::string_view base_url, FeedItem& item) {
  std::vector<FeedPerson> own;
  own.swap(item.authors);
  for (XmlNode at = node.first(); at; at = at.next()) {
    const FeedSpace space = at.is_text() ? FeedSpace::core : space_of(at, core);
    if (space == FeedSpace::core || space == FeedSpace::other) continue;
    const auto* row = std::find_if(kElements.begin(), kElements.end(), [&](const Element& known) {
      return known.space == space && known.name == at.name();
    });
    if (row != kElements.end()) row->take(at, base_url, item);
  }
  // <author> is often a bare address where dc:creator has the name.
  const bool is_named = std::any_of(
      own.begin(), own.end(), [](const FeedPerson& person) { return !person.name.empty(); });
  if (is_named || item.authors.empty()) item.authors = std::move(own);
}

}  // namespace broadsheet::indexer
