// The names that other writers use for our fields. A field's own name is always the surest; the
// order in a row is the order of trust.
#include <algorithm>
#include <array>
#include <map>

#include "indexer/readers/field_map.h"

namespace broadsheet::indexer {
namespace {

struct Names {
  std::string_view target;
  std::string_view folded;  // in lower case, letters and digits alone, each between blanks
};

constexpr std::array kNames = {
    Names{"id", " id articleid guid uuid docid documentid "},
    Names{"url", " url link href permalink articleurl weburl canonicalurl pageurl "},
    Names{"title", " title headline articletitle webtitle newstitle "},
    Names{"body",
          " body text content articlebody bodytext fulltext articletext article maintext "
          "articlecontent newscontent fullcontent story "},
    Names{"body_html", " bodyhtml contenthtml html articlehtml "},
    Names{"summary",
          " summary description abstract standfirst excerpt trailtext teaser shortdescription "
          "snippet dek lead "},
    Names{"published",
          " published publishedat date pubdate datepublished publicationdate publishdate "
          "webpublicationdate publishedon publisheddate publishtime dateposted posteddate created "
          "createdat datetime timestamp "},
    Names{"updated",
          " updated updatedat modified modifiedat datemodified lastmodified lastupdated "},
    Names{"source",
          " source sourcename publisher publication newspaper outlet newssource sitename "},
    Names{"author", " author authors byline creator writer journalist authorname "},
    Names{"section", " section category sectionname newsdesk desk categoryname "},
    Names{"kicker", " kicker "},
    Names{"genre", " genre "},
    Names{"language", " language lang languagecode "},
    Names{"tags", " tags keywords tag keyword subjects topics "},
    Names{"image", " image imageurl urltoimage thumbnail imagelink leadimage "},
    Names{"status", " status "},
    Names{"embargoed_until", " embargoeduntil embargo embargoed "},
    Names{"expires", " expires expirydate expiresat "},
    Names{"correction", " correction "},
    Names{"access", " access "},
    Names{"prompt", " prompt "},
};

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 64)) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

}  // namespace

KnownName known_name(std::string_view name) {
  const std::string word = " " + folded(name) + " ";
  if (word.size() < 4) return {};
  for (const Names& row : kNames) {
    const std::size_t at = row.folded.find(word);
    if (at == std::string_view::npos) continue;
    const std::string_view before = row.folded.substr(0, at);
    const auto rank = static_cast<int>(std::count(before.begin(), before.end(), ' '));
    return {row.target, name == row.target ? 0 : rank + 1};
  }
  return {};
}

FieldMap map_of_names(const std::vector<std::string>& names) {
  std::map<std::string_view, std::vector<std::pair<int, std::string>>> found;
  for (const std::string& name : names) {
    const KnownName known = known_name(name);
    if (!known.target.empty()) found[known.target].emplace_back(known.rank, name);
  }
  FieldMap map;
  for (auto& [target, sources] : found) {
    std::stable_sort(sources.begin(), sources.end(), [](const auto& a, const auto& b) {
      return a.first < b.first;
    });
    FieldRule rule{std::string(target), {}, SourceUse::first_present};
    for (auto& [rank, name] : sources)
      rule.sources.push_back(std::move(name));
    map.rules.push_back(std::move(rule));
  }
  return map;
}

}  // namespace broadsheet::indexer
