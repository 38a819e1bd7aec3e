// Pages. The first page of a ranked list costs no more than its own hits; only a client that pages
// on makes the server fix the whole list. A list in time order needs no memory: it goes on after a
// time and a number.
#include "server/search/hit_list.h"

#include <algorithm>
#include <unordered_set>

#include "schema/fields.h"
#include "server/search/filters.h"

namespace broadsheet::server {
namespace {

bool is_ranked(const SearchRequest& request) {
  return request.sort == Sort::relevance;
}

PageCursor cursor_for(const SearchRequest& request, std::size_t position) {
  return {.fingerprint = fingerprint_of(request),
          .now = request.now,
          .position = static_cast<std::uint32_t>(position)};
}

// What lies beyond a page is asked for too: one hit more tells whether there is a next page, some
// more spare a second run where hits fold.
std::size_t generous(std::size_t wanted) {
  return wanted + wanted / 4 + 2;
}

}  // namespace

RunRequest run_request(const SearchRequest& request,
                       const QueryPlan& plan,
                       const std::vector<QueryNode>& filters) {
  return {.root = plan.root,
          .match = request.match,
          .filters = filters,
          .window = request.window,
          .dates = request.dates,
          .sort = request.sort,
          .recency = request.recency,
          .score_labels = &plan.score_labels,
          .deadline = request.deadline};
}

Result<HitList> HitLister::page(const SearchRequest& request, const QueryPlan& plan) {
  if (request.by_first_seen && request.cursor.empty())
    return seen_page(request, plan, std::nullopt);
  if (request.cursor.empty()) {
    return is_ranked(request) ? first_page(request, plan) : timed_page(request, plan, std::nullopt);
  }
  const auto cursor = decode_cursor(request.cursor);
  if (!cursor || cursor->fingerprint != fingerprint_of(request) ||
      cursor->after.has_value() == is_ranked(request)) {
    return fail(
        ErrorCode::invalid_argument,
        cursor ? "this cursor belongs to another query, filter or order"
               : "this is not a cursor of this server",
        "send the cursor of the last page with the same parameters, or none for the first page");
  }
  if (request.by_first_seen) return seen_page(request, plan, cursor);
  return is_ranked(request) ? ranked_page(request, plan, *cursor)
                            : timed_page(request, plan, cursor);
}

Result<RunResult> HitLister::run(const SearchRequest& request,
                                 const QueryPlan& plan,
                                 std::size_t limit,
                                 const std::optional<TimePosition>& after) {
  const std::vector<QueryNode> filters = filter_nodes(request);
  RunRequest asked = run_request(request, plan, filters);
  asked.limit = limit;
  asked.after = after;
  asked.relaxing = relaxing_;
  return index_.run(asked);
}

Result<HitList> HitLister::folded(const SearchRequest& request,
                                  const QueryPlan& plan,
                                  std::size_t wanted,
                                  const std::optional<TimePosition>& after) {
  std::size_t limit = generous(wanted);
  while (true) {
    auto run_result = run(request, plan, limit, after);
    if (!run_result) return pass_on(run_result.error());
    if (folds_labels(request)) {
      if (auto counted = count_labels(request, plan, *run_result); !counted)
        return pass_on(counted.error());
    }
    auto docs = fold(request, plan, run_result->docs, !after.has_value());
    if (!docs) return pass_on(docs.error());
    const bool is_all =
        run_result->docs.size() < limit || run_result->partial ||
        (folds_labels(request) && shown_before_ + docs->size() >= labels_->most_hits());
    if (docs->size() >= wanted || is_all || limit >= 16 * kMaxRankedHits) {
      return HitList{std::move(*docs), std::move(*run_result), {}};
    }
    limit *= 4;
  }
}

Result<std::vector<FoundDoc>> HitLister::fold(const SearchRequest& request,
                                              const QueryPlan& plan,
                                              const std::vector<FoundDoc>& docs,
                                              bool is_first_page) {
  if (docs.empty()) return docs;
  return folds_labels(request) ? fold_labels(request, plan, docs, is_first_page)
                               : fold_copies(request, plan, docs, is_first_page);
}

Result<std::vector<FoundDoc>> HitLister::fold_copies(const SearchRequest& request,
                                                     const QueryPlan& plan,
                                                     const std::vector<FoundDoc>& docs,
                                                     bool is_first_page) {
  std::vector<DocId> numbers;
  numbers.reserve(docs.size());
  for (const FoundDoc& found : docs) {
    numbers.push_back(found.doc);
  }
  auto keys = index_.duplicate_keys(numbers);
  if (!keys) return pass_on(keys.error());
  std::vector<FoundDoc> kept;
  std::unordered_set<std::uint64_t> seen;
  for (std::size_t i = 0; i < docs.size(); ++i) {
    const DuplicateKey key = (*keys)[i];
    if (gone_.contains(docs[i].doc)) continue;
    const bool is_new = key.group == 0 || seen.insert(key.group).second;
    const bool folds = request.collapse == Collapse::duplicate;
    Result<bool> leads = is_new || !folds;
    if (is_new && !is_first_page && folds) leads = leads_its_group(request, plan, docs[i].doc, key);
    if (!leads) return pass_on(leads.error());
    if (*leads) kept.push_back(docs[i]);
  }
  return kept;
}

// On a later page in time order: whether an earlier page showed another of the group already.
Result<bool> HitLister::leads_its_group(const SearchRequest& request,
                                        const QueryPlan& plan,
                                        DocId doc,
                                        DuplicateKey key) {
  auto members = index_.duplicates(key);  // none for an article in no group
  if (!members) return pass_on(members.error());
  const std::size_t size = members->size();
  groups_[key.group] = std::move(*members);
  if (size < 2) return true;
  const auto first = first_with(request, plan, duplicate_term(key.group), size);
  if (!first) return pass_on(first.error());
  return !*first || **first == doc;
}

Result<std::optional<DocId>> HitLister::first_with(const SearchRequest& request,
                                                   const QueryPlan& plan,
                                                   const std::string& term,
                                                   std::size_t limit) {
  QueryPlan narrowed = plan;
  QueryNode group;
  group.occur = Occur::required;
  group.children.push_back(plan.root);
  group.children.back().occur = Occur::required;
  QueryNode holds_term;
  holds_term.kind = NodeKind::label;
  holds_term.occur = Occur::required;
  holds_term.terms = {term};
  group.children.push_back(holds_term);
  narrowed.root = std::move(group);
  auto found = run(request, narrowed, limit);
  if (!found) return pass_on(found.error());
  const auto first =
      std::find_if(found->docs.begin(), found->docs.end(), [&](const FoundDoc& match) {
        return !gone_.contains(match.doc);
      });
  return first == found->docs.end() ? std::nullopt : std::optional(first->doc);
}

Result<bool> HitLister::leads_its_label(const SearchRequest& request,
                                        const QueryPlan& plan,
                                        DocId doc,
                                        const std::string& label) {
  const auto first =
      first_with(request, plan, label_term(labels_->field(), label), gone_.size() + 1);
  if (!first) return pass_on(first.error());
  return !*first || **first == doc;
}

Result<std::vector<FoundDoc>> HitLister::fold_labels(const SearchRequest& request,
                                                     const QueryPlan& plan,
                                                     const std::vector<FoundDoc>& docs,
                                                     bool is_first_page) {
  std::vector<FoundDoc> kept;
  std::unordered_set<std::string> seen;
  for (const FoundDoc& found : docs) {
    if (gone_.contains(found.doc)) continue;
    const auto label = labels_->label_of(found.doc);
    if (!label) return pass_on(label.error());
    Result<bool> leads = label->empty() || seen.insert(*label).second;
    if (*leads && !label->empty() && !is_first_page)
      leads = leads_its_label(request, plan, found.doc, *label);
    if (!leads) return pass_on(leads.error());
    if (*leads) kept.push_back(found);
  }
  return kept;
}

Result<HitList> HitLister::first_page(const SearchRequest& request, const QueryPlan& plan) {
  const auto limit = static_cast<std::size_t>(request.limit);
  auto list = folded(request, plan, limit + 1);
  if (!list || list->docs.size() <= limit) return list;
  list->docs.resize(limit);
  PageCursor next = cursor_for(request, limit);
  for (const FoundDoc& found : list->docs)
    next.shown.push_back(found.doc);
  if (limit > 0) list->next_cursor = encode_cursor(next);
  return list;
}

Result<HitList> HitLister::ranked_page(const SearchRequest& request,
                                       const QueryPlan& plan,
                                       const PageCursor& cursor) {
  FixedLists::List fixed = lists_.find(cursor.list, cursor.fingerprint, request.clock);
  // The counts of a page are those of now, also where the hits were fixed before.
  auto list = folded(request, plan, fixed ? 0 : kMaxRankedHits);
  if (!list) return list;
  std::uint64_t number = cursor.list;
  if (!fixed) {
    auto docs = std::make_shared<std::vector<FoundDoc>>(std::move(list->docs));
    // What the first page showed leads the list, whatever happened since.
    const std::unordered_set<DocId> shown(cursor.shown.begin(), cursor.shown.end());
    std::erase_if(*docs, [&](const FoundDoc& found) { return shown.contains(found.doc); });
    std::vector<FoundDoc> first;
    for (const DocId doc : cursor.shown)
      first.push_back({doc, 0, std::nullopt});
    docs->insert(docs->begin(), first.begin(), first.end());
    if (docs->size() > kMaxRankedHits) docs->resize(kMaxRankedHits);
    fixed = docs;
    // What the deadline cut short is no list to go by.
    if (!list->run.partial) number = lists_.keep(fixed, cursor.fingerprint, request.clock);
  }
  const std::size_t begin = std::min<std::size_t>(cursor.position, fixed->size());
  const std::size_t end = std::min(begin + static_cast<std::size_t>(request.limit), fixed->size());
  list->position = begin;
  list->docs.assign(fixed->begin() + static_cast<std::ptrdiff_t>(begin),
                    fixed->begin() + static_cast<std::ptrdiff_t>(end));
  if (end < fixed->size() && end > begin) {
    PageCursor next = cursor_for(request, end);
    next.list = number;
    if (number == 0) next.shown = cursor.shown;
    list->next_cursor = encode_cursor(next);
  }
  return list;
}

Result<HitList> HitLister::timed_page(const SearchRequest& request,
                                      const QueryPlan& plan,
                                      const std::optional<PageCursor>& cursor) {
  const auto limit = static_cast<std::size_t>(request.limit);
  if (cursor) relaxing_ = cursor->relaxing;
  shown_before_ = cursor ? cursor->position : 0;
  auto list = folded(request, plan, limit + 1, cursor ? cursor->after : std::nullopt);
  if (list) {
    list->position = shown_before_;
    list->groups = std::move(groups_);
  }
  if (!list || list->docs.size() <= limit) return list;
  list->docs.resize(limit);
  // After a deadline the next page would pass over what was not looked at.
  if (limit == 0 || list->run.partial) return list;
  PageCursor next = cursor_for(request, limit + shown_before_);
  next.relaxing = list->run.relaxing;
  next.after = TimePosition{list->docs.back().published, list->docs.back().doc};
  list->next_cursor = encode_cursor(next);
  return list;
}

}  // namespace broadsheet::server
