// Query text to query tree: what a reader types becomes a QueryPlan, whatever it is. Broken input
// is repaired and told in warnings, so parsing fails only when `strict` asks for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/result.h"
#include "schema/text.h"
#include "server/store/query_plan.h"
#include "server/store/reading.h"

namespace broadsheet::server {

// How a query is read.
struct QueryOptions {
  MatchMode match = MatchMode::automatic;
  // ISO 639-1 codes to stem in: those asked for, else all that the archive holds. None: exact
  // forms.
  std::vector<std::string> languages;
  bool strict = false;       // the first repair is an error instead of a warning
  std::int64_t now = 0;      // seconds since 1970 UTC, for when:7d
  std::string zone = "UTC";  // in which days begin, as TimeZone::find() knows it
};

// Reads `text` in time linear in its first kMaxQueryBytes bytes; what lies beyond, and what lies
// beyond kMaxQueryWords words, is cut off with a warning. Any bytes will do.
//
// Grammar: words; "phrases" in straight or typographic quotes; AND, OR, NOT in capitals; + and -
// before a word, phrase or group; ( ); name: before any of these, with the names of kQueryPrefixes.
// NEAR/n and ADJ/n (n words apart at most, 10 without a number; ADJ in this order) stand between
// words, phrases and (a OR b); in a chain each operand is near the one before it.
// NEAR binds closest, then NOT, AND, OR; what merely stands side by side is loose. A word of
// several tokens (COVID-19, a run of Chinese) is a phrase of them, found and weighed like a word.
// What is elided before a word (l'Iran) is left out. The values of a label in parentheses,
// source:(a b), are alternatives, as are those of a list, source:cnn,"The Hill". Dates (after:,
// before:, when:, date:, see date_window()) narrow the whole query, wherever they stand. Stop words
// are those of one language: the one that most of the words speak for, else the first; what matters
// in another that is as likely is none. A * ends a word of three letters or more that stands for
// all that begin like it (query_wildcards.h).
//
// The terms of a node: Field::body has plain terms; a word in Field::title has the title prefix
// before each of its terms; a phrase in Field::title has plain `terms` (titles keep their positions
// in the common space) and prefixed terms in `words`; labels have label_term(). A restriction
// (label, or a group of nothing else) is required or excluded, never loose.
//
// With `strict`, a query that needs repair is invalid_argument; the message ends in "at byte N".
[[nodiscard]] Result<QueryPlan> parse_query(std::string_view text,
                                            const QueryOptions& options,
                                            TextAnalyzer& analyzer);

// The tree in words, such as `japan AND "trade war" AND NOT title:china`: what was asked for under
// this reading, as it was typed but for capitals. Read again it gives a tree that means the same,
// and the same text; but spelt out it may be longer or deeper than a query may be, and is then cut
// as any other. `text` is the text that was parsed.
[[nodiscard]] std::string describe(const QueryNode& root, std::string_view text, Reading reading);
// The same with the dates of the plan.
[[nodiscard]] std::string describe(const QueryPlan& plan, std::string_view text, Reading reading);

}  // namespace broadsheet::server
