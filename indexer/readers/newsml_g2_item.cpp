// Management and content metadata by element; concepts are known by name, never by code.
#include "indexer/readers/newsml_g2_item.h"

#include <algorithm>
#include <array>
#include <map>

#include "indexer/readers/ascii.h"
#include "indexer/readers/newsml_content.h"
#include "indexer/readers/prose.h"
#include "indexer/readers/wire.h"

namespace broadsheet::indexer {
namespace {

constexpr std::array kNoArticles = {"animation", "audio", "graphic", "picture", "video"};

// The part of a code behind its scheme.
std::string code_tail(const std::string& code) {
  return one_line(code.substr(code.find_last_of(":/") + 1));
}

// Codes of concepts and the names that the item's assertions give them.
using Names = std::map<std::string, std::string>;

// Of names in several languages the one in the item's, else the first.
std::string name_in(XmlNode concept_node, std::string_view language) {
  const std::string_view main = language.substr(0, language.find('-'));
  const auto names = concept_node.children("name");
  for (const XmlNode name : names) {
    if (!main.empty() && name.attribute("lang").starts_with(main)) return line_of(name);
  }
  return names.empty() ? std::string() : line_of(names.front());
}

class ItemReader {
 public:
  explicit ItemReader(XmlNode item)
      : item_(item), meta_(item.child("itemMeta")), content_(item.child("contentMeta")) {}

  RawArticle read() {
    fill(raw_.id, one_line(item_.attribute("guid")));
    take_management();
    const XmlNode tag = content_.child("language");
    fill(raw_.language, one_line(tag.attribute("tag")));
    fill(raw_.language, one_line(item_.attribute("lang")));
    take_asserted_names();
    take_headlines();
    take_writers();
    take_descriptions();
    take_tags();
    take_source();
    take_dates();
    take_g2_content(item_.child("contentSet"), raw_);
    fill(raw_.title, line_of(meta_.child("title")));
    finish(raw_);
    return std::move(raw_);
  }

 private:
  void take_management() {
    set_status(raw_, meta_.child("pubStatus").attribute("qcode"));
    set_status(raw_, meta_.child("pubStatus").attribute("uri"));
    if (meta_.child("pubStatus")) fill(raw_.status, kUnreadable);
    fill(raw_.embargoed_until, line_of(meta_.child("embargoed")));
    // Empty, it means that the end of the embargo is not known yet.
    if (meta_.child("embargoed")) fill(raw_.embargoed_until, kUnreadable);
    fill(raw_.expires, line_of(meta_.child("expires")));
    add_extra(raw_, "version", one_line(item_.attribute("version")));
    add_extra(raw_, "slugline", line_of(content_.child("slugline")));
    add_extra(raw_, "urgency", line_of(content_.child("urgency")));
    add_extra(raw_, "creditline", line_of(content_.child("creditline")));
    for (const XmlNode note : meta_.children("edNote"))
      set_note(raw_, line_of(note));
    for (const XmlNode signal : meta_.children("signal")) {
      if (code_tail(signal.attribute("qcode")) != "correction") continue;
      fill(raw_.correction, line_of(meta_.child("edNote")));
      fill(raw_.correction, "Corrected");
    }
  }

  void take_asserted_names() {
    for (const XmlNode assertion : item_.children("assert"))
      names_.emplace(key_of(assertion), name(assertion));
  }

  [[nodiscard]] static std::string key_of(XmlNode concept_node) {
    for (const char* key : {"qcode", "uri", "literal"}) {
      if (concept_node.has_attribute(key)) return concept_node.attribute(key);
    }
    return {};
  }

  [[nodiscard]] std::string name(XmlNode concept_node) const {
    return name_in(concept_node, raw_.language.value_or(""));
  }

  [[nodiscard]] std::string known_name(XmlNode concept_node) const {
    std::string own = name(concept_node);
    if (!own.empty()) return own;
    const auto found = names_.find(key_of(concept_node));
    return found == names_.end() ? std::string() : found->second;
  }

  // Roles are codes of each provider's own; what ends in "main" or has none is the headline.
  void take_headlines() {
    std::vector<std::string> others;
    const auto all = content_.children("headline");
    for (const XmlNode line : all) {
      const std::string role = code_tail(line.attribute("role"));
      if (role.empty() || role.ends_with("main")) fill(raw_.title, line_of(line));
      if (role == "kicker") fill(raw_.kicker, line_of(line));
    }
    for (const XmlNode line : all) {
      const std::string text = line_of(line);
      if (!raw_.title && raw_.kicker != text) fill(raw_.title, text);
      if (text != raw_.title && text != raw_.kicker) others.push_back(text);
    }
    add_extra(raw_, "headlines", others);
  }

