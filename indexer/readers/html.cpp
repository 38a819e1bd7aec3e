// From bytes to an article: decoded, trimmed, made a tree, laid out.
#include "indexer/readers/html.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "indexer/readers/charset.h"
#include "indexer/readers/document.h"
#include "indexer/readers/html_content.h"
#include "indexer/readers/html_metadata.h"
#include "indexer/readers/html_trim.h"
#include "indexer/readers/xml.h"
#include "schema/utf8.h"

namespace broadsheet::indexer {
namespace {

bool starts_with_word(std::string_view text, std::string_view lower_word) {
  if (text.size() < lower_word.size()) return false;
  for (std::size_t at = 0; at < lower_word.size(); ++at) {
    const char c = text[at];
    if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != lower_word[at]) return false;
  }
  return true;
}

// From the first tag that is neither a comment nor XML's declaration: XHTML has one.
std::string_view without_prologue(std::string_view head) {
  while (head.starts_with("<!--") || head.starts_with("<?xml")) {
    const std::string_view end = head[1] == '!' ? "-->" : "?>";
    const std::size_t at = head.find(end);
    if (at == std::string_view::npos) return {};
    head.remove_prefix(at + end.size());
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  }
  return head;
}

// A page whose text is put in by scripts says it in JSON-LD alone.
void take_body(RawArticle& article, std::string text) {
  if (!article.body || text.size() * 2 > article.body->size()) article.body = std::move(text);
  if (article.body->empty()) article.body.reset();
}

Result<std::vector<RawArticle>> read_page(std::string_view bytes, const ReaderOptions& options) {
  auto article = read_html(bytes, options);
  if (!article) return pass_on(article.error());
  return std::vector<RawArticle>{*std::move(article)};
}

}  // namespace

bool looks_like_html(std::string_view head) {
  head = without_prologue(head);
  for (const std::string_view beginning : {"<!doctype html", "<html", "<head"}) {
    if (starts_with_word(head, beginning)) return true;
  }
  return false;
}

std::unique_ptr<ArticleReader> open_html(std::unique_ptr<PeekedSource> source,
                                         const ReaderOptions& options) {
  return open_document(std::move(source), options, read_page);
}

Result<RawArticle> read_html(std::string_view bytes, const ReaderOptions& options) {
  DecodedText decoded = decode_text(bytes, options.content_type);
  std::string page = trim_html(decoded.text);
  const bool is_cut = page.size() > kMaxTrimmedBytes;
  if (is_cut) page = repair_utf8(std::string_view(page).substr(0, kMaxTrimmedBytes));
  auto tree = XmlDocument::parse_html(page);
  if (!tree) return pass_on(tree.error());
  RawArticle article = read_metadata(tree->root());
  if (decoded.mended) article.repairs.emplace_back("bytes that are not " + decoded.encoding);
  if (is_cut) article.repairs.emplace_back("a page too long was cut off");
  if (!article.url && !options.base_url.empty()) article.url = options.base_url;
  const HtmlLayout layout = lay_out(tree->root());
  take_body(article, main_text(layout, article.title.value_or("")));
  return article;
}

}  // namespace broadsheet::indexer
