// Explains one article under one query, as a search has read it.
#pragma once

#include <optional>

#include "schema/result.h"
#include "server/search/types.h"
#include "server/store/index_reader.h"

namespace broadsheet::server {

// A plan as it was run.
struct PlanRead {
  const QueryPlan& plan;
  Reading reading;
};

// Empty when the index does not hold the article (yet). `request` as it was run, with the window of
// its query.
[[nodiscard]] Result<std::optional<Explanation>> explain(IndexReader& index,
                                                         const SearchRequest& request,
                                                         const PlanRead& read,
                                                         const StoredArticle& article);

}  // namespace broadsheet::server
