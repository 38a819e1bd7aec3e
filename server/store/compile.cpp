// Compiling. A word's cursors serve matching and scoring at once; a scorer whose word need not
// match keeps a cursor of its own.
#include "server/store/compile.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

#include "schema/fields.h"
#include "schema/text.h"
#include "server/store/phrase_cursor.h"

namespace broadsheet::server {
namespace {

constexpr std::size_t kNoScorer = std::numeric_limits<std::size_t>::max();

std::string title_term(const std::string& stem) {
  return std::string(row_of(Field::title).prefix) + stem;
}

class Compiler {
 public:
  Compiler(Reading reading, const CompileContext& context) : reading_(reading), context_(context) {}

  using Cursors = std::vector<std::unique_ptr<Cursor>>;

  std::unique_ptr<Cursor> cursor_of(const QueryNode& node, bool scored) {
    switch (node.kind) {
      case NodeKind::word:
        return word(node, scored);
      case NodeKind::phrase:
        return phrase(node, scored);
      case NodeKind::label:
        return terms_cursor(node.terms);
      case NodeKind::group:
        return all_of(children_of(node, reading_), scored);
    }
    return everything();
  }

  // What a list of children gives under their occurs.
  std::unique_ptr<Cursor> all_of(const std::vector<const QueryNode*>& children, bool scored) {
    Cursors restricting;
    Cursors required;
    Cursors optional;
    Cursors excluded;
    for (const QueryNode* child : children) {
      const Occur occur = occur_of(*child, reading_);
      auto cursor = cursor_of(*child, scored && occur != Occur::excluded);
      if (occur == Occur::excluded) {
        excluded.push_back(std::move(cursor));
      } else if (occur == Occur::optional) {
        optional.push_back(std::move(cursor));
      } else {
        (is_restriction(*child) ? restricting : required).push_back(std::move(cursor));
      }
    }
    if (required.empty() && !optional.empty()) {
      required.push_back(one_of(std::move(optional)));
    } else {
      // Beside required children they only score: their cursors are kept for that.
      std::move(optional.begin(), optional.end(), std::back_inserter(compiled_.owned));
    }
    std::move(restricting.begin(), restricting.end(), std::back_inserter(required));
    auto base = intersect(std::move(required));
    if (excluded.empty()) return base;
    return std::make_unique<DifferenceCursor>(std::move(base), one_of(std::move(excluded)));
  }

  // `cursors` get the word's; without, they are kept for scoring alone. `is_match`: as Scorer.
  void add_word_scorers(const QueryNode& word, bool is_match, Cursors* cursors) {
    const std::vector<std::string> stems = terms_asked(word, context_);
    std::uint64_t articles = 0;
    for (const std::string& stem : stems)
      articles += context_.articles_with(stem);
    for (const std::string& stem : stems) {
      const auto [scored, is_new] = scored_.try_emplace(stem, kNoScorer);
      // A word said twice in a query is asked for once; only its match still needs a cursor.
      if (!is_new) {
        if (is_match && scored->second != kNoScorer)
          compiled_.words[scored->second].is_match = true;
        if (cursors != nullptr)
          cursors->push_back(std::make_unique<TermCursor>(context_.part, stem));
        continue;
      }
      auto cursor = std::make_unique<TermCursor>(context_.part, stem);
      if (cursor->doc() != kNoMoreDocs) {
        scored->second = compiled_.words.size();
        add_scorer(word, stem, *cursor, {context_.stats, articles, 1.0}, is_match);
      }
      (cursors == nullptr ? compiled_.owned : *cursors).push_back(std::move(cursor));
    }
  }

  // A word or phrase of a bag.
  void add_to_bag(const QueryNode& node) {
    if (node.kind == NodeKind::word) {
      add_word_scorers(node, true, nullptr);
    } else {
      compiled_.phrases.push_back(phrase(node, true));
    }
  }

  CompiledQuery finish() { return std::move(compiled_); }

 private:
  std::unique_ptr<Cursor> everything() {
    auto all = std::make_unique<TermCursor>(context_.part, "");
    if (context_.part.tombstones == 0) return all;
    return std::make_unique<DifferenceCursor>(
        std::move(all),
        std::make_unique<TermCursor>(context_.part, std::string(row_of(Field::tombstone).prefix)));
  }

  std::unique_ptr<Cursor> one_of(Cursors cursors) {
    if (cursors.size() == 1) return std::move(cursors.front());
    return std::make_unique<UnionCursor>(std::move(cursors));
  }

  // Everything when there is nothing to intersect.
  std::unique_ptr<Cursor> intersect(Cursors cursors) {
    if (cursors.empty()) return everything();
    if (cursors.size() == 1) return std::move(cursors.front());
    return std::make_unique<IntersectionCursor>(std::move(cursors));
  }

