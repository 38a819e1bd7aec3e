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
  group    // children, each with its occur; an empty group matches every article
};

// A node of the query tree. Depth is at most kMaxQueryDepth.
//
// A group matches an article when every required child does and no excluded one; without a required
// child other than labels at least one optional child must match, where there is one.
struct QueryNode {
  NodeKind kind = NodeKind::group;
  Occur occur = Occur::loose;
  Field field = Field::body;  // body: title and body together; title: the title alone
  std::vector<std::string> terms;
  std::vector<QueryNode> words;        // phrase: each of its words, for weights
  std::vector<std::uint32_t> offsets;  // phrase: position of each term relative to the first
  bool is_run = false;        // phrase: of a script without blanks, so nobody asked for a phrase
  bool is_stop_word = false;  // dropped unless every word is one or match=all asks for it
  std::vector<QueryNode> children;  // group only
  std::uint32_t begin = 0;          // byte range in the query text, for errors
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

// A parsed query: the tree, and what clients are told about it.
struct QueryPlan {
  QueryNode root;  // a group
  std::vector<QueryWarning> warnings;
};

// Published times [from, to) in seconds since 1970 UTC; undated articles are outside any window.
struct TimeWindow {
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;

  [[nodiscard]] bool is_open() const { return !from && !to; }
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
