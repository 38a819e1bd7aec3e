// A facet's own filter is left out of its counts, so that what else could be chosen shows. Facets
// without one share one walk over all matches.
#include "server/search/facets.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "server/search/filters.h"
#include "server/search/histogram.h"

namespace broadsheet::server {
namespace {

// A story with one match may be an article alone, which is no story: of so many labels at most that
// is looked up.
constexpr std::ptrdiff_t kMostStories = 2000;

// What judging a few hundred candidates of a phrase takes in word positions, kept for each walk
// still to come.
constexpr std::uint64_t kStepsOfWalk = 80'000;

// Most frequent first; equal ones in alphabetical order, so that the answer is always the same.
bool is_before(const ValueCount& a, const ValueCount& b) {
  return a.count != b.count ? a.count > b.count : a.name < b.name;
}

TimeZone zone_of(const std::string& name) {
  const auto zone = TimeZone::find(name);
  return zone ? *zone : TimeZone::find("UTC").value();
}

// Takes over what counting all matches says better than listing some did.
void refine(const MatchCount& count, Total& total) {
  if (total.relation == Total::Relation::eq) return;
  if (count.exact) {
    total = {count.lower, Total::Relation::eq, count.lower, count.lower};
    return;
  }
  total.lower = std::max(total.lower, count.lower);
  total.upper = std::max(total.lower, std::min(total.upper, count.upper));
  if (count.estimate <= total.lower) return;
  total.value = std::min(count.estimate, total.upper);
  total.relation = Total::Relation::approx;
}

std::uint64_t rounded(double count) {
  return static_cast<std::uint64_t>(std::llround(count));
}

}  // namespace

bool wants_counts(const SearchRequest& request) {
  return !request.facets.empty() || request.histogram.has_value();
}

MatchCounting::MatchCounting(ReadSession& session, FacetNames& names, const Search& search)
    : session_(session),
      names_(names),
      search_(search),
      zone_(zone_of(search.request.tz)),
      deadline_(search.request.deadline) {
  for (const FacetRow& row : search.request.facets) {
    if (row.field && has_filter_on(*row.field)) ++sets_to_come_;
  }
}

bool MatchCounting::has_filter_on(Field field) const {
  const std::vector<Filter>& filters = search_.request.filters;
  return std::any_of(filters.begin(), filters.end(), [field](const Filter& filter) {
    return filter.field == field;
  });
}

Result<const AllMatches*> MatchCounting::matches_for(std::optional<Field> own) {
  if (own && !has_filter_on(*own)) own.reset();
  if (const auto found = gathered_.find(own); found != gathered_.end()) return &found->second;
  if (own) --sets_to_come_;
  std::vector<QueryNode> filters;
  for (const Filter& filter : search_.request.filters) {
    if (filter.field != own) filters.push_back(filter_node(filter));
  }
  auto matches = session_.index.gather({.root = search_.root,
                                        .reading = search_.reading,
                                        .filters = filters,
                                        .window = search_.request.window,
                                        .dates = search_.request.dates,
                                        .left_out = search_.gone,
                                        .spared_steps = sets_to_come_ * kStepsOfWalk},
                                       deadline_);
  if (!matches) return pass_on(matches.error());
  return &gathered_.emplace(own, std::move(*matches)).first->second;
}

Result<void> MatchCounting::fill(SearchResponse& response) {
  const auto matches = matches_for(std::nullopt);
  if (!matches) return pass_on(matches.error());
  refine((*matches)->count(), response.total);
  const SearchRequest& request = search_.request;
  if (request.histogram) {
    auto histogram =
        make_histogram(session_.index, **matches, request.dates.field, *request.histogram, zone_);
    if (!histogram) return pass_on(histogram.error());
    response.histogram = std::move(*histogram);
  }
  for (const FacetRow& row : request.facets) {
    auto counted = facet(row);
    if (!counted) return pass_on(counted.error());
    response.facets.push_back(std::move(*counted));
  }
  response.partial = response.partial || deadline_.has_passed_so_far();
  return {};
}

Result<Facet> MatchCounting::facet(const FacetRow& row) {
  const auto matches = matches_for(row.field);
  if (!matches) return pass_on(matches.error());
  auto values = row.field ? label_values(**matches, *row.field) : year_values(**matches);
  if (!values) return pass_on(values.error());
  return Facet{row, std::move(*values), !(*matches)->is_exact()};
}

Result<std::vector<FacetValue>> MatchCounting::label_values(const AllMatches& matches,
                                                            Field field) {
  auto counts = session_.index.count_labels(matches, field);
  if (!counts) return pass_on(counts.error());
  std::vector<ValueCount>& all = counts->values;
  const auto wanted = static_cast<std::size_t>(search_.request.facet_limit);
  std::vector<FacetValue> values;
  // A piece at a time, each twice as long as those before it: of sources, names are passed over
  // beside ids, of stories those of one article.
  auto begin = all.begin();
  const auto last =
      field == Field::story ? begin + std::min(kMostStories, all.end() - begin) : all.end();
  while (begin != last && values.size() < wanted) {
    const auto seen = begin - all.begin();
    const auto piece = std::max(static_cast<std::ptrdiff_t>(2 * wanted), 2 * seen);
    const auto end = begin + std::min(piece, last - begin);
    std::partial_sort(begin, end, all.end(), is_before);
    for (; begin != end && values.size() < wanted; ++begin) {
      auto label = names_.spelling(session_, field, begin->name);
      if (!label) return pass_on(label.error());
      if (!*label) continue;
      values.push_back(
          {std::move((*label)->value), std::move((*label)->name), rounded(begin->count)});
    }
  }
  return values;
}

Result<std::vector<FacetValue>> MatchCounting::year_values(const AllMatches& matches) {
  const DateField field = search_.request.dates.field;
  const auto extent = session_.index.extent_of(matches, field);
  if (!extent) return pass_on(extent.error());
  const auto plan = plan_buckets(*extent, Interval::year, zone_);
  if (!plan) return pass_on(plan.error());
  const auto counts = session_.index.count_times(matches, field, plan->bounds);
  if (!counts) return pass_on(counts.error());
  std::vector<FacetValue> values;
  for (std::size_t i = 0; i < plan->starts.size(); ++i) {
    if ((*counts)[i] > 0)
      values.push_back({plan->starts[i].substr(0, 4), {}, rounded((*counts)[i])});
  }
  std::sort(values.begin(), values.end(), [](const FacetValue& a, const FacetValue& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  const auto wanted = static_cast<std::size_t>(search_.request.facet_limit);
  if (values.size() > wanted) values.resize(wanted);
  return values;
}

}  // namespace broadsheet::server
