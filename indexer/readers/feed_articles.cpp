// Items to articles: which of their texts is the body, what makes their id, and what the feed says
// for all of them.
#include <algorithm>

#include "indexer/readers/feed.h"
#include "indexer/readers/links.h"
#include "indexer/readers/wire.h"

namespace broadsheet::indexer {
namespace {

// A description without content beside it is the summary that RSS calls it, unless it is longer:
// then it is the whole text, as many feeds have it. Summaries of news seldom pass 1,000 bytes with
// their markup.
constexpr std::size_t kLongestSummary = 2000;

void set(std::optional<std::string>& member, std::string value) {
  if (!value.empty()) member = std::move(value);
}

bool has_markup(std::string_view text) {
  return text.find_first_of("<&") != std::string_view::npos;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

// The value of an attribute of the tag that begins at `tag`; empty without one in quotes.
std::string_view attribute_of(std::string_view tag, std::string_view name) {
  tag = tag.substr(0, tag.find('>'));
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    const std::size_t value = at + name.size() + 2;
    if (at == 0 || tag.size() <= value || tag[at - 1] > ' ') continue;
    const char quote = tag[value - 1];
    if (tag[value - 2] != '=' || (quote != '"' && quote != '\'')) continue;
    return tag.substr(value, tag.find(quote, value) - value);
  }
  return {};
}

// The first image in HTML that is more than a counter of readers. Few tags are looked at, and not
// far: what never ends must not cost its square.
std::string first_image(std::string_view html) {
  constexpr int kMostImages = 8;
  constexpr std::size_t kLongestTag = 4096;
  std::size_t at = html.find("<img");
  for (int i = 0; i < kMostImages && at != std::string_view::npos; ++i) {
    const std::string_view tag = html.substr(at, kLongestTag);
    const std::string_view source = attribute_of(tag, "src");
    const bool is_counter = attribute_of(tag, "width") == "1" || attribute_of(tag, "height") == "1";
    if (!source.empty() && !is_counter && !source.starts_with("data:")) return std::string(source);
    at = html.find("<img", at + 1);
  }
  return {};
}

class ArticleMaker {
 public:
  explicit ArticleMaker(const Feed& feed)
      : about_(feed.about), shares_authors_(feed.shares_authors) {
    source_name_ = html_of(feed.about.title);
  }

  RawArticle make(FeedItem item) const {
    RawArticle article;
    article.extent = Extent::maybe_excerpt;
    set_id(article, item);
    const std::string language = item.language.empty() ? about_.language : item.language;
    set(article.language, language);
    // A feed often tells only when its items were changed last.
    const bool is_dated = !item.published.empty();
    set(article.published, is_dated ? item.published : item.updated);
    if (is_dated) set(article.updated, item.updated);
    set_image(article, item);
    set(article.url, item.link);
    set_people(article, item);
    article.tags = std::move(item.tags);
    set_texts(article, item);
    set_enclosures(article, item);
    set(article.source_name, item.source_name.empty() ? source_name_ : item.source_name);
    set_form(article);
    return article;
  }

 private:
  // An id that is no address is unique in its feed alone. One that is the article's own link says
  // nothing more than the link, by which an article is known wherever it comes from.
  void set_id(RawArticle& article, const FeedItem& item) const {
    if (item.id.empty() || item.id == item.link) return;
    const std::string& feed = about_.id.empty() ? about_.link : about_.id;
    article.id_of_feed = feed.empty() ? about_.title.value : feed;
    const bool stands_alone = article.id_of_feed.empty() || is_absolute_link(item.id);
    article.id = stands_alone ? item.id : article.id_of_feed + "#" + item.id;
  }

  static void set_texts(RawArticle& article, FeedItem& item) {
    const bool is_whole = item.content.value.empty() && item.summary.value.size() > kLongestSummary;
    FeedText& body = is_whole ? item.summary : item.content;
    if (!is_whole) set(article.summary, html_of(std::move(item.summary)));
    set(article.title, html_of(std::move(item.title)));
    if (body.form == TextForm::html) {
      set(article.body_html, std::move(body.value));
    } else {
      set(article.body, std::move(body.value));
    }
  }

  // Names and labels are taken for HTML: writers escape them twice as often as not at all.
  static void set_form(RawArticle& article) {
    const auto is_marked = [](const std::optional<std::string>& text) {
      return text && has_markup(*text);
    };
    article.is_html = is_marked(article.title) || is_marked(article.summary) ||
                      is_marked(article.source_name) || is_marked(article.byline) ||
                      std::any_of(article.tags.begin(), article.tags.end(), has_markup) ||
                      std::any_of(article.authors.begin(), article.authors.end(), has_markup);
  }

  static std::string html_of(FeedText text) {
    return text.form == TextForm::plain ? escaped(text.value) : std::move(text.value);
  }

  void set_people(RawArticle& article, const FeedItem& item) const {
    const bool is_shared = item.authors.empty() && shares_authors_;
    const auto& people = is_shared ? about_.authors : item.authors;
    for (const FeedPerson& person : people) {
      if (!person.name.empty()) article.authors.push_back(person.name);
    }
    // One name may be several: "Ann Lee and Bo Ek".
    if (article.authors.size() == 1) {
      article.byline = std::move(article.authors.front());
      article.authors.clear();
    }
  }

  void set_image(RawArticle& article, FeedItem& item) const {
    if (item.image.url.empty()) {
      const FeedText& text = item.content.value.empty() ? item.summary : item.content;
      const std::string source =
          text.form == TextForm::html ? first_image(text.value) : std::string();
      const std::string& base = item.link.empty() ? about_.link : item.link;
      if (!source.empty()) item.image.url = resolve_link(source, base);
    }
    set(article.image_url, std::move(item.image.url));
    set(article.image_alt, std::move(item.image.alt));
    set(article.image_credit, std::move(item.image.credit));
    set(article.image_width, std::move(item.image.width));
    set(article.image_height, std::move(item.image.height));
  }

  // Recordings and the like; images are offered as the article's.
  static void set_enclosures(RawArticle& article, const FeedItem& item) {
    std::vector<std::string> urls;
    for (const FeedEnclosure& enclosure : item.enclosures) {
      if (!enclosure.type.starts_with("image/")) urls.push_back(enclosure.url);
    }
    add_extra(article, "enclosures", urls);
  }

  const FeedItem& about_;
  bool shares_authors_;
  std::string source_name_;
};

}  // namespace

std::vector<RawArticle> articles_of(Feed feed) {
  const ArticleMaker maker(feed);
  std::vector<RawArticle> articles;
  articles.reserve(feed.items.size());
  for (FeedItem& item : feed.items)
    articles.push_back(maker.make(std::move(item)));
  // What was wrong with the document is told once.
  if (!articles.empty()) articles.front().repairs = std::move(feed.repairs);
  return articles;
}

}  // namespace broadsheet::indexer
