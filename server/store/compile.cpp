// Compiling. A word's cursors serve matching and scoring at once; a scorer whose word need not
// match keeps a cursor of its own.
#include "server/store/compile.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <set>

#include "schema/fields.h"
#include "schema/text.h"
#include "server/store/phrase_cursor.h"

namespace broadsheet::server {
namespace {

std::string title_term(const std::string& stem) {
  return std::string(row_of(Field::title).prefix) + stem;
}

class Compiler {
 public:
  Compiler(Reading reading, const CompileContext& context) : reading_(reading), context_(context) {}

  std::unique_ptr<Cursor> cursor_of(const QueryNode& node, bool scored) {
    switch (node.kind) {
      case NodeKind::word:
        return word(node, scored);
      case NodeKind::phrase:
        return phrase(node, scored);
      case NodeKind::label:
        return terms_cursor(node.terms);
      case NodeKind::group:
        return group(node, scored);
    }
    return everything();
  }

  std::unique_ptr<Cursor> everything() {
    auto all = std::make_unique<TermCursor>(context_.part, "");
    if (context_.part.tombstones == 0) return all;
    return std::make_unique<DifferenceCursor>(
        std::move(all),
        std::make_unique<TermCursor>(context_.part, std::string(row_of(Field::tombstone).prefix)));
  }

  // The children that count under this reading.
  std::vector<const QueryNode*> children_of(const QueryNode& group) const {
    std::vector<const QueryNode*> kept;
    const auto is_dropped = [&](const QueryNode& child) {
      return child.is_stop_word && child.occur == Occur::loose && reading_ != Reading::all_exact;
    };
    const bool all_dropped =
        std::all_of(group.children.begin(), group.children.end(), [&](const QueryNode& child) {
          return child.occur == Occur::excluded || is_dropped(child);
        });
    for (const QueryNode& child : group.children) {
      if (all_dropped || !is_dropped(child)) kept.push_back(&child);
    }
    return kept;
  }

  Occur occur_of(const QueryNode& child) const {
    if (child.occur != Occur::loose) return child.occur;
    return reading_ == Reading::any ? Occur::optional : Occur::required;
  }

  void add_word_scorers(const QueryNode& node, std::vector<std::unique_ptr<Cursor>>* cursors) {
    const std::vector<std::string>& stems = node.kind == NodeKind::phrase ? node.stems : node.terms;
    std::uint64_t articles = 0;
    for (const std::string& stem : stems)
      articles += context_.articles_with(stem);
    for (const std::string& stem : stems) {
      // A word said twice in a query is asked for once; only its match still needs a cursor.
      if (!scored_.insert(stem).second) {
        if (cursors != nullptr)
          cursors->push_back(std::make_unique<TermCursor>(context_.part, stem));
        continue;
      }
      const std::uint64_t group_articles =
          node.kind == NodeKind::phrase ? context_.articles_with(stem) : articles;
      auto cursor = std::make_unique<TermCursor>(context_.part, stem);
      add_scorer(compiled_.words, *cursor, Bm25Weight(context_.stats, group_articles, 1.0));
      (cursors == nullptr ? compiled_.owned : *cursors).push_back(std::move(cursor));
      if (node.field == Field::body) add_title_bonus(stem);
    }
  }

  CompiledQuery finish() { return std::move(compiled_); }

  CompiledQuery& compiled() { return compiled_; }

 private:
  std::unique_ptr<Cursor> one_of(std::vector<std::unique_ptr<Cursor>> cursors) {
    if (cursors.size() == 1) return std::move(cursors.front());
    return std::make_unique<UnionCursor>(std::move(cursors));
  }

  std::unique_ptr<Cursor> terms_cursor(const std::vector<std::string>& terms) {
    std::vector<std::unique_ptr<Cursor>> cursors;
    cursors.reserve(terms.size());
    for (const std::string& term : terms) {
      cursors.push_back(std::make_unique<TermCursor>(context_.part, term));
    }
    return one_of(std::move(cursors));
  }

  std::unique_ptr<Cursor> word(const QueryNode& node, bool scored) {
    if (!scored) return terms_cursor(node.terms);
    std::vector<std::unique_ptr<Cursor>> cursors;
    add_word_scorers(node, &cursors);
    return one_of(std::move(cursors));
  }

  std::unique_ptr<Cursor> phrase(const QueryNode& node, bool scored) {
    if (scored) add_word_scorers(node, nullptr);
    // The body begins kTitleGap behind the title's last word, so a lower position is in the title.
    const std::uint32_t last_start =
        node.field == Field::title ? kTitleGap : std::numeric_limits<std::uint32_t>::max();
    return std::make_unique<PhraseCursor>(context_.part, node.terms, node.offsets, last_start);
  }

  std::unique_ptr<Cursor> group(const QueryNode& node, bool scored) {
    std::map<Occur, std::vector<std::unique_ptr<Cursor>>> cursors;
    for (const QueryNode* child : children_of(node)) {
      const Occur occur = occur_of(*child);
      cursors[occur].push_back(cursor_of(*child, scored && occur != Occur::excluded));
    }
    // The analyser loses sight of the vectors.
    // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
    auto base = base_of(std::move(cursors[Occur::required]), std::move(cursors[Occur::optional]));
    auto& excluded = cursors[Occur::excluded];
    if (excluded.empty()) return base;
    auto none = one_of(std::move(excluded));
    return std::make_unique<DifferenceCursor>(std::move(base), std::move(none));
  }

