// Roles tell what a component is for; where there is none, what it holds does.
#include "indexer/readers/newsml_1_component.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "indexer/readers/ascii.h"
#include "indexer/readers/newsml_content.h"
#include "indexer/readers/prose.h"
#include "indexer/readers/wire.h"

namespace broadsheet::indexer {
namespace {

// Not part of what readers read, or told again by the news lines.
constexpr std::array<std::string_view, 12> kLeftOut = {"stylesheet",
                                                       "contact",
                                                       "headline",
                                                       "video",
                                                       "audio",
                                                       "animation",
                                                       "logo",
                                                       "caption",
                                                       "keyword",
                                                       "ednote",
                                                       "metadata",
                                                       "thumbnail"};
constexpr std::array<std::string_view, 5> kSummaries = {
    "abstract", "summary", "lead", "teaser", "subheadline"};

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string formal_name(XmlNode node) {
  return one_line(node.attribute("FormalName"));
}

std::string role_of(XmlNode component) {
  std::string role = formal_name(component.child("Role"));
  for (char& c : role)
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return role;
}

bool is_code(std::string_view name) {
  return name.find_first_not_of("0123456789") == std::string_view::npos;
}

// A line of the provider's own kind: only notes and corrections are known by their names.
void take_named_line(XmlNode line, RawArticle& raw) {
  const std::string kind = formal_name(line.child("NewsLineType"));
  const std::string text = line_of(line.child("NewsLineText"));
  if (kind.find("orrect") != std::string::npos) {
    fill(raw.correction, text);
  } else if (kind.find("dit") != std::string::npos && kind.find("ote") != std::string::npos) {
    set_note(raw, text);  // EditorialNote, EdNote, Editor's note
  }
}

void take_lines(XmlNode lines, RawArticle& raw) {
  fill(raw.title, line_of(lines.child("HeadLine")));
  std::vector<std::string> lesser;
  for (const XmlNode line : lines.children("SubHeadLine"))
    lesser.push_back(line_of(line));
  add_extra(raw, "headlines", lesser);
  if (raw.authors.empty()) fill(raw.byline, line_of(lines.child("ByLine")));
  add_extra(raw, "dateline", line_of(lines.child("DateLine")));
  add_extra(raw, "slugline", line_of(lines.child("SlugLine")));
  add_extra(raw, "creditline", line_of(lines.child("CreditLine")));
  add_extra(raw, "series", line_of(lines.child("SeriesLine")));
  for (const XmlNode line : lines.children("KeywordLine"))
    add_tag(raw, line_of(line));
  for (const XmlNode line : lines.children("NewsLine"))
    take_named_line(line, raw);
}

void take_keyword_properties(XmlNode holder, RawArticle& raw) {
  for (const XmlNode property : holder.children("Property")) {
    if (formal_name(property).find("eyword") != std::string::npos)
      add_tag(raw, one_line(property.attribute("Value")));
  }
}

void take_metadata(XmlNode component, const TopicNames& topics, RawArticle& raw) {
  const XmlNode admin = component.child("AdministrativeMetadata");
  fill(raw.source_name, formal_name(admin.child("Provider").child("Party")));
  add_extra(raw, "infosource", formal_name(admin.child("Source").child("Party")));
  const XmlNode about = component.child("DescriptiveMetadata");
  fill(raw.language, formal_name(about.child("Language")));
  fill(raw.genre, formal_name(about.child("Genre")));
  for (const XmlNode code : about.children("SubjectCode")) {
    for (const XmlNode subject : code.children()) {
      if (const std::string name = formal_name(subject); !is_code(name)) add_tag(raw, name);
    }
  }
  for (const XmlNode occurrence : about.children("TopicOccurrence")) {
    const auto found = topics.find(occurrence.attribute("Topic"));
    if (found != topics.end() && !is_code(found->second)) add_tag(raw, found->second);
  }
  take_keyword_properties(about, raw);
  for (const XmlNode metadata : component.children("Metadata"))
    take_keyword_properties(metadata, raw);
}

std::string media_type(XmlNode content) {
  return formal_name(content.child("MimeType"));
}

bool is_picture(XmlNode content) {
  const std::string kind = formal_name(content.child("MediaType"));
  return kind == "Photo" || kind == "Picture" || media_type(content).starts_with("image/");
}

std::string property_of(XmlNode content, std::string_view name) {
  for (const XmlNode property : content.child("Characteristics").children("Property")) {
    if (formal_name(property) == name) return one_line(property.attribute("Value"));
  }
  return {};
}

// The picture of a component in its sizes; its headline is the caption, not the article's.
void take_picture(XmlNode component, RawArticle& raw) {
  std::vector<Rendition> sizes;
  for (const XmlNode content : component.children("ContentItem")) {
    const std::string url = one_line(content.attribute("Href"));
    if (is_picture(content) && !url.empty()) {
      std::string width = property_of(content, "PixelWidth");
      if (width.empty()) width = property_of(content, "Width");
      std::string height = property_of(content, "PixelHeight");
      if (height.empty()) height = property_of(content, "Height");
      sizes.push_back({url, std::move(width), std::move(height)});
    }
  }
  if (raw.image_url || sizes.empty()) return;
  set_image(raw, sizes);
  const XmlNode lines = component.child("NewsLines");
  fill(raw.image_alt, line_of(lines.child("HeadLine")));
  fill(raw.image_credit, line_of(lines.child("CreditLine")));
  fill(raw.image_credit, line_of(lines.child("ByLine")));
}

// Content lies in the item itself or in encodings around it; base64 is no text.
void take_text(XmlNode content, RawArticle& raw) {
  std::string type = media_type(content);
  if (type.empty() && formal_name(content.child("Format")).starts_with("NITF"))
    type = "application/xml";
  for (const XmlNode data : content.children("DataContent"))
    take_content(data, type, raw);
  for (const XmlNode encoding : content.children("Encoding")) {
    if (encoding.attribute("Notation").find("64") != std::string::npos) continue;
    for (const XmlNode data : encoding.children("DataContent"))
      take_content(data, type, raw);
  }
}

void take_summary(XmlNode component, RawArticle& raw) {
  for (const XmlNode content : component.children("ContentItem"))
    fill(raw.summary, prose_of(content.child("DataContent")));
}

}  // namespace

void take_component(XmlNode component, const TopicNames& topics, RawArticle& raw) {
  const std::string role = role_of(component);
  if (holds(kLeftOut, role)) return;
  if (holds(kSummaries, role)) return take_summary(component, raw);
  const auto contents = component.children("ContentItem");
  if (std::any_of(contents.begin(), contents.end(), is_picture))
    return take_picture(component, raw);
  take_lines(component.child("NewsLines"), raw);
  take_metadata(component, topics, raw);
  for (const XmlNode content : contents)
    take_text(content, raw);
  for (const XmlNode inner : component.children("NewsComponent"))
    take_component(inner, topics, raw);
}

}  // namespace broadsheet::indexer
