// What search takes and gives: requests, hits, answers. No HTTP, no JSON, no Xapian here.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/article.h"
#include "server/search/explanation.h"
#include "server/search/facet_types.h"
#include "server/search/related_types.h"
#include "server/store/catalog_history.h"
#include "server/store/date_field.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

enum class Highlight { html, offsets, none };

// One restriction by label: any of the values (or, when `excluded`, none of them). Several filters
// all hold.
struct Filter {
  Field field = Field::section;
  std::vector<std::string> values;  // as the client wrote them; folded when they become terms
  bool excluded = false;
};

struct SearchRequest {
  std::string query;  // as typed; empty: every article
  MatchMode match = MatchMode::automatic;
  bool strict = false;  // a repaired query is an error instead of a warning
  std::vector<Filter> filters;
  TimeWindow window;
  DateRule dates;          // which time the window, the histogram and the years go by
  std::string tz = "UTC";  // whose days, weeks, ... are counted by
  Sort sort = Sort::relevance;
  bool by_first_seen = false;          // with Sort::newest: by when articles were first seen
  Recency recency;                     // half_life_days 0: off
  std::string recency_preset = "off";  // told back to the client; "custom" for half_life
  Collapse collapse = Collapse::duplicate;
  int limit = 10;      // 0 to 100
  std::string cursor;  // empty: the first page
  Highlight highlight = Highlight::html;
  int snippet_chars = 240;  // Unicode code points, 40 to 2000
  int related = 0;          // related links for each hit, 0 to 5
  // What the desk decided on the links of a hit with this id; empty: nothing.
  std::function<LinkRules(const std::string& id)> link_rules;
  std::vector<FacetRow> facets;  // what to count, in the order of the answer
  int facet_limit = 20;          // values of a facet, 1 to 20
  std::optional<Interval> histogram;
  bool wants_snippets = true;    // false: hits come without,
  bool wants_title_html = true;  // and it saves the work
  bool explain = false;          // each hit tells why it ranks where it does
  std::int64_t now = 0;          // fixes decay and relative dates; seconds since 1970 UTC
  std::int64_t clock = 0;        // the real clock, for visibility alone
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

// A piece of an article's text with the query's words marked.
struct Snippet {
  std::string text;  // plain, at most about snippet_chars code points; "…" where it was cut
  std::string html;  // escaped, matches in <mark>…</mark>; empty unless Highlight::html
  std::vector<std::pair<std::uint32_t, std::uint32_t>>
      matches;                // start, length in code points of `text`
  Field field = Field::body;  // body, or title when the body is empty
};

struct Hit {
  StoredArticle article;        // with body
  std::optional<double> score;  // empty unless sorted by relevance
  Snippet snippet;
  std::string title_html;
  std::uint64_t duplicates = 0;  // other visible members of its duplicate group
  // Collapse::source and Collapse::story: other matches of its source or story
  std::optional<std::uint64_t> folded;
  std::vector<RelatedLink> related;
  std::optional<Explanation> explanation;  // where it was asked for
};

// How many articles match. `lower` and `upper` bound the true number.
struct Total {
  enum class Relation { eq, approx, gte };
  std::uint64_t value = 0;
  Relation relation = Relation::eq;
  std::uint64_t lower = 0;
  std::uint64_t upper = 0;
};

struct SearchResponse {
  std::string parsed;
  std::string language;     // of the query when one was asked for, else the archive's main one
  bool matched_all = true;  // which match mode the answer used
  bool relaxed = false;     // automatic fell back from all to any
  std::vector<QueryWarning> warnings;
  std::string did_you_mean;  // the query without its slips; empty when there is nothing to say
  bool is_known = true;      // some article holds each of its words; told of first pages alone
  Total total;
  std::vector<Hit> hits;
  std::vector<Facet> facets;  // as asked for
  std::optional<Histogram> histogram;
  std::string next_cursor;     // empty at the end
  std::uint64_t position = 0;  // hits on the pages before
  std::string archive;         // its name among all archives; filled with by_first_seen alone,
  std::optional<std::int64_t> changed;  // as this: when an article of it changed last
  IndexState index;
  // The deadline passed, or phrases took more than their share: what was found so far, perhaps
  // without links and snippets.
  bool partial = false;
};

// Why one article is where it is in the answer to a search.
struct ExplainResponse {
  StoredArticle article;
  SearchResponse search;  // without hits
  // Empty: the index does not hold the article yet.
  std::optional<Explanation> explanation;
  // Its place among all matches by relevance, from 1, before any fold; empty beyond the first 1,000
  // and for no match.
  std::optional<std::size_t> rank;
};

// An article and its versions.
struct ArticleHistory {
  StoredArticle article;
  RevisionPage page;
};

}  // namespace broadsheet::server
