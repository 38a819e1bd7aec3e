// The one place that knows what loose children and stop words come to.
#include "server/store/reading.h"

#include <algorithm>
#include <utility>

namespace broadsheet::server {
namespace {

// Says whether there was any. What is excluded stays a phrase: apart it would exclude more.
bool take_runs_apart(QueryNode& node) {
  if (node.occur == Occur::excluded) return false;
  if (node.kind == NodeKind::phrase && node.is_run) {
    QueryNode group;
    group.occur = node.occur;
    group.begin = node.begin;
    group.end = node.end;
    group.children = std::move(node.words);
    node = std::move(group);
    return true;
  }
  bool changed = false;
  for (QueryNode& child : node.children)
    changed = take_runs_apart(child) || changed;
  return changed;
}

}  // namespace

std::vector<const QueryNode*> children_of(const QueryNode& group, Reading reading) {
  const auto is_dropped = [&](const QueryNode& child) {
    return child.is_stop_word && child.occur == Occur::loose && reading != Reading::all_exact;
  };
  const bool asks_for_nothing_else =
      std::all_of(group.children.begin(), group.children.end(), [&](const QueryNode& child) {
        return child.occur == Occur::excluded || is_dropped(child);
      });
  std::vector<const QueryNode*> kept;
  for (const QueryNode& child : group.children) {
    if (asks_for_nothing_else || !is_dropped(child)) kept.push_back(&child);
  }
  return kept;
}

bool is_restriction(const QueryNode& node, Reading reading) {
  if (node.kind != NodeKind::group) return node.kind == NodeKind::label;
  bool has_label = false;
  for (const QueryNode* child : children_of(node, reading)) {
    if (child->occur == Occur::excluded) continue;
    if (!is_restriction(*child, reading)) return false;
    has_label = true;
  }
  return has_label;
}

Occur occur_of(const QueryNode& child, Reading reading) {
  if (child.occur != Occur::loose) return child.occur;
  return reading == Reading::any ? Occur::optional : Occur::required;
}

std::optional<QueryNode> with_runs_apart(const QueryNode& root) {
  QueryNode apart = root;
  return take_runs_apart(apart) ? std::optional(std::move(apart)) : std::nullopt;
}

bool can_relax(const QueryNode& group) {
  std::size_t loose = 0;
  bool asks_for_more = false;  // something required stays when a loose word does not
  bool holds_choice = false;
  for (const QueryNode* child : children_of(group, Reading::all)) {
    if (child->occur == Occur::excluded) continue;
    loose += child->occur == Occur::loose ? 1 : 0;
    asks_for_more =
        asks_for_more || (child->occur == Occur::required && !is_restriction(*child, Reading::all));
    holds_choice = holds_choice || (child->kind == NodeKind::group && can_relax(*child));
  }
  return loose > 1 || (loose == 1 && asks_for_more) || holds_choice;
}

}  // namespace broadsheet::server
