// Feeds in XML: RSS 2.0 (rssboard.org/rss-specification) and Atom (RFC 4287), both with the totals
// of OpenSearch 1.1. Written piece by piece: every text goes through xml_escaped().
#include <ctime>

#include "schema/time.h"
#include "server/api/feed.h"
#include "server/http/reply.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

// Appends elements with their texts.
class XmlWriter {
 public:
  // Ours, and well-formed.
  void raw(std::string_view xml) { out_ += xml; }

  void element(std::string_view name, std::string_view text) {
    out_.append("<").append(name).append(">").append(xml_escaped(text));
    out_.append("</").append(name).append(">\n");
  }

  void number(std::string_view name, std::uint64_t number) {
    element(name, std::to_string(number));
  }

  // `before` and `after` are ours: the attributes around one that is not.
  void address(std::string_view before, std::string_view url, std::string_view after) {
    out_.append(before).append(xml_escaped(url)).append(after).append("\n");
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_totals(XmlWriter& xml, const Feed& feed) {
  xml.number("opensearch:totalResults", feed.total);
  xml.number("opensearch:startIndex", feed.start_index);
  xml.number("opensearch:itemsPerPage", feed.items_per_page);
}

// Dates of RSS have the form of HTTP's.
std::string rss_date(std::int64_t seconds) {
  return http_date(static_cast<std::time_t>(seconds));
}

void write_rss_item(XmlWriter& xml, const FeedItem& item) {
  xml.raw("<item>\n");
  xml.element("title", item.title);
  xml.element("link", item.link);
  // A description is HTML by convention: once escaped for that, once for XML.
  xml.element("description", xml_escaped(item.text));
  xml.raw("<guid isPermaLink=\"false\">");
  xml.raw(xml_escaped(item.id));
  xml.raw("</guid>\n");
  if (item.published) xml.element("pubDate", rss_date(*item.published));
  for (const std::string& author : item.article->authors)
    xml.element("dc:creator", author);
  if (!item.article->source.name.empty()) xml.element("dc:publisher", item.article->source.name);
  if (!item.article->section.empty()) xml.element("category", item.article->section);
  for (const std::string& tag : item.article->tags)
    xml.element("category", tag);
  xml.raw("</item>\n");
}

void write_atom_category(XmlWriter& xml, std::string_view term) {
  if (!term.empty()) xml.address("<category term=\"", term, "\"/>");
}

void write_atom_person(XmlWriter& xml, std::string_view name) {
  xml.raw("<author>");
  xml.element("name", name);
  xml.raw("</author>\n");
}

void write_atom_entry(XmlWriter& xml, const FeedItem& item) {
  const Article& article = *item.article;
  xml.raw("<entry>\n");
  xml.element("id", item.id);
  xml.element("title", item.title);
  xml.address("<link rel=\"alternate\" href=\"", item.link, "\"/>");
  if (item.published) xml.element("published", format_utc(*item.published));
  xml.element("updated", format_utc(item.updated));
  for (const std::string& author : article.authors)
    write_atom_person(xml, author);
  if (article.authors.empty() && !article.source.name.empty())
    write_atom_person(xml, article.source.name);
  write_atom_category(xml, article.section);
  for (const std::string& tag : article.tags)
    write_atom_category(xml, tag);
  xml.element("summary", item.text);
  xml.raw("</entry>\n");
}

// Whether XML 1.0 can have a character of one byte, or U+FFFE and U+FFFF at the beginning of a
// text.
bool is_forbidden(std::string_view text) {
  const char c = text.front();
  if (c >= 0 && c < 0x20) return c != '\t' && c != '\n' && c != '\r';
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_forbidden(text.substr(i))) {
      escaped += "\xEF\xBF\xBD";  // U+FFFD
      if (text[i] < 0) i += 2;
      continue;
    }
    switch (text[i]) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += text[i];
    }
  }
  return escaped;
}

std::string rss_text(const Feed& feed) {
  XmlWriter xml;
  xml.raw(kDeclaration);
  xml.raw(
      "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">\n<channel>\n");
  xml.element("title", feed.title);
  xml.element("link", feed.home);
  xml.element("description", "Articles that match, last seen first.");
  xml.element("lastBuildDate", rss_date(feed.updated));
  xml.element("generator", "Broadsheet");
  xml.address("<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"", feed.self, "\"/>");
  if (!feed.next.empty()) xml.address("<atom:link rel=\"next\" href=\"", feed.next, "\"/>");
  write_totals(xml, feed);
  for (const FeedItem& item : feed.items)
    write_rss_item(xml, item);
  xml.raw("</channel>\n</rss>\n");
  return xml.take();
}

std::string atom_text(const Feed& feed) {
  XmlWriter xml;
  xml.raw(kDeclaration);
  xml.raw(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
  xml.element("id", feed.id);
  xml.element("title", feed.title);
  xml.element("updated", format_utc(feed.updated));
  write_atom_person(xml, "Broadsheet");
  xml.element("generator", "Broadsheet");
  xml.address("<link rel=\"self\" type=\"application/atom+xml\" href=\"", feed.self, "\"/>");
  xml.address("<link rel=\"alternate\" href=\"", feed.home, "\"/>");
  if (!feed.next.empty()) xml.address("<link rel=\"next\" href=\"", feed.next, "\"/>");
  write_totals(xml, feed);
  for (const FeedItem& item : feed.items)
    write_atom_entry(xml, item);
  xml.raw("</feed>\n");
  return xml.take();
}

}  // namespace broadsheet::server
