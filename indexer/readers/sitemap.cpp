// Elements are known by their names alone: prefixes and name spaces are often wrong or missing.
#include "indexer/readers/sitemap.h"

#include "indexer/readers/ascii.h"
#include "indexer/readers/charset.h"
#include "indexer/readers/document.h"
#include "indexer/readers/links.h"
#include "indexer/readers/wire.h"
#include "indexer/readers/xml.h"
#include "indexer/readers/xml_head.h"

namespace broadsheet::indexer {
namespace {

std::string lower_name(XmlNode node) {
  return lower_case(node.name());
}

// No references are decoded in addresses beyond XML's own: `&copy=` is no sign there.
std::string address_in(XmlNode node, std::string_view base_url) {
  const std::string address = one_line(node.text());
  return address.empty() ? address : resolve_link(address, base_url);
}

// Where an entry points. Some writers leave <loc> out and write the address as its text.
std::string address_of(XmlNode entry, std::string_view base_url) {
  const bool is_bare = !entry.child("loc") && entry.children().empty();
  return address_in(is_bare ? entry : entry.child("loc"), base_url);
}

void take_list(RawArticle& raw, std::string_view list) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    add_tag(raw, one_line(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

void take_news(RawArticle& raw, XmlNode news) {
  const XmlNode publication = news.child("publication");
  fill(raw.title, line_of(news.child("title")));
  fill(raw.published, line_of(news.child("publication_date")));
  fill(raw.source_name, line_of(publication.child("name")));
  fill(raw.language, line_of(publication.child("language")));
  fill(raw.language, line_of(news.child("language")));
  take_list(raw, line_of(news.child("keywords")));
  const std::string genres = line_of(news.child("genres"));
  fill(raw.genre, genres.substr(0, genres.find(',')));
  add_extra(raw, "stock_tickers", line_of(news.child("stock_tickers")));
  add_extra(raw, "news_access", line_of(news.child("access")));
}

void take_image(RawArticle& raw, XmlNode image, std::string_view base_url) {
  fill(raw.image_url, address_in(image.child("loc"), base_url));
  if (!raw.image_url) return;
  fill(raw.image_alt, line_of(image.child("caption")));
  fill(raw.image_alt, line_of(image.child("title")));
}

RawArticle read_entry(XmlNode entry, std::string_view base_url) {
  RawArticle raw;
  fill(raw.url, address_of(entry, base_url));
  take_news(raw, entry.child("news"));
  fill(raw.updated, line_of(entry.child("lastmod")));
  take_image(raw, entry.child("image"), base_url);
  if (raw.title) return raw;
  return refused_article(raw.url ? "an address without a news title, no article: " + *raw.url
                                 : "an entry without an address and a news title");
}

RawArticle named_sitemap(XmlNode entry, std::string_view base_url) {
  const std::string address = address_of(entry, base_url);
  return refused_article(
      address.empty() ? "a sitemap without an address"
                      : "an index names this sitemap, which must be fetched and added: " + address);
}

Result<std::vector<RawArticle>> read_sitemap(std::string_view bytes, const ReaderOptions& options) {
  const DecodedText decoded = decode_text(bytes, options.content_type);
  auto document = XmlDocument::parse_xml(decoded.text);
  if (!document) return pass_on(document.error());
  const XmlNode root = document->root();
  std::vector<RawArticle> articles;
  for (const XmlNode entry : root.children()) {
    const std::string name = lower_name(entry);
    if (name == "url") articles.push_back(read_entry(entry, options.base_url));
    if (name == "sitemap") articles.push_back(named_sitemap(entry, options.base_url));
  }
  if (articles.empty()) {
    return fail(ErrorCode::invalid_argument,
                "a sitemap without an entry, or none at all: <" + std::string(root.name()) + ">");
  }
  const std::string& fault = document->fault();
  for (RawArticle& article : articles) {
    if (decoded.mended) article.repairs.push_back("the sitemap was read as " + decoded.encoding);
    if (!fault.empty()) article.repairs.push_back("the sitemap: " + fault);
  }
  return articles;
}

}  // namespace

bool looks_like_sitemap(std::string_view head) {
  const bool is_wide = head.size() > 1 && (head[0] == '\0' || head[1] == '\0' ||
                                           head[0] == '\xFE' || head[0] == '\xFF');
  const std::string decoded = is_wide ? decode_text(head, "").text : std::string();
  const std::string name = lower_case(root_name(is_wide ? std::string_view(decoded) : head));
  return name == "urlset" || name == "sitemapindex";
}

std::unique_ptr<ArticleReader> open_sitemap(std::unique_ptr<PeekedSource> source,
                                            const ReaderOptions& options) {
  return open_document(std::move(source), options, read_sitemap);
}

}  // namespace broadsheet::indexer
