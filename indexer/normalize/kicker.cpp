// One function for each place where a kicker may come from, tried in order.
#include "indexer/normalize/kicker.h"

#include <algorithm>
#include <array>

#include "indexer/normalize/names.h"
#include "indexer/normalize/places.h"
#include "schema/text.h"

namespace broadsheet::indexer {
namespace {

constexpr std::size_t kLongestKicker = 32;

// Names of desks and of nothing: half of a paper bears them. Folded, in order for the search.
constexpr std::array<std::string_view, 66> kGeneral = {
    "all",           "all news",      "article",     "articles", "blog",          "blogs",
    "breaking",      "breaking news", "business",    "culture",  "default",       "economy",
    "editorial",     "entertainment", "featured",    "features", "front page",    "general",
    "general news",  "headlines",     "health",      "home",     "home page",     "homepage",
    "international", "latest",        "latest news", "life",     "lifestyle",     "live",
    "local",         "local news",    "main",        "misc",     "more",          "national",
    "news",          "none",          "opinion",     "opinions", "other",         "politics",
    "post",          "press release", "published",   "science",  "sport",         "sports",
    "stories",       "story",         "style",       "tech",     "technology",    "top",
    "top news",      "top stories",   "travel",      "uk news",  "uncategorised", "uncategorized",
    "untitled",      "us news",       "video",       "videos",   "world",         "world news"};
static_assert(std::is_sorted(kGeneral.begin(), kGeneral.end()));

bool is_label(std::string_view text) {
  const bool has_letter = std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & '\x80') != 0;
  });
  return has_letter && text.size() >= 2 && text.size() <= kLongestKicker &&
         text.find_first_of("/:;,<>{}[]|=#@") == std::string_view::npos;
}

bool is_specific(std::string_view label) {
  return is_label(label) && !std::binary_search(kGeneral.begin(), kGeneral.end(), fold(label));
}

bool is_abbreviation(std::string_view word) {
  constexpr std::array<std::string_view, 10> kWords = {
      "cia", "eu", "fbi", "nato", "nsa", "tv", "uk", "un", "us", "usa"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// "white_house" as it is written for readers: "White House". What has a capital stays.
std::string as_kicker(std::string label) {
  std::replace(label.begin(), label.end(), '_', ' ');
  const bool plain =
      std::none_of(label.begin(), label.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  for (std::size_t begin = 0; plain && begin < label.size();) {
    const std::size_t end = std::min(label.find(' ', begin), label.size());
    const bool all = is_abbreviation(std::string_view(label).substr(begin, end - begin));
    const auto from = label.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto behind = all ? label.begin() + static_cast<std::ptrdiff_t>(end) : from + 1;
    std::transform(from, behind, from, upper);
    begin = end + 1;
  }
  return label;
}

// Whether the words of a label stand in a row in a folded title.
bool names(std::string_view title, std::string_view label) {
  const std::string needle = fold(label);
  const std::size_t at = title.find(needle);
  if (needle.empty() || at == std::string_view::npos) return false;
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & '\x80') != 0;
  };
  const std::size_t end = at + needle.size();
  return (at == 0 || !is_word(title[at - 1])) && (end == title.size() || !is_word(title[end]));
}

bool is_english(const Article& article) {
  return article.language == "en";
}

// A place is left to the gazetteer, which knows its short name and the second one.
std::string tag_of_title(const Article& article) {
  if (article.tags.empty()) return {};
  const std::string title = fold(article.title);
  for (const std::string& tag : article.tags) {
    if (!is_specific(tag) || !names(title, tag)) continue;
    if (is_english(article) && !find_places(as_kicker(tag), "").empty()) continue;
    return as_kicker(tag);
  }
  return {};
}

std::string specific_section(const Article& article) {
  return is_specific(article.section) ? as_kicker(article.section) : std::string();
}

std::string places(const Article& article) {
  if (!is_english(article)) return {};
  return place_label(find_places(article.title, article.body));
}

std::string first_tag(const Article& article) {
  const auto found = std::find_if(article.tags.begin(), article.tags.end(), is_specific);
  return found == article.tags.end() ? std::string() : as_kicker(*found);
}

std::string name(const Article& article) {
  return is_english(article) ? leading_name(article.title, article.body) : std::string();
}

std::string any_section(const Article& article) {
  return is_label(article.section) ? as_kicker(article.section) : std::string();
}

struct Way {
  KickerOrigin origin;
  std::string (*label)(const Article& article);
};

constexpr std::array kWays = {Way{KickerOrigin::tag, tag_of_title},
                              Way{KickerOrigin::section, specific_section},
                              Way{KickerOrigin::place, places},
                              Way{KickerOrigin::tag, first_tag},
                              Way{KickerOrigin::name, name},
                              Way{KickerOrigin::section, any_section}};

}  // namespace

void set_kicker(Article& article) {
  for (const Way& way : kWays) {
    std::string label = way.label(article);
    if (label.empty()) continue;
    article.kicker = std::move(label);
    article.kicker_from = way.origin;
    return;
  }
}

}  // namespace broadsheet::indexer
