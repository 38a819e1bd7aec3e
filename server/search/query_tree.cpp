// What groups and near nodes are made of, and what becomes of a tree that is too deep.
#include "server/search/query_tree.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "server/store/reading.h"

namespace broadsheet::server {
namespace {

// Whether a group inside another says nothing that its children would not say in its place.
bool can_dissolve(const QueryNode& child) {
  if (child.kind != NodeKind::group || child.occur == Occur::excluded) return false;
  return std::all_of(child.children.begin(), child.children.end(), [&](const QueryNode& inner) {
    return inner.occur == child.occur ||
           (child.occur == Occur::required && inner.occur == Occur::excluded);
  });
}

bool is_word_or_phrase(const QueryNode& node) {
  return node.kind == NodeKind::word || node.kind == NodeKind::phrase;
}

// The exact forms that positions are looked up for.
void add_exact_forms(const QueryNode& operand, std::vector<std::string>& forms) {
  if (operand.kind == NodeKind::word) forms.push_back(operand.exact);
  if (operand.kind == NodeKind::phrase)
    forms.insert(forms.end(), operand.terms.begin(), operand.terms.end());
  for (const QueryNode& child : operand.children)
    add_exact_forms(child, forms);
}

// What is left of a group that lies too deep: its leaves, as the group itself is meant.
void collect_leaves(QueryNode& group, Occur occur, std::vector<QueryNode>& leaves) {
  if (group.occur == Occur::excluded) return;
  for (QueryNode& child : group.children) {
    if (child.kind == NodeKind::group) {
      collect_leaves(child, occur, leaves);
      continue;
    }
    if (child.occur != Occur::excluded) child.occur = occur;
    leaves.push_back(std::move(child));
  }
}

bool has_group(const QueryNode& group) {
  return std::any_of(group.children.begin(), group.children.end(), [](const QueryNode& child) {
    return child.kind == NodeKind::group;
  });
}

bool is_empty_group(const QueryNode& node) {
  return node.kind == NodeKind::group && node.children.empty();
}

// Takes the groups out of a group; says whether there were any.
bool flatten(QueryNode& group) {
  if (!has_group(group)) return false;
  std::vector<QueryNode> flat;
  for (QueryNode& child : group.children) {
    if (child.kind == NodeKind::group) {
      collect_leaves(child, child.occur, flat);
    } else {
      flat.push_back(std::move(child));
    }
  }
  group.children = std::move(flat);
  return true;
}

}  // namespace

QueryNode group_of(std::vector<QueryNode> children) {
  QueryNode group;
  if (!children.empty()) {
    group.begin = children.front().begin;
    group.end = children.back().end;
  }
  group.children = std::move(children);
  return group;
}

void add_child(std::vector<QueryNode>& children, QueryNode child) {
  if (!can_dissolve(child)) {
    children.push_back(std::move(child));
    return;
  }
  std::move(child.children.begin(), child.children.end(), std::back_inserter(children));
}

void unwrap(QueryNode& group) {
  while (group.kind == NodeKind::group && group.children.size() == 1 &&
         group.children.front().occur != Occur::excluded) {
    QueryNode only = std::move(group.children.front());
    only.occur = group.occur;
    group = std::move(only);
  }
}

QueryNode all_of(std::vector<QueryNode> operands) {
  std::vector<QueryNode> children;
  for (QueryNode& operand : operands) {
    if (operand.occur != Occur::excluded) operand.occur = Occur::required;
    add_child(children, std::move(operand));
  }
  return group_of(std::move(children));
}

QueryNode any_of(std::vector<QueryNode> operands) {
  std::vector<QueryNode> children;
  for (QueryNode& operand : operands) {
    // "a OR NOT b": what lacks b matches, too.
    if (operand.occur == Occur::excluded) operand = group_of({std::move(operand)});
    operand.occur = Occur::optional;
    add_child(children, std::move(operand));
  }
  return group_of(std::move(children));
}

bool can_be_near(const QueryNode& node) {
  if (node.kind != NodeKind::group) return node.kind != NodeKind::label;
  return !node.children.empty() &&
         std::all_of(node.children.begin(), node.children.end(), [](const QueryNode& child) {
           return child.occur == Occur::optional && is_word_or_phrase(child);
         });
}

void join(QueryNode& left, const NearStep& step, QueryNode right) {
  if (left.kind != NodeKind::near) {
    QueryNode near;
    near.kind = NodeKind::near;
    near.occur = left.occur;
    near.begin = left.begin;
    add_exact_forms(left, near.terms);
    near.operands.push_back(std::move(left));
    left = std::move(near);
  }
  left.end = right.end;
  left.steps.push_back(step);
  if (right.kind == NodeKind::near) {
    left.terms.insert(left.terms.end(), right.terms.begin(), right.terms.end());
    left.steps.insert(left.steps.end(), right.steps.begin(), right.steps.end());
    std::move(right.operands.begin(), right.operands.end(), std::back_inserter(left.operands));
    return;
  }
  add_exact_forms(right, left.terms);
  left.operands.push_back(std::move(right));
}

bool flatten_below(QueryNode& group, int depth) {
  if (depth + 1 >= kMaxQueryDepth) return flatten(group);
  bool changed = false;
  for (QueryNode& child : group.children)
    changed = flatten_below(child, depth + 1) || changed;
  // One of which nothing is left would match every article.
  if (changed) std::erase_if(group.children, is_empty_group);
  return changed;
}

}  // namespace broadsheet::server
