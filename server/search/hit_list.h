// Which articles a page shows: runs the plan, folds duplicates, follows cursors. No texts yet.
#pragma once

#include <optional>
#include <unordered_set>
#include <vector>

#include "schema/result.h"
#include "server/search/fixed_lists.h"
#include "server/search/page_cursor.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// No list by relevance goes on beyond so many hits.
inline constexpr std::size_t kMaxRankedHits = 1000;

// The articles of one page and what is known of the whole list.
struct HitList {
  std::vector<FoundDoc> docs;
  RunResult run;            // counts and how the query was read; its docs are not folded
  std::string next_cursor;  // empty at the end
};

// Builds pages in one session. Borrows everything; use one per request.
class HitLister {
 public:
  // `gone`: articles that were taken down since the index was written, as far as they are known.
  HitLister(IndexReader& index, FixedLists& lists, const std::unordered_set<DocId>& gone)
      : index_(index), lists_(lists), gone_(gone) {}

  // invalid_argument: the cursor is not of this request.
  [[nodiscard]] Result<HitList> page(const SearchRequest& request, const QueryPlan& plan);

 private:
  Result<HitList> first_page(const SearchRequest& request, const QueryPlan& plan);
  Result<HitList> ranked_page(const SearchRequest& request,
                              const QueryPlan& plan,
                              const PageCursor& cursor);
  Result<HitList> timed_page(const SearchRequest& request,
                             const QueryPlan& plan,
                             const std::optional<PageCursor>& cursor);
  Result<RunResult> run(const SearchRequest& request,
                        const QueryPlan& plan,
                        std::size_t limit,
                        const std::optional<TimePosition>& after = std::nullopt);
  // The first `wanted` hits after folding, running with a larger limit until there are enough.
  Result<HitList> folded(const SearchRequest& request,
                         const QueryPlan& plan,
                         std::size_t wanted,
                         const std::optional<TimePosition>& after = std::nullopt);
  Result<std::vector<FoundDoc>> fold(const SearchRequest& request,
                                     const QueryPlan& plan,
                                     const std::vector<FoundDoc>& docs,
                                     bool is_first_page);
  Result<bool> leads_its_group(const SearchRequest& request,
                               const QueryPlan& plan,
                               DocId doc,
                               DuplicateKey key);

  IndexReader& index_;
  FixedLists& lists_;
  const std::unordered_set<DocId>& gone_;
  std::optional<Relaxing> relaxing_;  // how the first page read the query; see RunRequest
};

}  // namespace broadsheet::server