  std::unique_ptr<Cursor> terms_cursor(const std::vector<std::string>& terms) {
    Cursors cursors;
    cursors.reserve(terms.size());
    for (const std::string& term : terms) {
      cursors.push_back(std::make_unique<TermCursor>(context_.part, term));
    }
    return one_of(std::move(cursors));
  }

  std::unique_ptr<Cursor> word(const QueryNode& node, bool scored) {
    if (!scored) return terms_cursor(terms_asked(node, context_));
    Cursors cursors;
    add_word_scorers(node, true, &cursors);
    return one_of(std::move(cursors));
  }

  std::unique_ptr<Cursor> phrase(const QueryNode& node, bool scored) {
    if (scored) {
      for (const QueryNode& word : node.words)
        add_word_scorers(word, false, nullptr);
    }
    // The body begins kTitleGap behind the title's last word, so a lower position is in the title.
    const std::uint32_t last_start =
        node.field == Field::title ? kTitleGap : std::numeric_limits<std::uint32_t>::max();
    return std::make_unique<PhraseCursor>(context_.part, node.terms, node.offsets, last_start);
  }

  void add_scorer(const QueryNode& word,
                  const std::string& stem,
                  TermCursor& cursor,
                  const Bm25Weight& weight,
                  bool is_match) {
    compiled_.words.push_back({&cursor, weight, cursor.bound(weight), std::nullopt, is_match});
    if (word.field == Field::body) add_title_bonus(stem, compiled_.words.back());
  }

  void add_title_bonus(const std::string& stem, Scorer& word) {
    const std::string term = title_term(stem);
    const std::uint64_t articles = context_.articles_with(term);
    if (articles == 0) return;
    auto cursor = std::make_unique<TermCursor>(context_.part, term);
    if (cursor->doc() == kNoMoreDocs) return;
    word.title = {cursor.get(), Bm25Weight(context_.stats, articles, kTitleScale)};
    word.bound += cursor->bound(word.title->weight);
    compiled_.owned.push_back(std::move(cursor));
  }

  Reading reading_;
  const CompileContext& context_;
  CompiledQuery compiled_;
  std::map<std::string, std::size_t> scored_;  // which scorer a stem has
};

// Words and phrases of which any one makes a match; a single required word is such a bag too.
bool is_flat_bag(const std::vector<const QueryNode*>& children, Reading reading) {
  if (children.size() == 1 && children.front()->kind == NodeKind::word)
    return occur_of(*children.front(), reading) != Occur::excluded;
  return !children.empty() &&
         std::all_of(children.begin(), children.end(), [&](const QueryNode* child) {
           const bool is_leaf = child->kind == NodeKind::word || child->kind == NodeKind::phrase;
           return is_leaf && occur_of(*child, reading) == Occur::optional;
         });
}

}  // namespace

std::vector<std::string> terms_asked(const QueryNode& node, const CompileContext& context) {
  if (node.kind != NodeKind::word || node.terms.size() == 1) return node.terms;
  std::vector<std::string> stems;
  std::copy_if(node.terms.begin(), node.terms.end(), std::back_inserter(stems), context.is_stem);
  return stems.empty() ? node.terms : stems;
}

bool is_small(const QueryNode& root, std::uint64_t articles, const CompileContext& context) {
  std::uint64_t total = 0;
  for (const QueryNode& child : root.children) {
    for (const std::string& term : terms_asked(child, context))
      total += context.articles_with(term);
    if (total > articles) return false;
  }
  return true;
}

CompiledQuery compile(const QueryNode& root,
                      const std::vector<QueryNode>& filters,
                      Reading reading,
                      Shape shape,
                      const CompileContext& context) {
  Compiler compiler(reading, context);
  auto children = children_of(root, reading);
  for (const QueryNode& filter : filters)
    children.push_back(&filter);
  const auto middle =
      std::stable_partition(children.begin(), children.end(), [](const QueryNode* child) {
        return !is_restriction(*child) || child->occur == Occur::optional;
      });
  const std::vector<const QueryNode*> asking(children.begin(), middle);
  const std::vector<const QueryNode*> restricting(middle, children.end());
  std::unique_ptr<Cursor> matches;
  std::unique_ptr<Cursor> filter;
  if (shape == Shape::bag_if_flat && is_flat_bag(asking, reading)) {
    for (const QueryNode* node : asking)
      compiler.add_to_bag(*node);
    if (!restricting.empty()) filter = compiler.all_of(restricting, false);
  } else {
    matches = compiler.all_of(children, shape != Shape::matches_only);
  }
  CompiledQuery compiled = compiler.finish();
  compiled.matches = std::move(matches);
  compiled.filter = std::move(filter);
  return compiled;
}

}  // namespace broadsheet::server
