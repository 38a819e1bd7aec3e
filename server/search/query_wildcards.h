// Trailing wildcards: which words of the index japan* stands for.
#pragma once

#include "schema/result.h"
#include "server/store/index_reader.h"
#include "server/store/query_plan.h"

namespace broadsheet::server {

// Gives every word with a wildcard the terms of the index that begin like it, the most frequent
// first; warns where there are more than it may have. All wildcards of a query share what may be
// read and taken, so that many of them cost no more than a few.
[[nodiscard]] Result<void> expand_wildcards(QueryPlan& plan, IndexReader& index);

}  // namespace broadsheet::server
