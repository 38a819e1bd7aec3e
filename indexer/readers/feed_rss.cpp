// RSS in all its versions. Elements are known by their name in any case of letters; the namespace
// of <item> or <channel> itself counts as that of RSS, as there are seven of them.
#include <algorithm>
#include <array>

#include "indexer/readers/ascii.h"
#include "indexer/readers/feed_adapters.h"
#include "indexer/readers/feed_freshness.h"
#include "indexer/readers/feed_parts.h"
#include "indexer/readers/links.h"

namespace broadsheet::indexer {
namespace {

struct Place {
  XmlNode node;
  std::string_view base;
};

void take_title(const Place& at, FeedItem& item) {
  set_once(item.title, markup_of(at.node));
}

// The last one counts, as other readers have it. Some writers use Atom's way.
void take_link(const Place& at, FeedItem& item) {
  std::string link = trimmed_text(at.node);
  if (link.empty()) link = at.node.attribute("href");
  if (!link.empty()) item.link = link_at(at.node, link, at.base);
}

void take_guid(const Place& at, FeedItem& item) {
  item.id = trimmed_text(at.node);
  item.id_is_link = at.node.attribute("isPermaLink") != "false";
}

void take_description(const Place& at, FeedItem& item) {
  set_once(item.summary, markup_of(at.node));
}

void take_published(const Place& at, FeedItem& item) {
  set_once(item.published, trimmed_text(at.node));
}

void take_updated(const Place& at, FeedItem& item) {
  set_once(item.updated, trimmed_text(at.node));
}

void take_author(const Place& at, FeedItem& item) {
  add_person(item, person_from(at.node.text()));
}

void take_category(const Place& at, FeedItem& item) {
  add_tag(item, at.node.text());
}

void take_language(const Place& at, FeedItem& item) {
  set_once(item.language, trimmed_text(at.node));
}

void take_source(const Place& at, FeedItem& item) {
  set_once(item.source_name, trimmed_text(at.node));
}

void take_enclosure(const Place& at, FeedItem& item) {
  const std::string url = at.node.attribute("url");
  if (!url.empty()) {
    add_enclosure(item, {link_at(at.node, url, at.base), at.node.attribute("type")});
  }
}

void take_image(const Place& at, FeedItem& item) {
  FeedImage image;
  std::string url = trimmed_text(at.node.child("url"));
  if (url.empty()) url = at.node.attribute("href");
  if (url.empty() && at.node.children().empty()) url = trimmed_text(at.node);
  if (url.empty()) return;
  image.url = link_at(at.node, url, at.base);
  image.alt = trimmed_text(at.node.child("title"));
  image.width = trimmed_text(at.node.child("width"));
  image.height = trimmed_text(at.node.child("height"));
  image.place = ImagePlace::element;
  offer_image(item, std::move(image));
}

struct Element {
  std::string_view name;
  void (*take)(const Place& at, FeedItem& item);
};

constexpr std::array kElements = {
    Element{"title", take_title},
    Element{"link", take_link},
    Element{"guid", take_guid},
    Element{"description", take_description},
    Element{"pubdate", take_published},
    Element{"lastbuilddate", take_updated},
    Element{"author", take_author},
    Element{"managingeditor", take_author},
    Element{"category", take_category},
    Element{"language", take_language},
    Element{"source", take_source},
    Element{"enclosure", take_enclosure},
    Element{"image", take_image},
};

void take_core(XmlNode node, std::string_view base, FeedItem& item) {
  const std::string name = lower_case(node.name());
  const auto* row = std::find_if(
      kElements.begin(), kElements.end(), [&](const Element& known) { return known.name == name; });
  if (row != kElements.end()) row->take({node, base}, item);
}

// Atom's elements inside RSS: links and dates.
void take_atom(XmlNode node, std::string_view base, FeedItem& item) {
  const std::string href = node.attribute("href");
  const std::string rel = node.attribute("rel");
  if (node.name() == "published") set_once(item.published, trimmed_text(node));
  if (node.name() == "updated") set_once(item.updated, trimmed_text(node));
  if (node.name() != "link" || href.empty()) return;
  if (rel.empty() || rel == "alternate") set_once(item.link, link_at(node, href, base));
  if (rel == "enclosure") add_enclosure(item, {link_at(node, href, base), node.attribute("type")});
}

// Not of RSS, but written: what the item is about, or its text where a description is there too.
void take_summary(XmlNode node, FeedItem& item) {
  const XmlNode summary = node.child("summary");
  if (!summary || space_of(summary, node.space()) != FeedSpace::core) return;
  FeedText text = markup_of(summary);
  if (item.summary.value.empty()) {
    item.summary = std::move(text);
  } else if (text.value != item.summary.value) {
    set_once(item.content, std::move(text));
  }
}

// The children of <channel> or <item>.
void take_children(XmlNode node, std::string_view base, FeedItem& item) {
  const std::string_view core = node.space();
  for (XmlNode at = node.first(); at; at = at.next()) {
    if (!at.is_text() && space_of(at, core) == FeedSpace::core) take_core(at, base, item);
  }
  for (XmlNode at = node.first(); at; at = at.next()) {
    if (!at.is_text() && space_of(at, core) == FeedSpace::atom) take_atom(at, base, item);
  }
  take_modules(node, core, base, item);
  take_summary(node, item);
}

FeedItem read_item(XmlNode node, std::string_view base) {
  FeedItem item;
  item.language = node.attribute("lang");
  take_children(node, base, item);
  // RDF names an item by its address.
  set_once(item.id, node.attribute("about"));
  if (item.link.empty() && node.has_attribute("about")) {
    item.link = link_at(node, node.attribute("about"), base);
  }
  const bool is_address = item.id.starts_with("http") && is_absolute_link(item.id);
  if (item.link.empty() && item.id_is_link && is_address) item.link = item.id;
  return item;
}

}  // namespace

Feed read_rss(XmlNode root, std::string_view base_url) {
  Feed feed;
  const XmlNode inside = root.child("channel");
  const XmlNode channel = inside ? inside : root;
  feed.about.language = root.attribute("lang");
  take_children(channel, base_url, feed.about);
  if (feed.about.authors.empty()) {
    add_person(feed.about, person_from(channel.child("webMaster").text()));
  }
  // RDF has its image and items beside the channel; so have some that call themselves RSS.
  if (const XmlNode image = root.child("image")) take_image({image, base_url}, feed.about);
  feed.fresh_for = freshness_of(channel);
  const std::string base(base_url.empty() ? std::string_view(feed.about.link) : base_url);
  std::vector<XmlNode> items = channel.children("item");
  if (channel != root) {
    const auto beside = root.children("item");
    items.insert(items.end(), beside.begin(), beside.end());
  }
  for (const XmlNode& item : items)
    feed.items.push_back(read_item(item, base));
  return feed;
}

}  // namespace broadsheet::indexer
