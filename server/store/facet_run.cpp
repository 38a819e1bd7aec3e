// The part of IndexReader that counts what matches hold.
#include <algorithm>
#include <numeric>

#include "server/store/facet_count.h"
#include "server/store/index_reader.h"

namespace broadsheet::server {
namespace {

// The articles of a part that hold a term, at most so many, evenly spread over it.
void add_some(const PartView& part,
              const std::string& term,
              std::size_t most,
              std::vector<DocId>& docs) {
  const std::vector<DocId>& all = part.roster->docs;
  const bool takes_all = part.facts(term).articles <= most;
  HiddenWalk hidden(part);
  TermCursor cursor(part, term);
  for (std::size_t i = 0; cursor.doc() != kNoMoreDocs && (takes_all || i < most); ++i) {
    if (!takes_all) cursor.skip_to(all[i * all.size() / most]);
    const DocId doc = cursor.doc();
    if (doc == kNoMoreDocs) return;
    const bool is_new = docs.empty() || docs.back() != doc;
    if (is_new && !hidden.hides(doc)) docs.push_back(doc);
    if (takes_all) cursor.next();
  }
}

void count_visible(const PartView& part, DateField field, TimeCounter& counter) {
  const auto column = part.times(field);
  const std::vector<DocId>& docs = part.roster->docs;
  HiddenWalk hidden(part);
  for (std::size_t ordinal = 0; ordinal < docs.size(); ++ordinal) {
    if (!hidden.hides(docs[ordinal])) counter.add(column->times[ordinal], 1);
  }
}

}  // namespace

Result<AllMatches> IndexReader::gather(const GatherPlan& plan, Deadline& deadline) {
  AllMatches all;
  const GatherRequest request{
      {.window = plan.window, .dates = plan.dates, .displacement = displacement_},
      plan.left_out,
      plan.spared_steps,
      plan.most_kept};
  auto done = xapian_try([&] {
    for (const PartView& part : parts_) {
      const CompiledQuery query =
          compile(plan.root, plan.filters, plan.reading, Shape::matches_only, context_for(part));
      all.parts.push_back(gather_matches(part, *query.matches, request, deadline));
    }
  });
  if (!done) return pass_on(done.error());
  return all;
}

Result<LabelCounts> IndexReader::count_labels(const AllMatches& matches, Field field) {
  LabelCounter counter;
  // The largest first.
  std::vector<std::size_t> order(parts_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
    return parts_[a].roster->docs.size() > parts_[b].roster->docs.size();
  });
  auto done = xapian_try([&] {
    for (const std::size_t i : order) {
      if (!matches.parts[i].ordinals.empty())
        counter.add(parts_[i].labels(field), matches.parts[i]);
    }
  });
  if (!done) return pass_on(done.error());
  return counter.take();
}

Result<TimeExtent> IndexReader::extent_of(const AllMatches& matches, DateField field) {
  TimeExtent extent;
  auto done = xapian_try([&] {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const auto column = parts_[i].times(field);
      for (const std::uint32_t ordinal : matches.parts[i].ordinals)
        extent.add(column->times[ordinal]);
    }
  });
  if (!done) return pass_on(done.error());
  return extent;
}

Result<std::vector<double>> IndexReader::count_times(const AllMatches& matches,
                                                     DateField field,
                                                     const TimeBounds& bounds) {
  TimeCounter counter(bounds);
  auto done = xapian_try([&] {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const auto column = parts_[i].times(field);
      for (const std::uint32_t ordinal : matches.parts[i].ordinals)
        counter.add(column->times[ordinal], matches.parts[i].weight);
    }
  });
  if (!done) return pass_on(done.error());
  return counter.counts();
}

Result<std::vector<double>> IndexReader::count_all_times(DateField field,
                                                         const TimeBounds& bounds) {
  TimeCounter counter(bounds);
  auto done = xapian_try([&] {
    for (const PartView& part : parts_)
      count_visible(part, field, counter);
  });
  if (!done) return pass_on(done.error());
  return counter.counts();
}

Result<std::vector<SeenPosition>> IndexReader::last_seen(const GatherPlan& plan,
                                                         std::size_t limit,
                                                         const std::optional<SeenPosition>& after,
                                                         Deadline& deadline) {
  std::vector<SeenPosition> found;
  const GatherRequest request{
      {.window = plan.window, .dates = plan.dates, .displacement = displacement_, .limit = limit},
      plan.left_out};
  auto done = xapian_try([&] {
    for (const PartView& part : parts_) {
      const CompiledQuery query =
          compile(plan.root, plan.filters, plan.reading, Shape::matches_only, context_for(part));
      const auto more = last_seen_matches(part, *query.matches, request, after, deadline);
      found.insert(found.end(), more.begin(), more.end());
    }
  });
  if (!done) return pass_on(done.error());
  std::sort(found.begin(), found.end(), is_seen_later);
  if (found.size() > limit) found.resize(limit);
  return found;
}

Result<std::vector<std::string>> IndexReader::labels_of(DocId doc, Field field) {
  std::vector<std::string> labels;
  auto done = xapian_try([&] {
    for (const PartView& part : parts_) {
      const std::vector<DocId>& docs = part.roster->docs;
      const auto place = std::lower_bound(docs.begin(), docs.end(), doc);
      if (place == docs.end() || *place != doc) continue;
      const auto column = part.labels(field);
      const auto ordinal = static_cast<std::size_t>(place - docs.begin());
      for (auto i = column->begins[ordinal]; i < column->begins[ordinal + 1]; ++i)
        labels.push_back(column->names[column->values[i]]);
      return;  // older parts hold what this one hides
    }
  });
  if (!done) return pass_on(done.error());
  return labels;
}

Result<std::vector<DocId>> IndexReader::some_with(const std::string& term, std::size_t most) {
  std::vector<DocId> docs;
  auto done = xapian_try([&] {
    for (const PartView& part : parts_)
      add_some(part, term, most, docs);
  });
  if (!done) return pass_on(done.error());
  return docs;
}

}  // namespace broadsheet::server
