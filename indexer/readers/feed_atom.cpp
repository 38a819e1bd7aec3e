// Atom 1.0 and 0.3: the same elements under two sets of names.
#include <algorithm>
#include <array>

#include "indexer/readers/feed_adapters.h"
#include "indexer/readers/feed_parts.h"
#include "indexer/readers/feed_text.h"
#include "indexer/readers/links.h"

namespace broadsheet::indexer {
namespace {

struct Place {
  XmlNode node;
  std::string_view base;
};

using Take = void (*)(const Place& at, FeedItem& item);

template <std::string FeedItem::*member>
void take_string(const Place& at, FeedItem& item) {
  set_once(item.*member, trimmed_text(at.node));
}

template <FeedText FeedItem::*member>
void take_text(const Place& at, FeedItem& item) {
  set_once(item.*member, atom_text(at.node));
}

// Content may stand elsewhere; then its address is the next best link.
void take_content(const Place& at, FeedItem& item) {
  const std::string source = at.node.attribute("src");
  if (source.empty()) return set_once(item.content, atom_text(at.node));
  set_once(item.link, link_at(at.node, source, at.base));
}

void take_author(const Place& at, FeedItem& item) {
  FeedPerson person{trimmed_text(at.node.child("name")), trimmed_text(at.node.child("email"))};
  if (person.name.empty() && !at.node.child("uri") && !at.node.child("url")) {
    const std::string email = person.email;
    person = person_from(email.empty() ? at.node.text() : email);
  }
  add_person(item, std::move(person));
}

void take_category(const Place& at, FeedItem& item) {
  std::string tag = at.node.attribute("label");
  if (tag.empty()) tag = at.node.attribute("term");
  add_tag(item, tag.empty() ? at.node.text() : tag);
}

void take_link(const Place& at, FeedItem& item) {
  const std::string href = at.node.attribute("href");
  if (href.empty()) return;
  std::string rel = at.node.attribute("rel");
  rel = rel.substr(rel.rfind('/') + 1);  // also written as an address of IANA's registry
  std::string link = link_at(at.node, href, at.base);
  if (rel.empty() || rel == "alternate") {
    set_once(item.link, std::move(link));
  } else if (rel == "enclosure") {
    add_enclosure(item, {std::move(link), at.node.attribute("type")});
  }
}

void take_source(const Place& at, FeedItem& item) {
  set_once(item.source_name, atom_text(at.node.child("title")).value);
}

void take_image(const Place& at, FeedItem& item) {
  FeedImage image;
  const std::string url = trimmed_text(at.node);
  if (url.empty()) return;
  image.url = link_at(at.node, url, at.base);
  image.place = at.node.name() == "logo" ? ImagePlace::element : ImagePlace::show;
  offer_image(item, std::move(image));
}

struct Element {
  std::string_view name;
  Take take;
};

constexpr std::array kElements = {
    Element{"id", take_string<&FeedItem::id>},
    Element{"title", take_text<&FeedItem::title>},
    Element{"link", take_link},
    Element{"summary", take_text<&FeedItem::summary>},
    Element{"subtitle", take_text<&FeedItem::summary>},
    Element{"tagline", take_text<&FeedItem::summary>},
    Element{"info", take_text<&FeedItem::summary>},
    Element{"content", take_content},
    Element{"published", take_string<&FeedItem::published>},
    Element{"issued", take_string<&FeedItem::published>},
    Element{"created", take_string<&FeedItem::published>},
    Element{"updated", take_string<&FeedItem::updated>},
    Element{"modified", take_string<&FeedItem::updated>},
    Element{"author", take_author},
    Element{"category", take_category},
    Element{"source", take_source},
    Element{"logo", take_image},
    Element{"icon", take_image},
};

FeedItem read_part(XmlNode node, std::string_view base) {
  FeedItem item;
  item.language = node.attribute("lang");
  const std::string_view core = node.space();
  for (XmlNode at = node.first(); at; at = at.next()) {
    if (at.is_text() || space_of(at, core) != FeedSpace::core) continue;
    const auto* row = std::find_if(kElements.begin(), kElements.end(), [&](const Element& known) {
      return known.name == at.name();
    });
    if (row != kElements.end()) row->take({at, base}, item);
  }
  take_modules(node, core, base, item);
  return item;
}

}  // namespace

Feed read_atom(XmlNode root, std::string_view base_url) {
  Feed feed;
  if (root.name() == "entry") {
    feed.items.push_back(read_part(root, base_url));
    return feed;
  }
  feed.about = read_part(root, base_url);
  feed.shares_authors = true;  // RFC 4287 section 4.1.2
  const std::string base(base_url.empty() ? std::string_view(feed.about.link) : base_url);
  for (const XmlNode& entry : root.children("entry"))
    feed.items.push_back(read_part(entry, base));
  return feed;
}

}  // namespace broadsheet::indexer
