// People, images and links; feed_modules.cpp has the modules.
#include "indexer/readers/feed_parts.h"

#include <algorithm>
#include <charconv>

#include "indexer/readers/ascii.h"
#include "indexer/readers/links.h"

namespace broadsheet::indexer {
namespace {

// As many as an article keeps of anything; looking for doubles costs their square.
constexpr std::size_t kMostParts = 256;

// What stands around names and addresses of mail.
constexpr std::string_view kAroundNames = " \t\r\n()<>[]\"',;:";

std::string_view bare_name(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kAroundNames);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kAroundNames) - first + 1);
}

int number_of(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool holds_elements(XmlNode node) {
  for (XmlNode at = node.first(); at; at = at.next()) {
    if (!at.is_text()) return true;
  }
  return false;
}

}  // namespace

std::string trimmed_text(XmlNode node) {
  const std::string text = node.text();
  return std::string(trimmed(text));
}

FeedText markup_of(XmlNode node) {
  if (!holds_elements(node)) return {trimmed_text(node), TextForm::html};
  const std::string markup = node.inner_markup();
  return {std::string(trimmed(markup)), TextForm::html};
}

std::string link_at(XmlNode node, std::string_view link, std::string_view base_url) {
  std::string resolved(trimmed(link));
  for (XmlNode at = node; at && !is_absolute_link(resolved); at = at.parent()) {
    if (at.has_attribute("base")) resolved = resolve_link(resolved, at.attribute("base"));
  }
  return resolve_link(resolved, base_url);
}

FeedPerson person_from(std::string_view text) {
  text = trimmed(text);
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0) return {std::string(text), ""};
  const std::size_t before = text.find_last_of(kAroundNames, at);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find_first_of(kAroundNames, at), text.size());
  std::string_view front = text.substr(0, begin);
  if (front.ends_with("mailto:")) front.remove_suffix(std::string_view("mailto:").size());
  FeedPerson person{"", std::string(text.substr(begin, end - begin))};
  const std::string_view first = bare_name(front);
  const std::string_view second = bare_name(text.substr(end));
  person.name = std::string(first.empty() ? second : first);
  return person;
}

void add_person(FeedItem& item, FeedPerson person) {
  const bool is_empty = person.name.empty() && person.email.empty();
  const bool is_known =
      std::any_of(item.authors.begin(), item.authors.end(), [&](const FeedPerson& known) {
        return known.name == person.name && known.email == person.email;
      });
  if (is_empty || is_known || item.authors.size() == kMostParts) return;
  item.authors.push_back(std::move(person));
}

void add_tag(FeedItem& item, std::string_view tag) {
  const std::string_view text = trimmed(tag);
  const bool is_known = std::find(item.tags.begin(), item.tags.end(), text) != item.tags.end();
  if (text.empty() || is_known || item.tags.size() == kMostParts) return;
  item.tags.emplace_back(text);
}

void add_enclosure(FeedItem& item, FeedEnclosure enclosure) {
  if (enclosure.url.empty() || item.enclosures.size() == kMostParts) return;
  if (enclosure.type.starts_with("image/")) {
    FeedImage image;
    image.url = enclosure.url;
    image.place = ImagePlace::enclosure;
    offer_image(item, std::move(image));
  }
  item.enclosures.push_back(std::move(enclosure));
}

void offer_image(FeedItem& item, FeedImage image) {
  if (image.url.empty() || image.place > item.image.place) return;
  const bool is_wider = number_of(image.width) > number_of(item.image.width);
  if (image.place < item.image.place || is_wider) item.image = std::move(image);
}

void set_once(std::string& member, std::string value) {
  if (member.empty()) member = std::move(value);
}

void set_once(FeedText& member, FeedText value) {
  if (member.value.empty()) member = std::move(value);
}

}  // namespace broadsheet::indexer
