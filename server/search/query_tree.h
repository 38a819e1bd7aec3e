// Building blocks of the query tree: operands tied together, groups that say nothing taken away.
#pragma once

#include <vector>

#include "server/store/query_plan.h"

namespace broadsheet::server {

[[nodiscard]] QueryNode group_of(std::vector<QueryNode> children);

// Adds a child, or in place of a group that says nothing its children.
void add_child(std::vector<QueryNode>& children, QueryNode child);

// A group around one group is that group.
void unwrap(QueryNode& group);

// What AND and OR make of their operands.
[[nodiscard]] QueryNode all_of(std::vector<QueryNode> operands);
[[nodiscard]] QueryNode any_of(std::vector<QueryNode> operands);

// Whether NEAR may stand beside it: words, phrases, groups of these of which any will do, and what
// is near already.
[[nodiscard]] bool can_be_near(const QueryNode& node);

// Makes one near node of two operands, either of which may be one already.
void join(QueryNode& left, const NearStep& step, QueryNode right);

// Takes the groups out of groups that lie too deep; says whether there were any. The recursion is
// as deep as the tree, which the parser has limited to three times kMaxQueryDepth.
bool flatten_below(QueryNode& group, int depth);

}  // namespace broadsheet::server
