// Bounds of a tree from the bounds of its leaves; what a term matches is known exactly.
#include "server/store/size_bounds.h"

#include <algorithm>

namespace broadsheet::server {
namespace {

class Bounder {
 public:
  Bounder(Reading reading, const CompileContext& context) : reading_(reading), context_(context) {
    const PartView& part = context.part;
    everything_ = part.database.get_doccount() - part.tombstones;
  }

  [[nodiscard]] SizeBounds all_of(const std::vector<const QueryNode*>& children) const {
    std::vector<SizeBounds> required;
    std::vector<SizeBounds> optional;
    std::vector<SizeBounds> excluded;
    bool has_asked = false;  // a required child that is more than a label
    for (const QueryNode* child : children) {
      const Occur occur = occur_of(*child, reading_);
      const SizeBounds bounds = of(*child);
      if (occur == Occur::excluded) {
        excluded.push_back(bounds);
      } else if (occur == Occur::optional) {
        optional.push_back(bounds);
      } else {
        required.push_back(bounds);
        has_asked = has_asked || !is_restriction(*child, reading_);
      }
    }
    if (!has_asked && !optional.empty()) required.push_back(any_of(optional));
    SizeBounds bounds = both(required);
    const SizeBounds gone = any_of(excluded);
    bounds.lower -= std::min(bounds.lower, gone.upper);
    // Only of everything is what is excluded surely a part.
    if (required.empty()) bounds.upper -= gone.lower;
    return bounds;
  }

 private:
  [[nodiscard]] SizeBounds of(const QueryNode& node) const {
    if (node.kind == NodeKind::group) return all_of(children_of(node, reading_));
    if (node.kind == NodeKind::near) {
      std::vector<SizeBounds> operands;
      for (const QueryNode& operand : node.operands)
        operands.push_back({0, of_operand(operand)});
      return {0, both(operands).upper};
    }
    std::vector<SizeBounds> terms;
    for (const std::string& term : terms_asked(node, context_)) {
      const std::uint64_t articles = context_.part.facts(term).articles;
      terms.push_back({articles, articles});
    }
    return node.kind == NodeKind::phrase ? SizeBounds{0, both(terms).upper} : any_of(terms);
  }

  // Articles that hold an operand of a near node, at most.
  [[nodiscard]] std::uint64_t of_operand(const QueryNode& operand) const {
    if (operand.kind == NodeKind::phrase) return of(operand).upper;
    const bool is_word = operand.kind == NodeKind::word;
    if (is_word && operand.starts_with.empty()) return context_.part.facts(operand.exact).articles;
    std::uint64_t upper = is_word ? of(operand).upper : 0;
    for (const QueryNode& alternative : operand.children)
      upper += of_operand(alternative);
    return upper;
  }

  [[nodiscard]] SizeBounds any_of(const std::vector<SizeBounds>& sets) const {
    SizeBounds bounds;
    for (const SizeBounds& set : sets) {
      bounds.lower = std::max(bounds.lower, set.lower);
      bounds.upper = std::min(bounds.upper + set.upper, everything_);
    }
    return bounds;
  }

  [[nodiscard]] SizeBounds both(const std::vector<SizeBounds>& sets) const {
    SizeBounds bounds{everything_, everything_};
    for (const SizeBounds& set : sets) {
      bounds.lower = sets.size() == 1 ? set.lower : 0;
      bounds.upper = std::min(bounds.upper, set.upper);
    }
    return bounds;
  }

  Reading reading_;
  const CompileContext& context_;
  std::uint64_t everything_ = 0;
};

}  // namespace

SizeBounds size_bounds(const QueryNode& root,
                       const std::vector<QueryNode>& filters,
                       Reading reading,
                       const CompileContext& context) {
  auto children = children_of(root, reading);
  for (const QueryNode& filter : filters)
    children.push_back(&filter);
  return Bounder(reading, context).all_of(children);
}

}  // namespace broadsheet::server
