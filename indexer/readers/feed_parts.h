// What the XML feed formats have in common: namespaces, people, images, links, and the modules
// (Dublin Core, Media RSS, iTunes, ...) that appear in all of them.
#pragma once

#include <string>
#include <string_view>

#include "indexer/readers/feed.h"
#include "indexer/readers/xml.h"

namespace broadsheet::indexer {

// Namespaces that say something about an article.
enum class FeedSpace { core, atom, content, dc, dcterms, media, itunes, original_link, other };

// Told by the namespace of an element; by its usual prefix where that was never declared.
// `core` is the namespace of the element around it.
[[nodiscard]] FeedSpace space_of(XmlNode node, std::string_view core);

// Takes what the modules say among the children of `node`, where the format's own elements, which
// are taken before, said nothing. `core` as above.
void take_modules(XmlNode node, std::string_view core, std::string_view base_url, FeedItem& item);

// The text of an element without white space around it.
[[nodiscard]] std::string trimmed_text(XmlNode node);

// Text that may hold HTML: what is escaped in it, or markup that was left bare.
[[nodiscard]] FeedText markup_of(XmlNode node);

// `link` resolved against xml:base of the node and those around it, and then `base_url`.
[[nodiscard]] std::string link_at(XmlNode node, std::string_view link, std::string_view base_url);

// "Ann Lee (ann@example.com)", "ann@example.com (Ann Lee)", "Ann Lee <ann@example.com>", or one of
// the two alone.
[[nodiscard]] FeedPerson person_from(std::string_view text);

void add_person(FeedItem& item, FeedPerson person);
void add_tag(FeedItem& item, std::string_view tag);
void add_enclosure(FeedItem& item, FeedEnclosure enclosure);

// Keeps it if it is better than the one there: by its place, then by its width.
void offer_image(FeedItem& item, FeedImage image);

// Sets what is still empty.
void set_once(std::string& member, std::string value);
void set_once(FeedText& member, FeedText value);

}  // namespace broadsheet::indexer
