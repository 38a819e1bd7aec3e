// What is asked and answered about links: related articles, drafts, the finished "Read next" list.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/article.h"

namespace broadsheet::server {

// What folds into the best hit: near-duplicates, one story, one source, nothing.
enum class Collapse { duplicate, story, source, none };

struct IndexState {
  int generation = 0;
  std::int64_t seq = 0;  // the catalog's change_seq that the index has reached
};

// What an article is to the one it is linked to: the same story, later; earlier, explaining or only
// of the same matter; a piece about the news; the same story; nearly the same text.
enum class Relation { update, background, analysis, same_story, duplicate };

// A word that ties two articles, and what share of their likeness it makes: 0 to 1.
struct SharedTerm {
  std::string term;
  double weight = 0;
};

// A stretch of a text, counted in Unicode code points and, for JavaScript, in UTF-16 units.
struct TextSpan {
  std::size_t start = 0;
  std::size_t length = 0;
  std::size_t utf16_start = 0;
  std::size_t utf16_length = 0;
};

// Words that a draft and an article have in a row. Of a draft in HTML the span is of its source.
struct SharedPassage {
  TextSpan draft;
  TextSpan article;  // in the article's body
};

// An article related to another one or to a draft.
struct RelatedLink {
  StoredArticle article;  // without body, unless the request keeps bodies
  Relation relation = Relation::background;
  std::string why;                // one sentence in plain words, without full stop
  std::vector<SharedTerm> terms;  // the words that tie the two, strongest first
  double score = 0;               // 0 to about 2, comparable within one list alone
  double likeness = 0;            // cosine of all words, 0 to 1
  bool pinned = false;            // the desk put it here
  double covered = 0;             // the share of a draft's text that the article holds already
  std::vector<SharedPassage> passages;  // where; empty unless it is a large part
};

// A link that the desk wants shown.
struct PinnedLink {
  std::string id;
  int position = 1;  // in the list, from 1; beyond its end: last
  std::string reason;
};

// What the desk has decided for one article.
struct LinkRules {
  std::vector<PinnedLink> pins;      // shown whatever their likeness, unless hidden or excluded
  std::vector<std::string> blocked;  // article ids never shown
};

// A request for links to a stored article or to a draft.
struct RelatedRequest {
  int limit = 10;                      // 1 to 100
  std::vector<Relation> relations;     // empty: all
  std::optional<double> max_age_days;  // links published at most so long before `now`
  std::vector<std::string> exclude;    // article ids never shown, not even pinned
  Collapse collapse = Collapse::duplicate;
  LinkRules rules;
  bool keep_bodies = false;    // links come with their article's body
  bool wants_anchors = false;  // of a draft: spans to link from
  std::int64_t now = 0;        // seconds since 1970 UTC
  std::int64_t clock = 0;      // the real clock, for visibility alone
  // Past it there are no links.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

// A text nobody has stored.
struct Draft {
  std::string title;
  std::string text;  // plain, or HTML
};

// A span of a draft that may become a link.
struct Anchor {
  TextSpan span;     // of the draft's text as it was sent
  std::string text;  // what stands there
  std::string id;    // of the article to link to, with its names
  std::string url;
  std::string title;
  std::string reason;  // one sentence, without full stop
};

struct RelatedResponse {
  std::vector<RelatedLink> links;  // best first
  std::vector<Anchor> anchors;     // in the order of the draft
  std::vector<std::string> steps;  // what was relaxed so that there are links, in words
  std::string short_reason;  // why there are fewer than asked for; empty when there are enough
  IndexState index;
};

// Which place of the "Read next" list an article has: the latest on this story, what came before
// or explains, what else is new on the beat.
enum class ReadNextSlot { latest, background, beat };

struct ReadNextRequest {
  int limit = 5;                     // 1 to 20
  std::vector<std::string> exclude;  // article ids never shown, not even pinned
  LinkRules rules;
  std::int64_t now = 0;    // seconds since 1970 UTC
  std::int64_t clock = 0;  // the real clock, for visibility alone
};

struct ReadNextItem {
  RelatedLink link;
  ReadNextSlot slot = ReadNextSlot::latest;
  std::string kicker;   // empty when nothing tells one
  std::string summary;  // one sentence that says more than the title; empty when there is none
};

struct ReadNextResponse {
  std::vector<ReadNextItem> items;  // in the order to be shown
  std::string short_reason;         // as in RelatedResponse
  IndexState index;
};

}  // namespace broadsheet::server
