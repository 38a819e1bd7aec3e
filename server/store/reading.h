// How a query tree is read: which children of a group count, and what each means to it.
#pragma once

#include <optional>
#include <vector>

#include "server/store/query_plan.h"

namespace broadsheet::server {

enum class Reading {
  all,        // loose words are required; stop words among them are left out
  all_exact,  // loose words are required, stop words too
  any         // loose words are optional; stop words among them are left out
};

// The children of a group that count; stop words do where there is nothing else.
[[nodiscard]] std::vector<const QueryNode*> children_of(const QueryNode& group, Reading reading);

// Labels, or groups in which nothing else counts but what is excluded: they restrict, whatever is
// read of loose words.
[[nodiscard]] bool is_restriction(const QueryNode& node, Reading reading);

// Never Occur::loose.
[[nodiscard]] Occur occur_of(const QueryNode& child, Reading reading);

// The tree with runs of scripts without blanks as groups of loose words; empty when it holds none.
[[nodiscard]] std::optional<QueryNode> with_runs_apart(const QueryNode& root);

// Whether Reading::any finds articles in a group that Reading::all does not.
[[nodiscard]] bool can_relax(const QueryNode& group);

}  // namespace broadsheet::server
