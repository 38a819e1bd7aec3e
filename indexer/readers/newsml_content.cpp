// The name of the first element decides; the media type only where there is no element.
#include "indexer/readers/newsml_content.h"

#include <algorithm>
#include <array>

#include "indexer/readers/ascii.h"
#include "indexer/readers/nitf.h"
#include "indexer/readers/prose.h"
#include "indexer/readers/wire.h"

namespace broadsheet::indexer {
namespace {

constexpr std::array<std::string_view, 10> kHtml = {
    "article", "blockquote", "body", "div", "h1", "html", "main", "p", "section", "ul"};

// Where the text starts: a page's body, or the elements as they are.
void take_html(XmlNode holder, RawArticle& raw) {
  const XmlNode page = holder.child("html");
  const XmlNode body = (page ? page : holder).child("body");
  const XmlNode text = body ? body : holder;
  const std::string prose = prose_of(text);
  if (prose.empty()) return;
  raw.body_html = html_of(text);
  if (raw.body_html->empty()) {
    raw.body_html.reset();
    raw.body = prose;
  }
  fill(raw.language, one_line(page.attribute("lang")));
}

void take_text(XmlNode holder, std::string_view type, RawArticle& raw) {
  std::string text = holder.text();
  if (one_line(text).empty()) return;
  const bool html = type.find("html") != std::string_view::npos;
  if (html) {
    fill(raw.body_html, std::move(text));
  } else if (type.find("xml") != std::string_view::npos) {
    const auto document = XmlDocument::parse_xml(text);
    if (!document) return;
    document->root().name() == "nitf" ? read_nitf(document->root(), raw)
                                      : fill(raw.body, prose_of(document->root()));
  } else {
    fill(raw.body, decode_references(std::move(text)));
  }
}

}  // namespace

void take_content(XmlNode holder, std::string_view type, RawArticle& raw) {
  if (raw.body || raw.body_html) return;
  const auto elements = holder.children();
  if (elements.empty()) return take_text(holder, type, raw);
  const std::string_view name = elements.front().name();
  if (name == "nitf") {
    read_nitf(elements.front(), raw);
  } else if (name == "body.content") {
    fill(raw.body, prose_of(elements.front()));
  } else if (std::find(kHtml.begin(), kHtml.end(), name) != kHtml.end()) {
    take_html(holder, raw);
  } else if (type.find("html") != std::string_view::npos || type == "text/plain") {
    fill(raw.body, prose_of(holder));
  } else {
    raw.repairs.push_back("its <" + std::string(name) + "> is left out: no text of an article");
  }
}

}  // namespace broadsheet::indexer
