// Running plans over all parts: each by itself, their lists merged. Over one combined database a
// list in time order would lose its early stop, and parts would not hide each other's numbers.
#include <algorithm>
#include <cmath>

#include "server/store/index_reader.h"

namespace broadsheet::server {
namespace {

// Words or phrases that ask for something when read as `all`; with one or none, all and any are the
// same.
std::size_t loose_children(const QueryNode& group) {
  return static_cast<std::size_t>(
      std::count_if(group.children.begin(), group.children.end(), [](const QueryNode& child) {
        return child.occur == Occur::loose && !child.is_stop_word;
      }));
}

bool has_loose_group(const QueryNode& group) {
  return std::any_of(group.children.begin(), group.children.end(), [](const QueryNode& child) {
    return child.kind == NodeKind::group && (loose_children(child) > 1 || has_loose_group(child));
  });
}

// Whether relevance has anything to rank by.
bool has_words(const QueryNode& node) {
  if (node.occur == Occur::excluded || node.kind == NodeKind::label) return false;
  if (node.kind != NodeKind::group) return true;
  return std::any_of(node.children.begin(), node.children.end(), has_words);
}

MatchLimits limits_of(const RunRequest& request, std::int64_t displacement) {
  return {request.window, displacement, request.recency, request.limit, request.after};
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

void IndexReader::run_parts(const RunRequest& request, Reading reading, RunResult& result) {
  const bool by_time = request.sort != Sort::relevance || !has_words(request.root);
  const MatchLimits limits = limits_of(request, displacement_);
  Deadline deadline(request.deadline);
  Ranking ranking{BestDocs(request.limit), {}};
  result.docs.clear();
  result.count = {};
  for (const PartView& part : parts_) {
    const CompileContext context = context_for(part);
    const bool walk = by_time || is_small(request.root, request.exact_up_to, context);
    const Shape shape = walk ? Shape::cursors : Shape::bag_if_flat;
    CompiledQuery query = compile(request.root, request.filters, reading, shape, context);
    if (!by_time) {
      rank_matches(part, query, limits, deadline, ranking);
    } else if (request.sort == Sort::oldest) {
      merge(result.docs,
            oldest_matches(part, query, limits, deadline, result.count),
            is_older,
            request.limit);
    } else {
      merge(result.docs,
            newest_matches(part, query, limits, deadline, result.count),
            is_newer,
            request.limit);
    }
  }
  if (!by_time) {
    result.docs = ranking.best.take();
    result.count = ranking.count;
  }
  result.count.lower = std::max<std::uint64_t>(result.count.lower, result.docs.size());
  result.count.upper = std::min(result.count.upper, std::max(stats_.articles, result.count.lower));
  result.partial = deadline.has_passed();
}

// Every word when enough articles hold them all, any word otherwise; as the first page had it when
// a later one goes on.
void IndexReader::run_automatic(const RunRequest& request, RunResult& result) {
  const bool is_choice = loose_children(request.root) > 1 || has_loose_group(request.root);
  const bool must_relax = is_choice && request.relaxed.value_or(false);
  if (!must_relax) {
    // A list in time order ends with its last hit: not before it is known whether they are enough.
    RunRequest asking = request;
    const bool by_time = request.sort != Sort::relevance;
    if (by_time) asking.limit = std::max<std::size_t>(request.limit, kEnoughForAll);
    run_parts(asking, Reading::all, result);
    result.docs.resize(std::min(result.docs.size(), request.limit));
    const bool are_enough =
        result.count.lower >= kEnoughForAll || (!by_time && !result.count.exact);
    if (!is_choice || request.relaxed || are_enough || result.partial) return;
  }
  result.matched_all = false;
  result.relaxed = true;
  run_parts(request, Reading::any, result);
}

Result<RunResult> IndexReader::run(const RunRequest& request) {
  RunResult result;
  auto done = xapian_try([&] {
    if (request.match == MatchMode::automatic) return run_automatic(request, result);
    result.matched_all = request.match == MatchMode::all;
    run_parts(request, result.matched_all ? Reading::all_exact : Reading::any, result);
  });
  if (!done) return pass_on(done.error());
  // Between the bounds, nearer to the lower one: matches of several words overlap.
  const double low = static_cast<double>(std::max<std::uint64_t>(result.count.lower, 1));
  const double high = static_cast<double>(std::max<std::uint64_t>(result.count.upper, 1));
  result.estimate = result.count.exact
                        ? result.count.lower
                        : static_cast<std::uint64_t>(std::llround(std::sqrt(low * high)));
  return result;
}

Result<std::vector<FoundDoc>> IndexReader::run_bag(const std::vector<WeightedTerm>& terms,
                                                   std::size_t limit,
                                                   const TimeWindow& window,
                                                   Deadline::Clock::time_point until) {
  Ranking ranking{BestDocs(limit), {}};
  const MatchLimits limits{.window = window, .displacement = displacement_, .limit = limit};
  auto done = xapian_try([&] {
    Deadline deadline(until);
    for (const PartView& part : parts_) {
      CompiledQuery query = compile_bag(part, terms);
      if (!query.words.empty()) rank_matches(part, query, limits, deadline, ranking);
    }
  });
  if (!done) return pass_on(done.error());
  return ranking.best.take();
}

CompiledQuery IndexReader::compile_bag(const PartView& part,
                                       const std::vector<WeightedTerm>& terms) {
  CompiledQuery query;
  for (const WeightedTerm& term : terms) {
    auto cursor = std::make_unique<TermCursor>(part, term.term);
    if (cursor->doc() == kNoMoreDocs) continue;
    const Bm25Weight weight(stats_, articles_with(term.term), term.weight);
    query.words.push_back({cursor.get(), weight, cursor->bound(weight)});
    query.owned.push_back(std::move(cursor));
  }
  return query;
}

}  // namespace broadsheet::server
