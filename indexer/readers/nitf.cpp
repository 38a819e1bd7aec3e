// Element by element of the head, then of the body; see nitf-3-6.xsd for what each one means.
#include "indexer/readers/nitf.h"

#include "indexer/readers/ascii.h"
#include "indexer/readers/charset.h"
#include "indexer/readers/document.h"
#include "indexer/readers/prose.h"
#include "indexer/readers/wire.h"
#include "indexer/readers/xml_head.h"

namespace broadsheet::indexer {
namespace {

std::string line_attribute(XmlNode node, std::string_view name) {
  return one_line(node.attribute(name));
}

// The value of `name`, or the element's own text where it has none.
std::string attribute_or_text(XmlNode node, std::string_view name) {
  const std::string value = line_attribute(node, name);
  return value.empty() ? line_of(node) : value;
}

// Subjects are named in attributes; "current" and "news" are the defaults, which say nothing.
void take_subjects(XmlNode tobject, RawArticle& raw) {
  for (const XmlNode subject : tobject.children("tobject.subject")) {
    for (const char* level : {"type", "matter", "detail"})
      add_tag(raw, line_attribute(subject, std::string("tobject.subject.") + level));
  }
  for (const XmlNode property : tobject.children("tobject.property")) {
    const std::string genre = line_attribute(property, "tobject.property.type");
    if (genre != "current") fill(raw.genre, genre);
  }
  fill(raw.genre, line_attribute(tobject, "tobject.type"));
}

void take_keys(XmlNode docdata, RawArticle& raw) {
  for (const XmlNode keyword : docdata.child("key-list").children("keyword"))
    add_tag(raw, attribute_or_text(keyword, "key"));
  for (const XmlNode thing : docdata.child("identified-content").children()) {
    // A classifier's value is a code more often than a name.
    if (thing.name() != "classifier") add_tag(raw, attribute_or_text(thing, "value"));
  }
  add_extra(raw, "slugline", line_attribute(docdata.child("du-key"), "key"));
  add_extra(raw, "version", line_attribute(docdata.child("du-key"), "version"));
  add_extra(raw, "urgency", line_attribute(docdata.child("urgency"), "ed-urg"));
  const XmlNode series = docdata.child("series");
  add_extra(raw, "series", line_attribute(series, "series.name"));
}

// A release at another time than the issue is an embargo; one that has passed hides nothing.
void take_times(XmlNode docdata, RawArticle& raw) {
  const std::string issued = wire_date(docdata.child("date.issue").attribute("norm"));
  const std::string released = wire_date(docdata.child("date.release").attribute("norm"));
  if (released != issued || raw.status == "embargoed") fill(raw.embargoed_until, released);
  fill(raw.expires, wire_date(docdata.child("date.expire").attribute("norm")));
  fill(raw.published, issued);
  fill(raw.published, released);
}

void take_correction(XmlNode docdata, RawArticle& raw) {
  const XmlNode correction = docdata.child("correction");
  if (!correction) return;
  fill(raw.correction, attribute_or_text(correction, "info"));
  fill(raw.correction, one_line("Corrected " + correction.attribute("id-string")));
}

void take_publication(XmlNode head, RawArticle& raw) {
  const XmlNode publication = head.child("pubdata");
  fill(raw.source_name, line_attribute(publication, "name"));
  fill(raw.section, line_attribute(publication, "position.section"));
  fill(raw.published, wire_date(publication.attribute("date.publication")));
  const XmlNode docdata = head.child("docdata");
  fill(raw.source_name, line_attribute(docdata.child("doc.copyright"), "holder"));
  fill(raw.source_name, line_attribute(docdata.child("del-list").child("from-src"), "src-name"));
}

void take_head(XmlNode head, RawArticle& raw) {
  const XmlNode docdata = head.child("docdata");
  fill(raw.id, line_attribute(docdata.child("doc-id"), "id-string"));
  set_status(raw, docdata.attribute("management-status"));
  for (const XmlNode message : docdata.children("ed-msg"))
    set_note(raw, attribute_or_text(message, "info"));
  take_times(docdata, raw);
  take_correction(docdata, raw);
  take_keys(docdata, raw);
  take_subjects(head.child("tobject"), raw);
  take_publication(head, raw);
}

// A byline without the writer's title or house, unless that is all there is.
std::string byline_of(XmlNode byline) {
  std::string name;
  for (XmlNode at = byline.first(); at; at = at.next()) {
    if (at.name() != "byttl") name += at.text();
  }
  name = one_line(decode_references(std::move(name)));
  while (name.ends_with(',') || name.ends_with(' '))
    name.pop_back();
  return name.empty() ? line_of(byline) : name;
}

void take_body_head(XmlNode head, RawArticle& raw) {
  const XmlNode hedline = head.child("hedline");
  fill(raw.title, line_of(hedline.child("hl1")));
  std::vector<std::string> lesser;
  for (const XmlNode line : hedline.children("hl2"))
    lesser.push_back(line_of(line));
  add_extra(raw, "headlines", lesser);
  std::string bylines;
  for (const XmlNode byline : head.children("byline"))
    bylines += (bylines.empty() ? "" : "; ") + byline_of(byline);
  if (raw.authors.empty()) fill(raw.byline, bylines);
  add_extra(raw, "dateline", line_of(head.child("dateline")));
  fill(raw.published, wire_date(head.child("dateline").child("story.date").attribute("norm")));
  fill(raw.summary, prose_of(head.child("abstract")));
  add_extra(raw, "note", prose_of(head.child("note")));
  fill(raw.source_name, line_of(head.child("distributor")));
}

// The first picture, wherever it stands in the text.
XmlNode find_picture(XmlNode node) {
  for (const XmlNode at : node.children()) {
    if (at.name() == "media" && at.attribute("media-type") == "image") return at;
    if (const XmlNode found = find_picture(at)) return found;
  }
  return {};
}

void take_picture(XmlNode body, RawArticle& raw) {
  const XmlNode picture = raw.image_url ? XmlNode() : find_picture(body);
  std::vector<Rendition> sizes;
  for (const XmlNode reference : picture.children("media-reference")) {
    const std::string url = line_attribute(reference, "source");
    if (!url.empty())
      sizes.push_back({url, reference.attribute("width"), reference.attribute("height")});
  }
  set_image(raw, sizes);
  if (sizes.empty()) return;
  fill(raw.image_alt, line_of(picture.child("media-caption")));
  fill(raw.image_alt, line_attribute(picture.child("media-reference"), "alternate-text"));
  fill(raw.image_credit, line_of(picture.child("media-producer")));
}

Result<std::vector<RawArticle>> read_document(std::string_view bytes,
                                              const ReaderOptions& options) {
  const DecodedText decoded = decode_text(bytes, options.content_type);
  const auto document = XmlDocument::parse_xml(decoded.text);
  if (!document) return pass_on(document.error());
  RawArticle raw;
  if (!document->fault().empty()) raw.repairs.push_back(document->fault());
  read_nitf(document->root(), raw);
  finish(raw);
  return std::vector<RawArticle>{std::move(raw)};
}

}  // namespace

bool looks_like_nitf(std::string_view head) {
  return root_name(head) == "nitf";
}

std::unique_ptr<ArticleReader> open_nitf(std::unique_ptr<PeekedSource> source,
                                         const ReaderOptions& options) {
  return open_document(std::move(source), options, read_document);
}

void read_nitf(XmlNode nitf, RawArticle& raw) {
  const XmlNode body = nitf.child("body");
  take_head(nitf.child("head"), raw);
  take_body_head(body.child("body.head"), raw);
  fill(raw.title, line_of(nitf.child("head").child("title")));
  fill(raw.body, prose_of(body.child("body.content")));
  add_extra(raw, "tagline", line_of(body.child("body.end").child("tagline")));
  take_picture(body.child("body.content"), raw);
  fill(raw.language, line_attribute(nitf, "lang"));
  fill(raw.language, line_attribute(body, "lang"));
}

}  // namespace broadsheet::indexer
