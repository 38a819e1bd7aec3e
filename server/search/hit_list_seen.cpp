// Pages that need every match: by when articles were first seen, and one hit a source or story.
#include <algorithm>

#include "schema/fields.h"
#include "server/search/filters.h"
#include "server/search/hit_list.h"

namespace broadsheet::server {
namespace {

// The tree as a run read it.
QueryNode root_of(const QueryPlan& plan, const RunResult& run) {
  if (run.relaxing == Relaxing::none) return plan.root;
  return with_runs_apart(plan.root).value_or(plan.root);
}

// Some more than wanted, for what folds.
std::size_t batch_of(std::size_t wanted) {
  return wanted + wanted / 4 + 2;
}

}  // namespace

std::vector<QueryNode> filter_nodes(const SearchRequest& request) {
  std::vector<QueryNode> filters;
  for (const Filter& filter : request.filters)
    filters.push_back(filter_node(filter));
  return filters;
}

Result<void> HitLister::count_labels(const SearchRequest& request,
                                     const QueryPlan& plan,
                                     const RunResult& run) {
  const QueryNode root = root_of(plan, run);
  const std::vector<QueryNode> filters = filter_nodes(request);
  Deadline deadline(request.deadline);
  return labels_->count({.root = root,
                         .reading = run.reading,
                         .filters = filters,
                         .window = request.window,
                         .dates = request.dates,
                         .left_out = gone_},
                        deadline);
}

Result<bool> HitLister::was_seen_first(const GatherPlan& plan,
                                       const SeenPosition& found,
                                       Deadline& deadline) {
  const auto keys = index_.duplicate_keys({found.doc});
  if (!keys) return pass_on(keys.error());
  const auto members = index_.duplicates(keys->front());  // none for an article in no group
  if (!members) return pass_on(members.error());
  if (members->size() < 2) return true;
  QueryNode same_text;
  same_text.kind = NodeKind::label;
  same_text.occur = Occur::required;
  same_text.terms = {duplicate_term(keys->front().group)};
  std::vector<QueryNode> filters = plan.filters;
  filters.push_back(std::move(same_text));
  const GatherPlan narrowed{.root = plan.root,
                            .reading = plan.reading,
                            .filters = filters,
                            .window = plan.window,
                            .dates = plan.dates,
                            .left_out = plan.left_out};
  const auto group = index_.last_seen(narrowed, members->size(), std::nullopt, deadline);
  if (!group) return pass_on(group.error());
  return group->empty() || group->back() == found;
}

// Gathers hits after a position until there are `wanted`, or no more.
Result<void> HitLister::list_seen(const SeenListing& listing,
                                  std::optional<SeenPosition> after,
                                  std::vector<FoundDoc>& docs) {
  const std::size_t batch = batch_of(listing.wanted);
  while (docs.size() < listing.wanted && !listing.deadline.has_passed_so_far()) {
    const auto found = index_.last_seen(listing.plan, batch, after, listing.deadline);
    if (!found) return pass_on(found.error());
    if (auto added = add_seen(listing, *found, docs); !added) return added;
    if (found->size() < batch) return {};
    after = found->back();
  }
  return {};
}

Result<void> HitLister::add_seen(const SeenListing& listing,
                                 const std::vector<SeenPosition>& found,
                                 std::vector<FoundDoc>& docs) {
  for (const SeenPosition& each : found) {
    Result<bool> shows = true;
    if (listing.folds) shows = was_seen_first(listing.plan, each, listing.deadline);
    if (!shows) return pass_on(shows.error());
    if (*shows) docs.push_back({each.doc, 0, each.seen});
  }
  return {};
}

Result<HitList> HitLister::seen_page(const SearchRequest& request,
                                     const QueryPlan& plan,
                                     const std::optional<PageCursor>& cursor) {
  const auto limit = static_cast<std::size_t>(request.limit);
  std::optional<SeenPosition> after;
  HitList list;
  if (cursor) {
    relaxing_ = cursor->relaxing;
    after = SeenPosition{cursor->after->published.value_or(0), cursor->after->doc_id};
    list.position = cursor->position;
  }
  auto counted = run(request, plan, 0);
  if (!counted) return pass_on(counted.error());
  list.run = std::move(*counted);
  const QueryNode root = root_of(plan, list.run);
  const std::vector<QueryNode> filters = filter_nodes(request);
  Deadline deadline(request.deadline);
  const SeenListing listing{{.root = root,
                             .reading = list.run.reading,
                             .filters = filters,
                             .window = request.window,
                             .dates = request.dates,
                             .left_out = gone_},
                            limit + 1,
                            request.collapse == Collapse::duplicate,
                            deadline};
  if (auto listed = list_seen(listing, after, list.docs); !listed) return pass_on(listed.error());
  list.run.partial = list.run.partial || deadline.has_passed_so_far();
  if (list.docs.size() <= limit) return list;
  list.docs.resize(limit);
  if (limit == 0 || list.run.partial) return list;
  PageCursor next{.fingerprint = fingerprint_of(request),
                  .now = request.now,
                  .position = static_cast<std::uint32_t>(list.position + limit)};
  next.relaxing = list.run.relaxing;
  next.after = TimePosition{list.docs.back().published, list.docs.back().doc};
  list.next_cursor = encode_cursor(next);
  return list;
}

}  // namespace broadsheet::server
