// One search from request to hits, in one session.
#pragma once

#include "schema/result.h"
#include "schema/text.h"
#include "server/search/facets.h"
#include "server/search/fixed_lists.h"
#include "server/search/snippets.h"
#include "server/search/synonyms.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// What a thread keeps between searches: words it has met and memory for snippets.
struct Workbench {
  TextAnalyzer analyzer;
  SnippetMaker snippets{analyzer};
};

// The calling thread's own.
[[nodiscard]] Workbench& workbench();

// What all searches of one searcher share.
struct SharedBySearches {
  FixedLists& lists;
  FacetNames& names;
  const Synonyms* synonyms;  // null: none
};

// Errors as Searcher::search(); unavailable with kModifiedMessage: refresh the session and run
// again.
[[nodiscard]] Result<SearchResponse> run_search(ReadSession& session,
                                                const SharedBySearches& shared,
                                                const SearchRequest& request);

// Why `article` is where it is in the answer to `request`. Errors as run_search().
[[nodiscard]] Result<ExplainResponse> run_explain(ReadSession& session,
                                                  const SharedBySearches& shared,
                                                  const SearchRequest& request,
                                                  const StoredArticle& article);

}  // namespace broadsheet::server
