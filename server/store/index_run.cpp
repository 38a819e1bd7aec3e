// Running plans over all parts: each by itself, their lists merged. Over one combined database a
// list in time order would lose its early stop, and parts would not hide each other's numbers.
#include <algorithm>

#include "server/store/index_reader.h"
#include "server/store/match_count.h"

namespace broadsheet::server {
namespace {

// Ranking any of several words looks at few of their articles; counting must not cost more.
constexpr std::uint64_t kCountedOfUnion = 2000;

// Whether relevance has anything to rank by.
bool has_words(const QueryNode& node) {
  if (node.occur == Occur::excluded || node.kind == NodeKind::label) return false;
  if (node.kind != NodeKind::group) return true;
  return std::any_of(node.children.begin(), node.children.end(), has_words);
}

bool is_by_time(const RunRequest& request) {
  return request.sort != Sort::relevance || !has_words(request.root);
}

MatchLimits limits_of(const RunRequest& request, std::int64_t displacement) {
  return {request.window,
          request.dates,
          displacement,
          request.recency,
          request.score_labels,
          request.limit,
          request.after,
          request.count_up_to};
}

void merge(std::vector<FoundDoc>& all,
           std::vector<FoundDoc> more,
           bool (*before)(const FoundDoc&, const FoundDoc&),
           std::size_t limit) {
  all.insert(all.end(), more.begin(), more.end());
  std::sort(all.begin(), all.end(), before);
  if (all.size() > limit) all.resize(limit);
}

}  // namespace

// Lists what one part has, and counts it where that comes by the way.
std::optional<MatchCount> IndexReader::list_part(const PartView& part,
                                                 const Attempt& attempt,
                                                 Deadline& deadline,
                                                 std::vector<FoundDoc>& docs,
                                                 BestDocs& best) {
  const RunRequest& request = attempt.request;
  const MatchLimits limits = limits_of(request, displacement_);
  const CompileContext context = context_for(part);
  const auto compiled = [&](Shape shape) {
    return compile(attempt.root, request.filters, attempt.reading, shape, context);
  };
  if (!is_by_time(request)) {
    const bool walk = is_small(attempt.root, request.walk_up_to, context);
    CompiledQuery query = compiled(walk ? Shape::cursors : Shape::bag_if_flat);
    return rank_matches(part, query, limits, deadline, best);
  }
  CompiledQuery query = compiled(Shape::matches_only);
  std::optional<MatchCount> count;
  const bool is_oldest = request.sort == Sort::oldest;
  const auto list = is_oldest ? oldest_matches : newest_matches;
  merge(docs,
        list(part, query, limits, deadline, count),
        is_oldest ? is_older : is_newer,
        request.limit);
  return count;
}

MatchCount IndexReader::count_part(const PartView& part,
                                   const Attempt& attempt,
                                   Deadline& deadline) {
  const std::vector<QueryNode>& filters = attempt.request.filters;
  MatchLimits limits = limits_of(attempt.request, displacement_);
  const CompileContext context = context_for(part);
  const SizeBounds bounds = size_bounds(attempt.root, filters, attempt.reading, context);
  const bool is_ranked_union = bounds.lower > 0 && !is_by_time(attempt.request);
  if (is_ranked_union) limits.count_up_to = std::min(limits.count_up_to, kCountedOfUnion);
  if (const auto known = known_count(part, bounds, limits)) return *known;
  const CompiledQuery query =
      compile(attempt.root, filters, attempt.reading, Shape::matches_only, context);
  return count_matches(part, *query.matches, bounds, limits, deadline);
}

void IndexReader::run_parts(const Attempt& attempt, RunResult& result) {
  Deadline deadline(attempt.request.deadline);
  BestDocs best(attempt.request.limit);
  std::vector<std::optional<MatchCount>> counts;
  result.docs.clear();
  result.reading = attempt.reading;
  for (const PartView& part : parts_)
    counts.push_back(list_part(part, attempt, deadline, result.docs, best));
  if (!is_by_time(attempt.request)) result.docs = best.take();
  // A deadline that passes while it counts takes nothing from the list.
  result.partial = deadline.has_passed();
  result.count = {};
  for (std::size_t i = 0; i < parts_.size(); ++i)
    result.count += counts[i] ? *counts[i] : count_part(parts_[i], attempt, deadline);
}

// Every word when enough articles hold them all, fewer otherwise; as the first page had it when a
// later one goes on.
void IndexReader::run_automatic(const RunRequest& request, RunResult& result) {
  for (const Relaxing relaxing : {Relaxing::none, Relaxing::runs, Relaxing::words}) {
    if (relaxing != request.relaxing.value_or(relaxing)) continue;
    if (!run_relaxed(request, relaxing, result)) continue;
    const bool are_enough = result.count.lower >= kEnoughForAll || !result.count.exact;
    if (are_enough || result.partial) return;
  }
}

// Runs with so much given up; false when that is nothing more than the step before.
bool IndexReader::run_relaxed(const RunRequest& request, Relaxing relaxing, RunResult& result) {
  std::optional<QueryNode> apart;
  if (relaxing != Relaxing::none) apart = with_runs_apart(request.root);
  const QueryNode& root = apart ? *apart : request.root;
  const bool is_more = relaxing == Relaxing::none || (relaxing == Relaxing::runs && apart) ||
                       (relaxing == Relaxing::words && can_relax(root));
  if (!is_more) return false;
  result.relaxing = relaxing;
  run_parts({request, root, relaxing == Relaxing::words ? Reading::any : Reading::all}, result);
  return true;
}

Result<RunResult> IndexReader::run(const RunRequest& request) {
  RunResult result;
  if (request.window.is_empty()) return result;
  auto done = xapian_try([&] {
    if (request.match == MatchMode::automatic) return run_automatic(request, result);
    const bool match_all = request.match == MatchMode::all;
    run_parts({request, request.root, match_all ? Reading::all_exact : Reading::any}, result);
  });
  if (!done) return pass_on(done.error());
  return result;
}

Result<std::optional<std::size_t>> IndexReader::rank_of(const RunRequest& request,
                                                        const QueryNode& root,
                                                        Reading reading,
                                                        DocId doc) {
  RunResult ranked;
  auto done = xapian_try([&] { run_parts({request, root, reading}, ranked); });
  if (!done) return pass_on(done.error());
  const auto found = std::find_if(ranked.docs.begin(),
                                  ranked.docs.end(),
                                  [doc](const FoundDoc& listed) { return listed.doc == doc; });
  if (found == ranked.docs.end()) return std::optional<std::size_t>();
  return std::optional(static_cast<std::size_t>(found - ranked.docs.begin()) + 1);
}

Result<std::vector<FoundDoc>> IndexReader::run_bag(const std::vector<WeightedTerm>& terms,
                                                   std::size_t limit,
                                                   const TimeWindow& window,
                                                   Deadline::Clock::time_point until) {
  BestDocs best(limit);
  const MatchLimits limits{.window = window, .displacement = displacement_, .limit = limit};
  auto done = xapian_try([&] {
    Deadline deadline(until);
    for (const PartView& part : parts_) {
      CompiledQuery query = compile_bag(part, terms);
      if (!query.words.empty()) rank_matches(part, query, limits, deadline, best);
    }
  });
  if (!done) return pass_on(done.error());
  return best.take();
}

CompiledQuery IndexReader::compile_bag(const PartView& part,
                                       const std::vector<WeightedTerm>& terms) {
  CompiledQuery query;
  for (const WeightedTerm& term : terms) {
    auto cursor = std::make_unique<TermCursor>(part, term.term);
    if (cursor->doc() == kNoMoreDocs) continue;
    const Bm25Weight weight(stats_, articles_with(term.term), term.weight);
    query.words.push_back({cursor.get(), weight, cursor->bound(weight), std::nullopt, true});
    query.owned.push_back(std::move(cursor));
  }
  return query;
}

}  // namespace broadsheet::server
