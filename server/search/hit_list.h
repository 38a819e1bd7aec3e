// Which articles a page shows: runs the plan, folds duplicates, follows cursors. No texts yet.
#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "schema/result.h"
#include "server/search/fixed_lists.h"
#include "server/search/label_fold.h"
#include "server/search/page_cursor.h"
#include "server/search/types.h"
#include "server/store/session.h"

namespace broadsheet::server {

// No list by relevance goes on beyond so many hits.
inline constexpr std::size_t kMaxRankedHits = 1000;

// The articles of one page and what is known of the whole list.
struct HitList {
  std::vector<FoundDoc> docs;
  RunResult run;             // counts and how the query was read; its docs are not folded
  std::string next_cursor;   // empty at the end
  std::size_t position = 0;  // hits on the pages before
  // Duplicate groups that were looked up on the way, by number.
  std::unordered_map<std::uint64_t, std::vector<DocId>> groups;
};

// The filters of a request as a plan has them.
[[nodiscard]] std::vector<QueryNode> filter_nodes(const SearchRequest& request);

// A request for the engine, first page; `plan` and `filters` are lent.
[[nodiscard]] RunRequest run_request(const SearchRequest& request,
                                     const QueryPlan& plan,
                                     const std::vector<QueryNode>& filters);

// Builds pages in one session. Borrows everything; use one per request.
class HitLister {
 public:
  // `gone`: articles that were taken down since the index was written, as far as they are known.
  // `labels`: for Collapse::source and Collapse::story, which fold nothing without.
  HitLister(IndexReader& index,
            FixedLists& lists,
            const std::unordered_set<DocId>& gone,
            LabelFold* labels = nullptr)
      : index_(index), lists_(lists), gone_(gone), labels_(labels) {}

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
  // By when articles were first seen; of a group of near-duplicates the one seen first shows, so
  // that a later copy brings up nothing that was shown.
  Result<HitList> seen_page(const SearchRequest& request,
                            const QueryPlan& plan,
                            const std::optional<PageCursor>& cursor);

  struct SeenListing {
    GatherPlan plan;
    std::size_t wanted;
    bool folds;
    Deadline& deadline;
  };

  Result<void> list_seen(const SeenListing& listing,
                         std::optional<SeenPosition> after,
                         std::vector<FoundDoc>& docs);
  Result<void> add_seen(const SeenListing& listing,
                        const std::vector<SeenPosition>& found,
                        std::vector<FoundDoc>& docs);
  Result<bool> was_seen_first(const GatherPlan& plan,
                              const SeenPosition& found,
                              Deadline& deadline);

  [[nodiscard]] bool folds_labels(const SearchRequest& request) const {
    return (request.collapse == Collapse::source || request.collapse == Collapse::story) &&
           labels_ != nullptr;
  }

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
  Result<void> count_labels(const SearchRequest& request,
                            const QueryPlan& plan,
                            const RunResult& run);
  // The first in order of the matches that hold a term; of those alone that are shown.
  Result<std::optional<DocId>> first_with(const SearchRequest& request,
                                          const QueryPlan& plan,
                                          const std::string& term,
                                          std::size_t limit);
  // Whether an article is the first one of its source or story on all pages.
  Result<bool> leads_its_label(const SearchRequest& request,
                               const QueryPlan& plan,
                               DocId doc,
                               const std::string& label);
  Result<std::vector<FoundDoc>> fold_labels(const SearchRequest& request,
                                            const QueryPlan& plan,
                                            const std::vector<FoundDoc>& docs,
                                            bool is_first_page);
  Result<std::vector<FoundDoc>> fold_copies(const SearchRequest& request,
                                            const QueryPlan& plan,
                                            const std::vector<FoundDoc>& docs,
                                            bool is_first_page);

  IndexReader& index_;
  FixedLists& lists_;
  const std::unordered_set<DocId>& gone_;
  LabelFold* labels_;
  std::unordered_map<std::uint64_t, std::vector<DocId>> groups_;
  std::size_t shown_before_ = 0;      // on the pages before, in time order
  std::optional<Relaxing> relaxing_;  // how the first page read the query; see RunRequest
};

}  // namespace broadsheet::server
