// Compiling. A word's cursors serve matching and scoring at once; a scorer whose word need not
// match keeps a cursor of its own.
#include "server/store/compile.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

#include "schema/fields.h"
#include "schema/text.h"
#include "server/store/near_cursor.h"
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
      case NodeKind::near:
        return near(node, scored);
      case NodeKind::label:
        return terms_cursor(node.terms);
      case NodeKind::group:
        return nested(node, scored);
    }
    return everything();
  }

  std::unique_ptr<Cursor> nested(const QueryNode& group, bool scored) {
    ++depth_;
    auto cursor = all_of(children_of(group, reading_), scored);
    --depth_;
    return cursor;
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
        (is_restriction(*child, reading_) ? restricting : required).push_back(std::move(cursor));
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
      const Bm25Weight weight(context_.stats, articles, word.weight);
      // A word said twice in a query is asked for once; only its match still needs a cursor.
      if (!is_new) {
        if (scored->second != kNoScorer) say_again(scored->second, stem, {word, weight, is_match});
        if (cursors != nullptr)
          cursors->push_back(std::make_unique<TermCursor>(context_.part, stem));
        continue;
      }
      auto cursor = std::make_unique<TermCursor>(context_.part, stem);
      if (cursor->doc() != kNoMoreDocs) {
        scored->second = compiled_.words.size();
        add_scorer(word, stem, *cursor, weight, is_match);
      }
      (cursors == nullptr ? compiled_.owned : *cursors).push_back(std::move(cursor));
    }
    for (const QueryNode& kin : word.kin)
      add_word_scorers(kin, false, nullptr);
  }

  // A word or phrase of a bag.
  void add_to_bag(const QueryNode& node) {
    if (node.kind == NodeKind::word) {
      add_word_scorers(node, true, nullptr);
    } else {
      compiled_.phrases.push_back(cursor_of(node, true));
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
    // A group passes over articles that other children match: what its words add to their scores
    // needs cursors of their own.
    if (scored && depth_ > 0) add_word_scorers(node, true, nullptr);
    if (!scored || depth_ > 0) return terms_cursor(terms_asked(node, context_));
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

  std::unique_ptr<Cursor> near(const QueryNode& node, bool scored) {
    if (scored) {
      for (const QueryNode& operand : node.operands)
        add_operand_scorers(operand);
    }
    return std::make_unique<NearCursor>(context_.part, node);
  }

  void add_operand_scorers(const QueryNode& operand) {
    if (operand.kind == NodeKind::word) add_word_scorers(operand, false, nullptr);
    for (const QueryNode& word : operand.words)
      add_word_scorers(word, false, nullptr);
    for (const QueryNode& alternative : operand.children)
      add_operand_scorers(alternative);
  }

  void add_scorer(const QueryNode& word,
                  const std::string& stem,
                  TermCursor& cursor,
                  const Bm25Weight& weight,
                  bool is_match) {
    compiled_.words.push_back(
        {&cursor, weight, cursor.bound(weight), std::nullopt, is_match, &word});
    weights_.push_back(word.weight);
    if (word.field == Field::body) add_title_bonus(stem, word.weight, compiled_.words.back());
  }

  // A word that is asked for once more.
  struct Repeated {
    const QueryNode& word;
    const Bm25Weight& weight;
    bool is_match;
  };

  void say_again(std::size_t scorer, const std::string& stem, const Repeated& again) {
    Scorer& known = compiled_.words[scorer];
    known.is_match = known.is_match || again.is_match;
    if (again.word.weight > weights_[scorer]) weigh(known, stem, again.weight, again.word.weight);
  }

  // What is a synonym of one word and another word itself weighs as that.
  void weigh(Scorer& known, const std::string& stem, const Bm25Weight& weight, double times) {
    weights_[static_cast<std::size_t>(&known - compiled_.words.data())] = times;
    known.weight = weight;
    known.bound = known.cursor->bound(weight);
    if (!known.title) return;
    const std::uint64_t articles = context_.articles_with(title_term(stem));
    known.title->weight = Bm25Weight(context_.stats, articles, kTitleScale * times);
    known.bound += known.title->cursor->bound(known.title->weight);
  }

  void add_title_bonus(const std::string& stem, double times, Scorer& word) {
    const std::string term = title_term(stem);
    const std::uint64_t articles = context_.articles_with(term);
    if (articles == 0) return;
    auto cursor = std::make_unique<TermCursor>(context_.part, term);
    if (cursor->doc() == kNoMoreDocs) return;
    word.title = {cursor.get(), Bm25Weight(context_.stats, articles, kTitleScale * times)};
    word.bound += cursor->bound(word.title->weight);
    compiled_.owned.push_back(std::move(cursor));
  }

  Reading reading_;
  const CompileContext& context_;
  int depth_ = 0;  // groups around what is compiled
  CompiledQuery compiled_;
  std::map<std::string, std::size_t> scored_;  // which scorer a stem has
  std::vector<double> weights_;                // of the scorers
};

// Adds a child, or in place of a choice its children: where any will do, so will any of theirs.
void add_apart(const QueryNode& child, Reading reading, std::vector<const QueryNode*>& apart) {
  const auto inner = children_of(child, reading);
  const bool is_choice =
      child.kind == NodeKind::group && !inner.empty() &&
      std::all_of(inner.begin(), inner.end(), [&](const QueryNode* node) {
        return occur_of(*node, reading) == Occur::optional && node->kind != NodeKind::label;
      });
  if (!is_choice) return apart.push_back(&child);
  for (const QueryNode* node : inner)
    add_apart(*node, reading, apart);
}

// What is asked for with choices taken apart where that changes nothing: where any will do, and of
// a choice alone.
std::vector<const QueryNode*> without_choices(const std::vector<const QueryNode*>& asking,
                                              Reading reading) {
  const bool are_optional = std::all_of(asking.begin(), asking.end(), [&](const QueryNode* child) {
    return occur_of(*child, reading) == Occur::optional;
  });
  const bool is_alone = asking.size() == 1 && occur_of(*asking.front(), reading) != Occur::excluded;
  if (!are_optional && !is_alone) return asking;
  std::vector<const QueryNode*> apart;
  for (const QueryNode* child : asking)
    add_apart(*child, reading, apart);
  return apart;
}

// Words and phrases of which any one makes a match; a single required word is such a bag too.
bool is_flat_bag(const std::vector<const QueryNode*>& children, Reading reading) {
  if (children.size() == 1 && children.front()->kind == NodeKind::word)
    return occur_of(*children.front(), reading) != Occur::excluded;
  return !children.empty() &&
         std::all_of(children.begin(), children.end(), [&](const QueryNode* child) {
           const bool is_leaf = child->kind == NodeKind::word || child->kind == NodeKind::phrase ||
                                child->kind == NodeKind::near;
           return is_leaf && occur_of(*child, reading) == Occur::optional;
         });
}

}  // namespace

std::vector<std::string> terms_asked(const QueryNode& node, const CompileContext& context) {
  const bool is_all = node.kind != NodeKind::word || !node.starts_with.empty();
  if (is_all || node.terms.size() == 1) return node.terms;
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
      std::stable_partition(children.begin(), children.end(), [reading](const QueryNode* child) {
        return !is_restriction(*child, reading) || child->occur == Occur::optional;
      });
  const std::vector<const QueryNode*> asking = without_choices({children.begin(), middle}, reading);
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
