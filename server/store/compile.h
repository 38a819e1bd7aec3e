// From a query tree to cursors and scorers over one part.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/store/bm25.h"
#include "server/store/cursor.h"
#include "server/store/part_view.h"
#include "server/store/query_plan.h"
#include "server/store/reading.h"

namespace broadsheet::server {

// Adds one term's weight to the score of articles that hold it.
struct Scorer {
  TermCursor* cursor;  // owned by the compiled query
  Bm25Weight weight;
  double bound;  // no article of the part gets more from this term
};

// A query over one part, ready to walk. Points into itself: move it whole.
struct CompiledQuery {
  // Gives every match. Empty in a bag: there the matches are the articles any word's scorer gives.
  std::unique_ptr<Cursor> matches;
  // Restricts a bag to some articles; empty when nothing does.
  std::unique_ptr<Cursor> filter;
  std::vector<Scorer> words;    // a match holds at least one of a bag's words
  std::vector<Scorer> bonuses;  // title terms: never without their word
  std::vector<std::unique_ptr<Cursor>> owned;
};

// What compiling needs to know of the whole index.
struct CompileContext {
  const PartView& part;
  CollectionStats stats;
  // Articles that hold a term, over all parts.
  std::function<std::uint64_t(const std::string&)> articles_with;
  // Whether any text has the term for a stem; else it is an exact form alone.
  std::function<bool(const std::string&)> is_stem;
};

// The terms of a word or label that add articles: an exact form that is nobody's stem does not.
[[nodiscard]] std::vector<std::string> terms_asked(const QueryNode& node,
                                                   const CompileContext& context);

enum class Shape {
  cursors,      // always with `matches`
  bag_if_flat,  // a flat group of optional words becomes a bag, which ranks faster
  matches_only  // `matches` without scorers
};

// Whether the words of a plan without required parts occur in so few articles that walking them
// all costs no more than skipping does; the walk counts them too.
[[nodiscard]] bool is_small(const QueryNode& root,
                            std::uint64_t articles,
                            const CompileContext& context);

// Compiles a plan with its filters, which are required or excluded. Throws Xapian::Error.
[[nodiscard]] CompiledQuery compile(const QueryNode& root,
                                    const std::vector<QueryNode>& filters,
                                    Reading reading,
                                    Shape shape,
                                    const CompileContext& context);

}  // namespace broadsheet::server