  void take_writers() {
    for (const XmlNode by : content_.children("by"))
      fill(raw_.byline, line_of(by));
    if (raw_.byline) return;
    for (const XmlNode creator : content_.children("creator")) {
      std::string author = known_name(creator);
      if (!author.empty() && raw_.authors.size() < 16) raw_.authors.push_back(std::move(author));
    }
  }

  void take_descriptions() {
    const auto all = content_.children("description");
    for (const XmlNode one : all) {
      if (code_tail(one.attribute("role")) == "summary") fill(raw_.summary, prose_of(one));
    }
    for (const XmlNode one : all) {
      if (code_tail(one.attribute("role")) != "caption") fill(raw_.summary, prose_of(one));
    }
  }

  void take_tags() {
    for (const XmlNode subject : content_.children("subject"))
      add_tag(raw_, known_name(subject));
    for (const XmlNode keyword : content_.children("keyword"))
      add_tag(raw_, line_of(keyword));
    for (const XmlNode genre : content_.children("genre"))
      fill(raw_.genre, known_name(genre));
    add_extra(raw_, "located", known_name(content_.child("located")));
  }

  // A provider's code of IPTC's own list is its name; other codes are the last resort.
  void take_source() {
    const XmlNode provider = meta_.child("provider");
    const std::string code = one_line(provider.attribute("qcode"));
    fill(raw_.source_name, known_name(provider));
    if (code.starts_with("nprov:")) fill(raw_.source_name, code_tail(code));
    fill(raw_.source_name, known_name(content_.child("infoSource")));
    fill(raw_.source_name, known_name(item_.child("rightsInfo").child("copyrightHolder")));
    fill(raw_.source_name, one_line(provider.attribute("literal")));
    fill(raw_.source_name, code_tail(code));
  }

  void take_dates() {
    set_dates(raw_,
              {line_of(meta_.child("firstCreated")),
               line_of(content_.child("contentCreated")),
               line_of(meta_.child("versionCreated"))});
  }

  XmlNode item_;
  XmlNode meta_;
  XmlNode content_;
  Names names_;
  RawArticle raw_;
};

}  // namespace

std::string g2_class(XmlNode item) {
  const XmlNode kind = item.child("itemMeta").child("itemClass");
  return code_tail(kind.attribute(kind.has_attribute("qcode") ? "qcode" : "uri"));
}

RawArticle read_g2_item(XmlNode item) {
  const std::string kind = g2_class(item);
  if (std::find(kNoArticles.begin(), kNoArticles.end(), kind) != kNoArticles.end())
    return refused_article("a news item of class " + kind + " is no article");
  return ItemReader(item).read();
}

void take_g2_picture(XmlNode item, RawArticle& raw) {
  std::vector<Rendition> sizes;
  for (const XmlNode one : item.child("contentSet").children("remoteContent")) {
    const std::string url = one_line(one.attribute("href"));
    const std::string type = one.attribute("contenttype");
    if (url.empty() || (!type.empty() && !type.starts_with("image/"))) continue;
    sizes.push_back({url, one.attribute("width"), one.attribute("height")});
  }
  set_image(raw, sizes);
  if (sizes.empty()) return;
  const XmlNode content = item.child("contentMeta");
  fill(raw.image_alt, line_of(content.child("description")));
  fill(raw.image_alt, line_of(content.child("headline")));
  fill(raw.image_credit, line_of(content.child("creditline")));
  fill(raw.image_credit, line_of(content.child("by")));
}

void take_g2_content(XmlNode content, RawArticle& raw) {
  for (const XmlNode one : content.children("inlineXML"))
    take_content(one, one.attribute("contenttype"), raw);
  for (const XmlNode one : content.children("inlineData")) {
    // Encoded data is no text; `encoding` names how it was made one.
    if (!one.has_attribute("encoding")) take_content(one, one.attribute("contenttype"), raw);
  }
  for (const XmlNode one : content.children("remoteContent")) {
    if (one.attribute("contenttype") == "text/html") fill(raw.url, one_line(one.attribute("href")));
  }
}

}  // namespace broadsheet::indexer
