// Lists in time order. Numbers ascend from the newest article, so a list ends as soon as no later
// number can hold a newer article: numbers lie behind their time by at most the displacement.
#include <algorithm>

#include "server/store/admission.h"
#include "server/store/match.h"

namespace broadsheet::server {
namespace {

// Whether an article comes after those of the pages before.
bool is_wanted(const FoundDoc& found,
               const MatchLimits& limits,
               bool (*before)(const FoundDoc&, const FoundDoc&)) {
  return !limits.after || before({limits.after->doc_id, 0, limits.after->published}, found);
}

void keep_first(std::vector<FoundDoc>& found,
                std::size_t limit,
                bool (*before)(const FoundDoc&, const FoundDoc&)) {
  std::sort(found.begin(), found.end(), before);
  if (found.size() > limit) found.resize(limit);
}

// The last number that may still hold an article as new as the ones found.
DocId last_number_for(const std::vector<FoundDoc>& found, std::int64_t displacement) {
  std::int64_t last = 0;
  for (const FoundDoc& doc : found) {
    // Undated articles are ordered by their numbers.
    const std::int64_t own = doc.published ? std::int64_t{doc_id_for(doc.published)} + displacement
                                           : std::int64_t{doc.doc};
    last = std::max(last, own);
  }
  return static_cast<DocId>(std::min<std::int64_t>(last, kLastDocId));
}

// Gathers the newest matches as they come by in ascending order of numbers.
class NewestFound {
 public:
  NewestFound(const MatchLimits& limits, DocId last)
      : limits_(limits), stop_(limits.limit == 0 ? 0 : last) {}

  // Beyond this number nothing new enough comes.
  [[nodiscard]] DocId stop() const { return stop_; }

  void take(const FoundDoc& candidate) {
    if (!is_wanted(candidate, limits_, is_newer)) return;
    found_.push_back(candidate);
    if (found_.size() != limits_.limit) return;
    stop_ = std::min(stop_, last_number_for(found_, limits_.displacement));
  }

  [[nodiscard]] std::vector<FoundDoc> in_order() {
    keep_first(found_, limits_.limit, is_newer);
    return std::move(found_);
  }

 private:
  const MatchLimits& limits_;
  DocId stop_;
  std::vector<FoundDoc> found_;
};

}  // namespace

bool is_newer(const FoundDoc& a, const FoundDoc& b) {
  if (a.published != b.published)
    return a.published > b.published;  // nothing is less than any time
  return a.doc < b.doc;
}

bool is_older(const FoundDoc& a, const FoundDoc& b) {
  if (a.published.has_value() != b.published.has_value()) return a.published.has_value();
  if (a.published != b.published) return a.published < b.published;
  return a.doc < b.doc;
}

std::vector<FoundDoc> newest_matches(const PartView& part,
                                     CompiledQuery& query,
                                     const MatchLimits& limits,
                                     Deadline& deadline,
                                     std::optional<MatchCount>& count) {
  Admission admission(part, limits);
  Cursor& matches = *query.matches;
  DocId start = admission.first();
  if (limits.after) start = std::max(start, doc_id_for(limits.after->published));
  NewestFound found(limits, admission.last());
  std::uint64_t seen = 0;
  matches.skip_to(start);
  for (; matches.doc() <= found.stop() && !deadline.has_passed(); matches.next()) {
    const DocId doc = matches.doc();
    if (!admission.admits(doc) || !matches.matches(deadline)) continue;
    ++seen;
    found.take({doc, 0, admission.published(doc)});
  }
  if (matches.doc() > admission.last() && start == admission.first())
    count = MatchCount::exactly(seen);
  return found.in_order();
}

std::vector<FoundDoc> oldest_matches(const PartView& part,
                                     CompiledQuery& query,
                                     const MatchLimits& limits,
                                     Deadline& deadline,
                                     std::optional<MatchCount>& count) {
  Admission admission(part, limits);
  Cursor& matches = *query.matches;
  // Pruned to the best when it has grown to some multiple, so that memory stays bounded.
  const std::size_t room = limits.limit * 4 + 256;
  std::vector<FoundDoc> found;
  std::uint64_t seen = 0;
  for (matches.skip_to(admission.first()); matches.doc() <= admission.last(); matches.next()) {
    if (deadline.has_passed()) break;
    const DocId doc = matches.doc();
    if (!admission.admits(doc) || !matches.matches(deadline)) continue;
    ++seen;
    const FoundDoc candidate{doc, 0, admission.published(doc)};
    if (!is_wanted(candidate, limits, is_older)) continue;
    found.push_back(candidate);
    if (found.size() == room) keep_first(found, limits.limit, is_older);
  }
  if (matches.doc() > admission.last()) count = MatchCount::exactly(seen);
  keep_first(found, limits.limit, is_older);
  return found;
}

}  // namespace broadsheet::server