  // What a group gives before exclusions. Optional children beside required ones only score: their
  // cursors are kept for that.
  std::unique_ptr<Cursor> base_of(std::vector<std::unique_ptr<Cursor>> required,
                                  std::vector<std::unique_ptr<Cursor>> optional) {
    if (required.empty()) return optional.empty() ? everything() : one_of(std::move(optional));
    std::move(optional.begin(), optional.end(), std::back_inserter(compiled_.owned));
    if (required.size() == 1) return std::move(required.front());
    return std::make_unique<IntersectionCursor>(std::move(required));
  }

  void add_title_bonus(const std::string& stem) {
    const std::string term = title_term(stem);
    const std::uint64_t articles = context_.articles_with(term);
    if (articles == 0) return;
    auto cursor = std::make_unique<TermCursor>(context_.part, term);
    add_scorer(compiled_.bonuses, *cursor, Bm25Weight(context_.stats, articles, kTitleScale));
    compiled_.owned.push_back(std::move(cursor));
  }

  void add_scorer(std::vector<Scorer>& scorers, TermCursor& cursor, const Bm25Weight& weight) {
    if (cursor.doc() == kNoMoreDocs) return;
    scorers.push_back({&cursor, weight, cursor.bound(weight)});
  }

  Reading reading_;
  const CompileContext& context_;
  CompiledQuery compiled_;
  std::set<std::string> scored_;  // stems that have their scorer
};

// Words of which any one makes a match; a single required word is such a bag too.
bool is_flat_bag(const Compiler& compiler, const std::vector<const QueryNode*>& children) {
  const Occur wanted = children.size() == 1 ? Occur::required : Occur::optional;
  return !children.empty() &&
         std::all_of(children.begin(), children.end(), [&](const QueryNode* child) {
           const Occur occur = compiler.occur_of(*child);
           return child->kind == NodeKind::word && (occur == Occur::optional || occur == wanted);
         });
}

std::unique_ptr<Cursor> intersect(std::vector<std::unique_ptr<Cursor>> cursors) {
  if (cursors.empty()) return nullptr;
  if (cursors.size() == 1) return std::move(cursors.front());
  return std::make_unique<IntersectionCursor>(std::move(cursors));
}

std::vector<std::unique_ptr<Cursor>> filter_cursors(Compiler& compiler,
                                                    const std::vector<QueryNode>& filters) {
  std::vector<std::unique_ptr<Cursor>> cursors;
  std::vector<std::unique_ptr<Cursor>> excluded;
  for (const QueryNode& filter : filters) {
    auto cursor = compiler.cursor_of(filter, false);
    (filter.occur == Occur::excluded ? excluded : cursors).push_back(std::move(cursor));
  }
  if (excluded.empty()) return cursors;
  auto base = cursors.empty() ? compiler.everything() : intersect(std::move(cursors));
  auto none = std::make_unique<UnionCursor>(std::move(excluded));
  cursors.clear();
  cursors.push_back(std::make_unique<DifferenceCursor>(std::move(base), std::move(none)));
  return cursors;
}

}  // namespace

bool is_small(const QueryNode& root, std::uint64_t articles, const CompileContext& context) {
  std::uint64_t total = 0;
  for (const QueryNode& child : root.children) {
    for (const std::string& term : child.terms)
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
  auto restricting = filter_cursors(compiler, filters);
  const auto children = compiler.children_of(root);
  if (shape == Shape::bag_if_flat && is_flat_bag(compiler, children)) {
    for (const QueryNode* child : children)
      compiler.add_word_scorers(*child, nullptr);
    CompiledQuery compiled = compiler.finish();
    compiled.filter = intersect(std::move(restricting));
    for (const Scorer& word : compiled.words) {
      compiled.upper_bound += word.cursor->size_bound();
      compiled.lower_bound = std::max(compiled.lower_bound, word.cursor->size_bound());
    }
    compiled.upper_bound =
        std::min<std::uint64_t>(compiled.upper_bound, context.part.database.get_doccount());
    if (compiled.filter) {
      compiled.lower_bound = 0;
      compiled.upper_bound = std::min(compiled.upper_bound, compiled.filter->size_bound());
    }
    return compiled;
  }
  restricting.push_back(compiler.cursor_of(root, true));
  CompiledQuery compiled = compiler.finish();
  compiled.matches = intersect(std::move(restricting));
  // One term alone: its articles are the matches.
  if (dynamic_cast<const TermCursor*>(compiled.matches.get()) != nullptr) {
    compiled.lower_bound = compiled.matches->size_bound();
  }
  compiled.upper_bound =
      std::min<std::uint64_t>(compiled.matches->size_bound(), context.part.database.get_doccount());
  return compiled;
}

}  // namespace broadsheet::server
