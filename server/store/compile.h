// From a query tree to cursors and scorers over one part.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/store/bm25.h"
#include "server/store/cursor.h"
#include "server/store/part_view.h"
#include "server/store/query_plan.h"
#include "server/store/reading.h"

namespace broadsheet::server {

// A word's title term, which adds to the word's score where the title holds it.
struct TitleBonus {
  TermCursor* cursor;  // owned by the compiled query
  Bm25Weight weight;
};

// Adds one term's weight to the score of articles that hold it.
struct Scorer {
  TermCursor* cursor;  // owned by the compiled query
  Bm25Weight weight;
  double bound;  // no article of the part gets more from this term, its title bonus included
  std::optional<TitleBonus> title;
  bool is_match = true;  // in a bag: an article with this term matches; else a phrase must tell
  const QueryNode* word = nullptr;  // of the plan, whose term this is; null for related links
};

// A query over one part, ready to walk. Points into itself: move it whole.
struct CompiledQuery {
  // Gives every match. Empty in a bag: there the matches are the articles with one of its words or
  // one of its phrases.
  std::unique_ptr<Cursor> matches;
  // Restricts a bag to some articles; empty when nothing does.
  std::unique_ptr<Cursor> filter;
  std::vector<Scorer> words;                     // those of phrases, too
  std::vector<std::unique_ptr<Cursor>> phrases;  // of a bag
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

// The terms of a word or label that add articles: an exact form that is nobody's stem does not,
// unless a wildcard stands for it.
[[nodiscard]] std::vector<std::string> terms_asked(const QueryNode& node,
                                                   const CompileContext& context);

enum class Shape {
  cursors,      // always with `matches`
  bag_if_flat,  // a flat group of optional words and phrases becomes a bag, which ranks faster
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
