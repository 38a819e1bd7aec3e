// The outermost element tells the version.
#include "indexer/readers/newsml.h"

#include "indexer/readers/charset.h"
#include "indexer/readers/document.h"
#include "indexer/readers/newsml_1.h"
#include "indexer/readers/newsml_g2.h"
#include "indexer/readers/wire.h"
#include "indexer/readers/xml.h"
#include "indexer/readers/xml_head.h"

namespace broadsheet::indexer {
namespace {

constexpr std::string_view kVersion1 = "NewsML";

Result<std::vector<RawArticle>> read_document(std::string_view bytes,
                                              const ReaderOptions& options) {
  const DecodedText decoded = decode_text(bytes, options.content_type);
  const auto document = XmlDocument::parse_xml(decoded.text);
  if (!document) return pass_on(document.error());
  const XmlNode root = document->root();
  std::vector<RawArticle> articles =
      root.name() == kVersion1 ? read_newsml_1(root) : read_newsml_g2(root);
  if (!document->fault().empty()) {
    for (RawArticle& raw : articles)
      raw.repairs.push_back(document->fault());
  }
  return articles;
}

}  // namespace

bool looks_like_newsml(std::string_view head) {
  const std::string_view root = root_name(head);
  return root == kVersion1 || is_newsml_g2(root);
}

std::unique_ptr<ArticleReader> open_newsml(std::unique_ptr<PeekedSource> source,
                                           const ReaderOptions& options) {
  return open_document(std::move(source), options, read_document);
}

}  // namespace broadsheet::indexer
