// XML and HTML as a tree: the one room of libxml2. Nothing outside the document is ever fetched,
// and entities that it declares are not expanded.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"

namespace broadsheet::indexer {

// A view of an element or a run of text; valid as long as its document. An empty one stands for
// "not there" and answers everything with nothing.
class XmlNode {
 public:
  XmlNode() = default;

  [[nodiscard]] explicit operator bool() const { return node_ != nullptr; }

  friend bool operator==(const XmlNode&, const XmlNode&) = default;

  [[nodiscard]] bool is_text() const;

  // The name without its prefix, as written (HTML: in lower case); empty for text.
  [[nodiscard]] std::string_view name() const;

  // The URI of its namespace; where the prefix was never declared, the prefix. Empty without one.
  [[nodiscard]] std::string_view space() const;

  // The value of an attribute by its name without prefix; empty when there is none.
  [[nodiscard]] std::string attribute(std::string_view name) const;
  [[nodiscard]] bool has_attribute(std::string_view name) const;

  // Elements and texts in their order; comments and instructions are left out.
  [[nodiscard]] XmlNode first() const;
  [[nodiscard]] XmlNode next() const;
  [[nodiscard]] XmlNode parent() const;

  // The elements below this one, or those of one name, direct children only.
  [[nodiscard]] std::vector<XmlNode> children() const;
  [[nodiscard]] std::vector<XmlNode> children(std::string_view name) const;
  [[nodiscard]] XmlNode child(std::string_view name) const;

  // All text in it, with CDATA as it is. References that are not XML's own stay as written:
  // `&nbsp;`.
  [[nodiscard]] std::string text() const;

  // The characters of a run of text, without a copy; empty for an element.
  [[nodiscard]] std::string_view content() const;

  // What is between its tags, as markup.
  [[nodiscard]] std::string inner_markup() const;

 private:
  friend class XmlDocument;

  explicit XmlNode(const void* node) : node_(node) {}

  const void* node_ = nullptr;  // xmlNode
};

class XmlDocument {
 public:
  // Reads XML as a careful reader does: what is ill-formed is mended as far as that goes. `utf8`
  // must be valid; an encoding declared in it does not count. invalid_argument: no element at all.
  [[nodiscard]] static Result<XmlDocument> parse_xml(std::string_view utf8);

  // Reads HTML of any quality. The same rules.
  [[nodiscard]] static Result<XmlDocument> parse_html(std::string_view utf8);

  [[nodiscard]] XmlNode root() const;

  // Where the XML was ill-formed, in words; empty when it was not, and for HTML.
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  struct Free {
    void operator()(void* document) const;
  };

  std::unique_ptr<void, Free> document_;  // xmlDoc
  std::string fault_;
};

}  // namespace broadsheet::indexer
