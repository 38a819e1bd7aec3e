// A query as Broadsheet understands it, before any engine sees it. search/query builds it from
// text, store/compile runs it. Plain values: copy freely, no thread cares.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/doc_id.h"
#include "schema/fields.h"

namespace broadsheet::server {

// How many of the unmarked words must occur. `automatic`: all when at least kEnoughForAll articles
// hold them all, else any.
enum class MatchMode { automatic, all, any };
inline constexpr std::uint64_t kEnoughForAll = 10;

// What MatchMode::automatic gives up to find enough.
enum class Relaxing {
  none,
  runs,  // the pairs of a run of a script without blanks may stand apart
  words  // and any word or pair is enough
};

// What a child means to its group. `loose`: required or optional, as the match mode decides.
enum class Occur { loose, required, optional, excluded };

// What a node asks for.
enum class NodeKind {
  word,    // any of `terms` (the stems of one query word); scored
  phrase,  // `terms` (exact forms) in a row, `offsets` apart; a one-word phrase means that exact
           // form
  label,   // any of `terms` (label terms of schema/fields.h); never scored
  near,    // `operands`, each as close to the one before it as `steps` ask
  group    // children, each with its occur; an empty group matches every article
};

// How close one operand of NEAR or ADJ stands to the one before it: 1 is right beside it.
struct NearStep {
  std::uint32_t distance = 10;
  bool is_ordered = false;  // ADJ: behind it

  friend bool operator==(const NearStep&, const NearStep&) = default;
};

inline constexpr std::uint32_t kMaxNear = 100;

// A node of the query tree. Depth is at most kMaxQueryDepth.
//
// A group matches an article when every required child does and no excluded one; without a required
// child other than labels at least one optional child must match, where there is one.
struct QueryNode {
  NodeKind kind = NodeKind::group;
  Occur occur = Occur::loose;
  Field field = Field::body;  // body: title and body together; title: the title alone
  std::vector<std::string> terms;
  std::string exact;                   // word: its exact form, without prefix
  std::string starts_with;             // word with a wildcard: how all of `terms` begin, as `exact`
  std::vector<QueryNode> words;        // phrase: each of its words, for weights
  std::vector<std::uint32_t> offsets;  // phrase: position of each term relative to the first
  bool is_run = false;        // phrase: of a script without blanks, so nobody asked for a phrase
  bool is_stop_word = false;  // dropped unless every word is one or match=all asks for it
  double weight = 1;          // of a word, or of each of a phrase's: less for what was not typed
  bool is_nearly_stop_word = false;  // beside other words, or in small letters, it would be one
  std::vector<QueryNode> kin;        // word: other words that add to the scores of what matches
  std::vector<QueryNode> children;   // group only
  std::vector<QueryNode> operands;   // near: words, phrases, groups of these of which any will do
  std::vector<NearStep> steps;       // near: one fewer than operands
  std::uint32_t begin = 0;           // byte range in the query text, for errors
  std::uint32_t end = 0;
};

inline constexpr int kMaxQueryDepth = 8;
inline constexpr std::size_t kMaxQueryWords = 64;
inline constexpr std::size_t kMaxQueryBytes = 4096;

// Something repaired or cut in a query, told to the client.
struct QueryWarning {
  std::string message;
  std::uint32_t position = 0;  // byte offset in the query text
};

// Published times [from, to) in seconds since 1970 UTC; undated articles are outside any window.
struct TimeWindow {
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;

  [[nodiscard]] bool is_open() const { return !from && !to; }

  [[nodiscard]] bool is_empty() const { return from && to && *from >= *to; }
};

// How much the articles of a source count: a factor of their scores.
struct SourceWeight {
  std::string term;  // of the source's id, as label_term() makes it
  double weight = 1;
};

// What scores are multiplied by for an article's labels.
struct ScoreLabels {
  std::vector<SourceWeight> sources;  // other than 1
  std::vector<std::string> lasting;   // terms of genres that recency lasts longer for
};

// A parsed query: the tree, what it says of time, and what clients are told about it.
struct QueryPlan {
  QueryNode root;                  // a group
  TimeWindow window;               // of all dates in the query
  std::vector<std::string> dates;  // as they are printed: after:2025-04-01
  std::vector<QueryWarning> warnings;
  ScoreLabels score_labels;  // no part of the text: the search puts them here
};

enum class Sort { relevance, newest, oldest };

// Score factor floor + (1 - floor) * 2^(-age / half_life); undated articles get its middle.
// half_life 0: off.
struct Recency {
  double half_life_days = 0;
  double floor = 0.5;
  std::int64_t now = 0;  // seconds since 1970 UTC
};

// Where a list in time order goes on: after this time and number. `published` empty: among the
// undated. Numbers are the same in every generation, so a position outlives a rebuild.
struct TimePosition {
  std::optional<std::int64_t> published;
  DocId doc_id = 0;
};

}  // namespace broadsheet::server
