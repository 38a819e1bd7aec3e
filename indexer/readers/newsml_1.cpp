// Who said it and where in the tree of items; newsml_1_component.cpp reads what an item holds.
#include "indexer/readers/newsml_1.h"

#include "indexer/readers/ascii.h"
#include "indexer/readers/newsml_1_component.h"
#include "indexer/readers/wire.h"

namespace broadsheet::indexer {
namespace {

std::string formal_name(XmlNode node) {
  return one_line(node.attribute("FormalName"));
}

// The identifier without its revision, so that an update finds what it updates.
std::string id_of(XmlNode identifier) {
  const std::string provider = line_of(identifier.child("ProviderId"));
  const std::string day = line_of(identifier.child("DateId"));
  const std::string item = line_of(identifier.child("NewsItemId"));
  if (provider.empty() || item.empty()) return line_of(identifier.child("PublicIdentifier"));
  return "urn:newsml:" + provider + ":" + (day.empty() ? "" : day + ":") + item;
}

void take_correction(XmlNode instruction, RawArticle& raw) {
  if (formal_name(instruction).find("orrect") == std::string::npos) return;
  fill(raw.correction, line_of(instruction));
  fill(raw.correction, "Corrected");
}

// A status that is to become usable is an embargo; one that ends being usable, an expiry.
void take_future_status(XmlNode change, RawArticle& raw) {
  const std::string date = wire_date(change.child("DateAndTime").text());
  if (date.empty()) return;
  const bool usable = formal_name(change.child("FutureStatus")) == "Usable";
  if (!usable && raw.status == "usable") fill(raw.expires, date);
  if (!usable || raw.status == "usable" || raw.status == "canceled") return;
  raw.status = "embargoed";
  fill(raw.embargoed_until, date);
}

void take_management(XmlNode management, RawArticle& raw) {
  set_status(raw, formal_name(management.child("Status")));
  if (management.child("Status")) fill(raw.status, kUnreadable);
  for (const XmlNode change : management.children("StatusWillChange"))
    take_future_status(change, raw);
  add_extra(raw, "urgency", formal_name(management.child("Urgency")));
  for (const XmlNode instruction : management.children("Instruction"))
    take_correction(instruction, raw);
  set_dates(raw,
            {wire_date(management.child("FirstCreated").text()),
             {},
             wire_date(management.child("ThisRevisionCreated").text())});
}

std::string party_of(XmlNode holder) {
  return formal_name(holder.child("Party"));
}

RawArticle read_item(XmlNode item, XmlNode envelope, const TopicNames& topics) {
  RawArticle raw;
  const XmlNode identifier = item.child("Identification").child("NewsIdentifier");
  fill(raw.id, id_of(identifier));
  add_extra(raw, "version", line_of(identifier.child("RevisionId")));
  take_management(item.child("NewsManagement"), raw);
  if (const XmlNode update = item.child("Update"); update && !item.child("NewsComponent"))
    return refused_article("an update of parts of another item, which is not in it");
  for (const XmlNode component : item.children("NewsComponent"))
    take_component(component, topics, raw);
  fill(raw.source_name, party_of(envelope.child("SentFrom")));
  fill(raw.source_name, formal_name(envelope.child("NewsService")));
  fill(raw.source_name, line_of(identifier.child("ProviderId")));
  fill(raw.published, wire_date(envelope.child("DateAndTime").text()));
  finish(raw);
  return raw;
}

// Topics are told in sets anywhere in the document, and known by the names in them.
struct Found {
  std::vector<XmlNode> items;
  TopicNames topics;
};

void find(XmlNode node, Found& found) {
  for (const XmlNode at : node.children()) {
    if (at.name() == "NewsItem") found.items.push_back(at);
    if (at.name() != "Topic") {
      find(at, found);
      continue;
    }
    std::string name = line_of(at.child("Description"));
    if (name.empty()) name = line_of(at.child("FormalName"));
    found.topics.emplace("#" + at.attribute("Duid"), std::move(name));
  }
}

bool holds_items(XmlNode item) {
  Found inner;
  find(item, inner);
  return !inner.items.empty();
}

}  // namespace

std::vector<RawArticle> read_newsml_1(XmlNode root) {
  Found found;
  find(root, found);
  std::vector<RawArticle> articles;
  for (const XmlNode item : found.items) {
    RawArticle raw = read_item(item, root.child("NewsEnvelope"), found.topics);
    // An item around others that has no text of its own is their envelope.
    if (raw.refusal.empty() || !holds_items(item)) articles.push_back(std::move(raw));
  }
  if (articles.empty()) articles.push_back(refused_article("NewsML without a news item"));
  return articles;
}

}  // namespace broadsheet::indexer
