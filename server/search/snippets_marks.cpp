// Collects from a query tree what articles may show of it.
#include "server/search/snippets_marks.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace broadsheet::server {
namespace {

// One bit of a 64-bit word each.
constexpr std::size_t kMaxMarkedTerms = 64;

// Title words carry the title prefix in the index, not in texts.
std::vector<std::string> without_prefix(const QueryNode& node) {
  std::vector<std::string> terms = node.terms;
  const std::string_view prefix = row_of(node.field).prefix;
  for (std::string& term : terms) {
    if (node.kind == NodeKind::word && term.starts_with(prefix)) term.erase(0, prefix.size());
  }
  return terms;
}

MarkedTerm marked(const QueryNode& node) {
  MarkedTerm term;
  term.terms = without_prefix(node);
  if (node.kind == NodeKind::phrase) term.offsets = node.offsets;
  term.field = node.field;
  return term;
}

// The tree is at most kMaxQueryDepth deep.
void collect(const QueryNode& node, std::vector<const QueryNode*>& leaves) {
  if (node.occur == Occur::excluded || node.kind == NodeKind::label) return;
  if (node.kind != NodeKind::group && node.kind != NodeKind::near) leaves.push_back(&node);
  for (const QueryNode& operand : node.operands)
    collect(operand, leaves);
  for (const QueryNode& child : node.children)
    collect(child, leaves);
}

}  // namespace

std::vector<MarkedTerm> marked_terms(const QueryNode& root) {
  std::vector<const QueryNode*> leaves;
  collect(root, leaves);
  const bool has_content = std::any_of(
      leaves.begin(), leaves.end(), [](const QueryNode* leaf) { return !leaf->is_stop_word; });
  std::vector<MarkedTerm> terms;
  for (const QueryNode* leaf : leaves) {
    if (terms.size() == kMaxMarkedTerms) break;
    if (leaf->is_stop_word && has_content) continue;
    MarkedTerm term = marked(*leaf);
    const bool is_known = std::any_of(terms.begin(), terms.end(), [&](const MarkedTerm& known) {
      return known.terms == term.terms && known.offsets == term.offsets &&
             known.field == term.field;
    });
    if (!is_known) terms.push_back(std::move(term));
  }
  return terms;
}

}  // namespace broadsheet::server
