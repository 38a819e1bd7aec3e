// A table says which of the names that a page uses wins for which member.
#include "indexer/readers/html_metadata.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/readers/html_json_ld.h"
#include "indexer/readers/html_marks.h"

namespace broadsheet::indexer {
namespace {

using Text = std::optional<std::string>;

// Where a member is found, best first.
struct Row {
  std::optional<std::string> RawArticle::*member;
  std::vector<std::string_view> names;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {&RawArticle::title,
       {"dc:title",
        "dcterms:title",
        "dc.title",
        "dcterms.title",
        "og:title",
        "parsely-title",
        "sailthru.title",
        "twitter:title",
        "item:headline"}},
      {&RawArticle::summary,
       {"og:description",
        "description",
        "dc.description",
        "dcterms.description",
        "dc:description",
        "sailthru.description",
        "twitter:description"}},
      {&RawArticle::published,
       {"article:published_time",
        "parsely-pub-date",
        "sailthru.date",
        "item:datePublished",
        "datepublished",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "dcterms.date",
        "dc:date",
        "og:published_time",
        "publish-date",
        "publish_date",
        "pubdate",
        "ptime",
        "date",
        "text:pubdate",
        "text:time"}},
      {&RawArticle::updated,
       {"article:modified_time",
        "og:updated_time",
        "item:dateModified",
        "dcterms.modified",
        "dc.date.modified",
        "lastmod",
        "last-modified"}},
      {&RawArticle::source_name,
       {"og:site_name",
        "application-name",
        "dc.publisher",
        "dcterms.publisher",
        "cre",
        "twitter:site"}},
      {&RawArticle::section, {"article:section", "parsely-section", "section", "dc.subject"}},
      {&RawArticle::language, {"text:lang", "og:locale", "content-language", "dc.language"}},
  };
  return kRows;
}

constexpr std::array<std::string_view, 12> kAuthorNames = {"dc:creator",
                                                           "dc.creator",
                                                           "dcterms.creator",
                                                           "author",
                                                           "article:author",
                                                           "parsely-author",
                                                           "sailthru.author",
                                                           "byl",
                                                           "item:author",
                                                           "text:rel",
                                                           "text:byline",
                                                           "twitter:creator"};

constexpr std::array<std::string_view, 4> kTagNames = {
    "article:tag", "parsely-tags", "news_keywords", "keywords"};

// Cuts the site's name off behind a title: "Title - Site".
void cut_site(std::string& title, std::string_view site) {
  for (const std::string_view between : {" | ", " - ", " – ", " — ", " :: "}) {
    const std::size_t at = title.rfind(between);
    if (at == std::string::npos || at == 0) continue;
    const std::string behind = title.substr(at + between.size());
    if (!behind.empty() && site.starts_with(behind)) return title.resize(at);
  }
}

// Addresses of profiles are no names.
bool is_name(const std::string& said) {
  return said.find("://") == std::string::npos && !said.starts_with('@');
}

class Metadata {
 public:
  explicit Metadata(const HtmlMarks& marks) : marks_(marks) {}

  RawArticle read() && {
    RawArticle raw = read_json_ld(marks_.json_ld);
    const bool has_image = raw.image_url.has_value();
    for (const Row& row : rows()) {
      if (!(raw.*row.member)) raw.*row.member = first_said(row.names);
    }
    if (!has_image) take_image(raw);
    take_title(raw);
    if (Text url = first_said({"link:canonical", "og:url"})) raw.url = std::move(url);
    take_authors(raw);
    take_tags(raw);
    return raw;
  }

 private:
  Text first_said(const std::vector<std::string_view>& names) const {
    for (const std::string_view name : names) {
      if (const auto& values = marks_.values_of(name); !values.empty()) return values.front();
    }
    return std::nullopt;
  }

  // All of it from one place: the size of one image is not that of another.
  void take_image(RawArticle& raw) const {
    raw.image_url = first_said({"og:image:secure_url",
                                "og:image",
                                "og:image:url",
                                "twitter:image",
                                "twitter:image:src",
                                "parsely-image-url",
                                "sailthru.image.full",
                                "link:image_src"});
    if (!raw.image_url) return;
    raw.image_alt = first_said({"og:image:alt", "twitter:image:alt"});
    raw.image_width = first_said({"og:image:width"});
    raw.image_height = first_said({"og:image:height"});
  }

  // A heading is believed where the page's title says the same and more: "Title | Site".
  void take_title(RawArticle& raw) const {
    if (!raw.title) raw.title = first_said({"text:title", "text:h1"});
    if (!raw.title) return;
    if (const Text heading = first_said({"text:h1"})) {
      const bool is_part = raw.title->find(*heading) != std::string::npos;
      if (is_part && heading->size() * 2 > raw.title->size()) raw.title = heading;
    }
    cut_site(*raw.title, raw.source_name.value_or(""));
  }

  void take_authors(RawArticle& raw) const {
    std::erase_if(raw.authors, [](const std::string& name) { return !is_name(name); });
    for (const std::string_view name : kAuthorNames) {
      if (!raw.authors.empty()) break;
      const auto& values = marks_.values_of(name);
      std::copy_if(values.begin(), values.end(), std::back_inserter(raw.authors), is_name);
      // Marks in the text are repeated for every article that the page points to.
      const bool is_mark = name.starts_with("text:") || name.starts_with("item:");
      if (is_mark && raw.authors.size() > 1) raw.authors.resize(1);
    }
    if (raw.authors.size() != 1) return;
    // One string may hold several names.
    raw.byline = std::move(raw.authors.front());
    raw.authors.clear();
  }

  void take_tags(RawArticle& raw) const {
    for (const std::string_view name : kTagNames) {
      if (!raw.tags.empty()) return;
      for (const std::string& value : marks_.values_of(name))
        split_list(raw.tags, value);
    }
  }

  const HtmlMarks& marks_;
};

}  // namespace

RawArticle read_metadata(const XmlNode& root) {
  const HtmlMarks marks = gather_marks(root);
  return Metadata(marks).read();
}

}  // namespace broadsheet::indexer
