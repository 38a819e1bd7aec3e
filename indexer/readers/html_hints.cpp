// Classes and ids are read word by word ("relatedStories-list": related, stories, list), so that
// "share" is not found in "shareholders".
#include "indexer/readers/html_hints.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace broadsheet::indexer {
namespace {

using Names = std::vector<std::string_view>;

// All lists are sorted.
const Names& foreign_words() {
  static const Names kWords = {
      "comment", "commentaires", "commentlist", "comments",   "consent",  "cookie",  "cookies",
      "disqus",  "footer",       "gdpr",        "kommentare", "livefyre", "modal",   "nav",
      "navbar",  "navigation",   "overlay",     "popup",      "respond",  "sitemap", "spotim"};
  return kWords;
}

// Too many for the body of a function.
const Names kBesideWords = {"ad",
                            "ads",
                            "advert",
                            "advertisement",
                            "aside",
                            "author",
                            "authors",
                            "banner",
                            "bio",
                            "biography",
                            "breadcrumb",
                            "breadcrumbs",
                            "button",
                            "buttons",
                            "byline",
                            "caption",
                            "captions",
                            "carousel",
                            "copyright",
                            "credit",
                            "credits",
                            "dateline",
                            "disclaimer",
                            "dropdown",
                            "feedback",
                            "flyout",
                            "gallery",
                            "infobox",
                            "login",
                            "masthead",
                            "menu",
                            "meta",
                            "metadata",
                            "newsletter",
                            "notice",
                            "outbrain",
                            "pager",
                            "pagination",
                            "paywall",
                            "popular",
                            "print",
                            "promo",
                            "promotion",
                            "pullquote",
                            "rail",
                            "rating",
                            "readmore",
                            "recirc",
                            "recirculation",
                            "recommend",
                            "recommendation",
                            "recommendations",
                            "recommended",
                            "related",
                            "relateds",
                            "search",
                            "share",
                            "sharebar",
                            "sharing",
                            "shoutbox",
                            "sidebar",
                            "signup",
                            "slideshow",
                            "social",
                            "sponsor",
                            "sponsored",
                            "subscribe",
                            "subscription",
                            "taboola",
                            "tag",
                            "tags",
                            "teaser",
                            "teasers",
                            "timestamp",
                            "toolbar",
                            "tooltip",
                            "topics",
                            "trending",
                            "widget",
                            "widgets"};

const Names& content_words() {
  static const Names kWords = {
      "articlebody", "articletext", "entrycontent", "postcontent", "storybody", "storytext"};
  return kWords;
}

// Words that take back what the next one says: "has-sidebar", "no-comments".
const Names& negating_words() {
  static const Names kWords = {"has", "no", "with", "without"};
  return kWords;
}

const Names& article_names() {
  static const Names kNames = {"article", "entry", "hentry", "main", "post", "story"};
  return kNames;
}

const Names& foreign_tags() {
  static const Names kTags = {"dialog", "figcaption", "footer", "nav"};
  return kTags;
}

const Names& beside_roles() {
  static const Names kRoles = {"alert",
                               "alertdialog",
                               "banner",
                               "complementary",
                               "contentinfo",
                               "dialog",
                               "navigation",
                               "search",
                               "tooltip"};
  return kRoles;
}

bool holds(const Names& names, std::string_view name) {
  return std::binary_search(names.begin(), names.end(), name);
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

// Gathers the letters of names to words.
template <typename Take>
class WordGatherer {
 public:
  explicit WordGatherer(Take take) : take_(std::move(take)) {}

  void letter(char c) {
    if (is_upper(c) && after_lower_) end_word();
    word_ += is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
    after_lower_ = is_lower(c);
  }

  void gap(char c) {
    end_word();
    if (c == ' ') before_.clear();
    after_lower_ = false;
  }

  void end_word() {
    if (word_.empty()) return;
    if (!holds(negating_words(), before_)) take_(word_);
    if (!before_.empty()) take_(before_ + word_);
    before_ = std::move(word_);
    word_.clear();
  }

 private:
  Take take_;
  std::string word_;
  std::string before_;  // the word before it in the same name
  bool after_lower_ = false;
};

// Calls `take` with each word in lower case, and with each two that stand together in one name.
template <typename Take>
void for_words(std::string_view names, Take take) {
  WordGatherer<Take> words(std::move(take));
  for (const char c : names)
    is_lower(c) || is_upper(c) ? words.letter(c) : words.gap(c);
  words.end_word();
}

// Whether one of the names, as a whole, is that of an article: "article modal-enabled".
bool names_article(std::string_view names) {
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(' ', at), names.size());
    if (holds(article_names(), names.substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

HtmlHint hint_of_names(std::string_view names) {
  // Frameworks put hundreds of classes on an element; none of the many says what it is.
  constexpr std::size_t kMaxNameBytes = 1000;
  HtmlHint hint = HtmlHint::none;
  for_words(names.substr(0, kMaxNameBytes), [&](const std::string& word) {
    // What is embedded between the paragraphs is quoted: posts, mostly.
    if (holds(content_words(), word) || word == "embed") hint = HtmlHint::content;
    if (hint == HtmlHint::content) return;
    if (holds(foreign_words(), word)) hint = HtmlHint::foreign;
    if (hint == HtmlHint::none && holds(kBesideWords, word)) hint = HtmlHint::beside;
  });
  return hint != HtmlHint::content && names_article(names) ? HtmlHint::none : hint;
}

bool is_hidden(const XmlNode& element) {
  if (element.has_attribute("hidden") || element.attribute("aria-hidden") == "true") return true;
  std::string style = element.attribute("style");
  style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
  return style.find("display:none") != std::string::npos;
}

}  // namespace

HtmlHint hint_of(const XmlNode& element) {
  const std::string_view tag = element.name();
  if (tag == "body" || tag == "html") return HtmlHint::none;
  if (holds(foreign_tags(), tag)) return HtmlHint::foreign;
  if (element.attribute("itemprop") == "articleBody") return HtmlHint::content;
  const HtmlHint named = hint_of_names(element.attribute("class") + " " + element.attribute("id"));
  if (named != HtmlHint::none) return named;
  if (tag == "aside" || is_hidden(element)) return HtmlHint::beside;
  if (holds(beside_roles(), element.attribute("role"))) return HtmlHint::beside;
  return HtmlHint::none;
}

}  // namespace broadsheet::indexer
