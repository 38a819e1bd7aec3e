// Recovery is libxml2's own, and its limits on depth and size stay on. It never sees a reference to
// an entity (mend_xml), so a document can neither grow by expansion nor reach for a file.
#include "indexer/readers/xml.h"

#include <limits>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "indexer/readers/xml_text.h"

namespace broadsheet::indexer {
namespace {

constexpr int kQuiet = XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET;
constexpr int kXmlOptions = kQuiet | XML_PARSE_RECOVER | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC;
constexpr int kHtmlOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                             HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_NODEFDTD;

const xmlNode* as_node(const void* node) {
  return static_cast<const xmlNode*>(node);
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_text_node(const xmlNode* node) {
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

// This node, or the next one beside it that is an element or text.
const xmlNode* shown(const xmlNode* node) {
  while (node != nullptr && node->type != XML_ELEMENT_NODE && !is_text_node(node))
    node = node->next;
  return node;
}

// An undeclared prefix stays in the name; it is cut off as if it had been declared.
std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The next node in document order below `top`, whether or not the children of this one are wanted.
const xmlNode* following(const xmlNode* node, const xmlNode* top) {
  if (node->type == XML_ELEMENT_NODE && node->children != nullptr) return node->children;
  while (node != top && node->next == nullptr)
    node = node->parent;
  return node == top ? nullptr : node->next;
}

// Before any thread reads: the library sets up tables of its own.
void prepare_library() {
  static const bool ready = [] {
    xmlInitParser();
    return true;
  }();
  (void)ready;
}

std::string fault_of(const xmlParserCtxt* context, bool mended) {
  if (context->wellFormed == 0) {
    return "ill-formed XML at line " + std::to_string(context->lastError.line);
  }
  return mended ? "XML with bare ampersands or control characters" : "";
}

}  // namespace

bool XmlNode::is_text() const {
  return node_ != nullptr && is_text_node(as_node(node_));
}

std::string_view XmlNode::name() const {
  if (node_ == nullptr || is_text()) return {};
  return without_prefix(view(as_node(node_)->name));
}

std::string_view XmlNode::space() const {
  if (node_ == nullptr || is_text()) return {};
  if (const xmlNs* space = as_node(node_)->ns) return view(space->href);
  const std::string_view name = view(as_node(node_)->name);
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

std::string XmlNode::attribute(std::string_view name) const {
  if (node_ == nullptr || is_text()) return {};
  for (const xmlAttr* at = as_node(node_)->properties; at != nullptr; at = at->next) {
    if (without_prefix(view(at->name)) != name) continue;
    std::string value;
    for (const xmlNode* part = at->children; part != nullptr; part = part->next)
      value += view(part->content);
    return value;
  }
  return {};
}

bool XmlNode::has_attribute(std::string_view name) const {
  if (node_ == nullptr || is_text()) return false;
  for (const xmlAttr* at = as_node(node_)->properties; at != nullptr; at = at->next) {
    if (without_prefix(view(at->name)) == name) return true;
  }
  return false;
}

XmlNode XmlNode::first() const {
  return node_ == nullptr || is_text() ? XmlNode() : XmlNode(shown(as_node(node_)->children));
}

XmlNode XmlNode::next() const {
  return node_ == nullptr ? XmlNode() : XmlNode(shown(as_node(node_)->next));
}

XmlNode XmlNode::parent() const {
  if (node_ == nullptr) return {};
  const xmlNode* above = as_node(node_)->parent;
  return above != nullptr && above->type == XML_ELEMENT_NODE ? XmlNode(above) : XmlNode();
}

std::vector<XmlNode> XmlNode::children() const {
  std::vector<XmlNode> found;
  for (XmlNode at = first(); at; at = at.next()) {
    if (!at.is_text()) found.push_back(at);
  }
  return found;
}

std::vector<XmlNode> XmlNode::children(std::string_view name) const {
  std::vector<XmlNode> found;
  for (XmlNode at = first(); at; at = at.next()) {
    if (at.name() == name) found.push_back(at);
  }
  return found;
}

XmlNode XmlNode::child(std::string_view name) const {
  for (XmlNode at = first(); at; at = at.next()) {
    if (at.name() == name) return at;
  }
  return {};
}

std::string XmlNode::text() const {
  std::string out;
  if (node_ == nullptr) return out;
  const xmlNode* top = as_node(node_);
  for (const xmlNode* at = top; at != nullptr; at = following(at, top)) {
    if (is_text_node(at)) out += view(at->content);
    if (at == top && top->type != XML_ELEMENT_NODE) break;
  }
  return out;
}

std::string_view XmlNode::content() const {
  return is_text() ? view(as_node(node_)->content) : std::string_view();
}

std::string XmlNode::inner_markup() const {
  std::string out;
  if (node_ == nullptr || is_text()) return out;
  xmlBuffer* buffer = xmlBufferCreate();
  for (xmlNode* at = as_node(node_)->children; at != nullptr; at = at->next)
    xmlNodeDump(buffer, at->doc, at, 0, 0);
  out = view(xmlBufferContent(buffer));
  xmlBufferFree(buffer);
  return out;
}

void XmlDocument::Free::operator()(void* document) const {
  xmlFreeDoc(static_cast<xmlDoc*>(document));
}

Result<XmlDocument> XmlDocument::parse_xml(std::string_view utf8) {
  const MendedXml mended = mend_xml(utf8);
  if (mended.text.size() > std::numeric_limits<int>::max()) {
    return fail(ErrorCode::invalid_argument, "the XML is too long");
  }
  prepare_library();
  XmlDocument document;
  xmlParserCtxt* context = xmlNewParserCtxt();
  if (context == nullptr) return fail(ErrorCode::internal, "no memory to read XML");
  const int size = static_cast<int>(mended.text.size());
  document.document_.reset(
      xmlCtxtReadMemory(context, mended.text.data(), size, nullptr, "UTF-8", kXmlOptions));
  document.fault_ = fault_of(context, mended.mended);
  xmlFreeParserCtxt(context);
  if (document.root()) return document;
  return fail(ErrorCode::invalid_argument, "not XML: it holds no element");
}

Result<XmlDocument> XmlDocument::parse_html(std::string_view utf8) {
  if (utf8.size() > std::numeric_limits<int>::max()) {
    return fail(ErrorCode::invalid_argument, "the page is too long");
  }
  prepare_library();
  XmlDocument document;
  const int size = static_cast<int>(utf8.size());
  document.document_.reset(htmlReadMemory(utf8.data(), size, nullptr, "UTF-8", kHtmlOptions));
  if (document.root()) return document;
  return fail(ErrorCode::invalid_argument, "not HTML: it holds no element");
}

XmlNode XmlDocument::root() const {
  auto* document = static_cast<xmlDoc*>(document_.get());
  if (document == nullptr) return {};
  const xmlNode* root = xmlDocGetRootElement(document);
  return root == nullptr ? XmlNode() : XmlNode(root);
}

}  // namespace broadsheet::indexer
