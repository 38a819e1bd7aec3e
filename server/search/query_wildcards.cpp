// The shares of what may be read and taken.
#include "server/search/query_wildcards.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace broadsheet::server {
namespace {

// Terms looked at for one query, some ten milliseconds' worth.
constexpr std::size_t kMayRead = 20'000;
// Terms taken for one query: each costs a walk. However many wildcards there are, each has some.
constexpr std::size_t kMayTake = 192;
constexpr std::size_t kLeastTaken = 3;

// The tree is at most kMaxQueryDepth deep.
void collect(QueryNode& node, std::vector<QueryNode*>& wildcards) {
  if (!node.starts_with.empty()) wildcards.push_back(&node);
  for (QueryNode& child : node.children)
    collect(child, wildcards);
  for (QueryNode& operand : node.operands)
    collect(operand, wildcards);
}

}  // namespace

Result<void> expand_wildcards(QueryPlan& plan, IndexReader& index) {
  std::vector<QueryNode*> wildcards;
  collect(plan.root, wildcards);
  if (wildcards.empty()) return {};
  std::size_t may_read = kMayRead;
  const std::size_t may_take =
      std::min(kMaxExpansion, std::max(kLeastTaken, kMayTake / wildcards.size()));
  for (std::size_t i = 0; i < wildcards.size(); ++i) {
    QueryNode& node = *wildcards[i];
    std::size_t share = may_read / (wildcards.size() - i);
    may_read -= share;
    const std::string start = std::string(row_of(node.field).prefix) + node.starts_with;
    auto found = index.terms_starting_with(start, share);
    if (!found) return pass_on(found.error());
    may_read += share;
    node.terms = std::move(found->terms);
    if (!found->is_cut && node.terms.size() <= may_take) continue;
    node.terms.resize(std::min(node.terms.size(), may_take));
    plan.warnings.push_back({node.starts_with + "* begins too many words; the most frequent " +
                                 std::to_string(node.terms.size()) + " are looked for",
                             node.begin});
  }
  return {};
}

}  // namespace broadsheet::server
