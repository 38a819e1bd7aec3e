// Two tables: members that have a counterpart, and why the others have none.
#include "tests/support/feed_answers.h"

#include <array>
#include <optional>
#include <sstream>

#include "indexer/normalize/dates.h"
#include "indexer/normalize/html_text.h"
#include "indexer/normalize/text.h"

namespace broadsheet::tests {
namespace {

using indexer::Feed;
using indexer::FeedItem;
using indexer::FeedPerson;
using indexer::FeedText;
using Values = std::vector<std::string>;

struct Reason {
  const char* part;  // of the path
  const char* why;
};

// The first row that fits counts.
constexpr std::array kNotApplicable = {
    Reason{"extensions", "extensions as such: what is useful of them is read into the model"},
    Reason{"dcExt", "extensions as such: what is useful of them is read into the model"},
    Reason{"itunesExt", "extensions as such: what is useful of them is read into the model"},
    Reason{"custom", "elements that no format defines"},
    Reason{"cloud", "subscription by remote calls"},
    Reason{"extinput", "a search box of the site"},
    Reason{"extInput", "a search box of the site"},
    Reason{"generator", "the program that wrote the feed"},
    Reason{"rights", "rights are not kept"},
    Reason{"copyright", "rights are not kept"},
    Reason{"license", "rights are not kept"},
    Reason{"contributor", "contributors are not authors"},
    Reason{"publisher", "the publisher beside the feed's own title"},
    Reason{"validity", "dates of validity"},
    Reason{"wfw_", "addresses of comment feeds"},
    Reason{"where", "places (georss)"},
    Reason{"media_player", "players"},
    Reason{"_detail.type", "the type of a text as such"},
    Reason{"_detail.base", "the base of a text as such"},
    Reason{"scheme", "schemes of tags"},
    Reason{"image.title", "the site's logo as such"},
    Reason{"image.description", "the site's logo as such"},
    Reason{"source.icon", "other members of an item's source than its name"},
    Reason{"source.link", "other members of an item's source than its name"},
    Reason{"source.updated", "other members of an item's source than its name"},
    Reason{"source.url", "other members of an item's source than its name"},
    Reason{"version", "the version of the format"},
    Reason{"feedType", "the version of the format"},
    Reason{"feedVersion", "the version of the format"},
    Reason{".length", "sizes of enclosures"},
    Reason{".rel", "links as such, beside the one to the article"},
    Reason{".hreflang", "links as such, beside the one to the article"},
    Reason{"links.1", "links as such, beside the one to the article"},
    Reason{"links.2", "links as such, beside the one to the article"},
    Reason{"links.0.t", "links as such, beside the one to the article"},
    Reason{"feed.links.0", "links as such, beside the one to the article"},
    Reason{"len(entries.0.links)", "links as such, beside the one to the article"},
    Reason{".uri", "home pages of people"},
    Reason{"authors.0.url", "home pages of people"},
    Reason{"authors.1.url", "home pages of people"},
};

std::string plain(const std::string& html) {
  return indexer::clean_line(indexer::html_to_text(html)).text;
}

Values texts(const FeedText& text) {
  return {text.value, "<div>" + text.value + "</div>", plain(text.value)};
}

Values dates(const std::string& text) {
  constexpr std::int64_t kNow = 1'800'000'000;
  const auto time = indexer::read_publication_date(text, kNow);
  return {time ? format_utc(time->seconds) : "no date: " + text};
}

Values people(const FeedItem& item, std::size_t index) {
  if (index >= item.authors.size()) return {};
  const FeedPerson& person = item.authors[index];
  return {person.name,
          person.email,
          person.name + " (" + person.email + ")",
          person.email + " (" + person.name + ")"};
}

struct Member {
  std::string_view paths;  // each between blanks
  Values (*read)(const FeedItem& item);
};

const std::array kMembers = {
    Member{" title title_detail.value ", [](const FeedItem& item) { return texts(item.title); }},
    Member{" description summary subtitle tagline info summary_detail.value subtitle_detail.value ",
           [](const FeedItem& item) { return texts(item.summary); }},
    Member{" content content.0.value ", [](const FeedItem& item) { return texts(item.content); }},
    Member{" link links.0 ", [](const FeedItem& item) { return Values{item.link}; }},
    Member{" id guid ", [](const FeedItem& item) { return Values{item.id}; }},
    Member{" guidislink ",
           [](const FeedItem& item) { return Values{item.id_is_link ? "true" : "false"}; }},
    Member{" language ", [](const FeedItem& item) { return Values{item.language}; }},
    Member{" published pubDate ", [](const FeedItem& item) { return Values{item.published}; }},
    Member{" updated ", [](const FeedItem& item) { return Values{item.updated}; }},
    Member{" publishedParsed pubDateParsed ",
           [](const FeedItem& item) { return dates(item.published); }},
    Member{" updatedParsed ", [](const FeedItem& item) { return dates(item.updated); }},
    Member{" author managingEditor webMaster ",
           [](const FeedItem& item) { return people(item, 0); }},
    Member{" image.url media_thumbnail.0.url ",
           [](const FeedItem& item) { return Values{item.image.url}; }},
    Member{" source.title ", [](const FeedItem& item) { return Values{item.source_name}; }},
    Member{" len(tags) ",
           [](const FeedItem& item) { return Values{std::to_string(item.tags.size())}; }},
    Member{" enclosure.url ",
           [](const FeedItem& item) {
             return item.enclosures.empty() ? Values{} : Values{item.enclosures.back().url};
           }},
    Member{" enclosure.type ",
           [](const FeedItem& item) {
             return item.enclosures.empty() ? Values{} : Values{item.enclosures.back().type};
           }},
};

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> parts;
  std::istringstream stream(path);
  for (std::string part; std::getline(stream, part, '.');)
    parts.push_back(part);
  return parts;
}

// "authors.1.name", "author_detail.email", "tags.0.term", "enclosures.0.url"; empty for others.
std::optional<Values> numbered(const FeedItem& item, const std::string& path) {
  const auto parts = split(path);
  const std::string list = parts.empty() ? "" : parts.front();
  const std::size_t index = parts.size() > 1 && is_number(parts[1]) ? std::stoul(parts[1]) : 0;
  if (list == "author" || list == "authors" || list == "author_detail") {
    if (index >= item.authors.size()) return Values{};
    const FeedPerson& person = item.authors[index];
    return Values{parts.back() == "email" ? person.email : person.name};
  }
  if (list == "enclosures") {
    if (index >= item.enclosures.size()) return Values{};
    const auto& enclosure = item.enclosures[index];
    return Values{parts.back() == "type" ? enclosure.type : enclosure.url};
  }
  if (list != "tags" && list != "categories") return std::nullopt;
  return index < item.tags.size() ? Values{item.tags[index]} : Values{};
}

FeedAnswer ask(const FeedItem& item, const std::string& path) {
  for (const Member& member : kMembers) {
    if (member.paths.find(" " + path + " ") != std::string_view::npos)
      return {member.read(item), ""};
  }
  if (auto values = numbered(item, path)) return {*values, ""};
  return {{"no member for " + path}, ""};
}

}  // namespace

FeedAnswer answer_of(const Feed& feed, const std::string& path) {
  for (const Reason& reason : kNotApplicable) {
    if (path.find(reason.part) != std::string::npos) return {{}, reason.why};
  }
  if (path == "encoding") return {{feed.encoding}, ""};
  if (path == "len(entries)") return {{std::to_string(feed.items.size())}, ""};
  const bool is_length = path.starts_with("len(");
  const std::string inside = is_length ? path.substr(4) : path;
  const auto parts = split(inside);
  const std::string prefix = is_length ? "len(" : "";
  if (parts.front() == "feed") return ask(feed.about, prefix + inside.substr(5));
  if (parts.size() < 3 || parts.front() != "entries") return {{"no member for " + path}, ""};
  const std::size_t index = std::stoul(parts[1]);
  if (index >= feed.items.size()) return {{}, ""};
  const std::string rest = prefix + inside.substr(parts[0].size() + parts[1].size() + 2);
  // An image in the text counts once the item becomes an article.
  if (rest == "image.url") return {{indexer::articles_of(feed)[index].image_url.value_or("")}, ""};
  return ask(feed.items[index], rest);
}

}  // namespace broadsheet::tests
