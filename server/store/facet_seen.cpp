// Where positions must tell whether an article matches, only as many candidates are judged as the
// list needs, a batch at a time.
#include "server/store/facet_seen.h"

#include <algorithm>

namespace broadsheet::server {
namespace {

// All candidates after a position, in no order.
std::vector<SeenPosition> candidates_of(const PartView& part,
                                        Cursor& matches,
                                        const GatherRequest& request,
                                        const std::optional<SeenPosition>& after,
                                        Deadline& deadline) {
  const auto column = part.times(DateField::ingested);
  Admission admission(part, request.limits);
  std::vector<SeenPosition> found;
  std::uint32_t ordinal = 0;
  matches.skip_to(admission.first());
  for (; matches.doc() <= admission.last() && !deadline.has_passed(); matches.next()) {
    const DocId doc = matches.doc();
    if (!admission.admits(doc) || request.left_out.contains(doc)) continue;
    ordinal = part.roster->ordinal_of(doc, ordinal);
    const SeenPosition position{column->times[ordinal].seconds(), doc};
    if (!after || is_seen_later(*after, position)) found.push_back(position);
  }
  return found;
}

// Of a batch, those that match; the cursor only goes forward.
void judge(std::vector<SeenPosition> batch,
           Cursor& matches,
           Deadline& deadline,
           std::vector<SeenPosition>& found) {
  std::sort(batch.begin(), batch.end(), [](const SeenPosition& a, const SeenPosition& b) {
    return a.doc < b.doc;
  });
  matches.rewind();
  for (const SeenPosition& candidate : batch) {
    if (deadline.has_passed()) return;
    matches.skip_to(candidate.doc);
    if (matches.matches(deadline)) found.push_back(candidate);
  }
}

}  // namespace

std::vector<SeenPosition> last_seen_matches(const PartView& part,
                                            Cursor& matches,
                                            const GatherRequest& request,
                                            const std::optional<SeenPosition>& after,
                                            Deadline& deadline) {
  std::vector<SeenPosition> all = candidates_of(part, matches, request, after, deadline);
  std::vector<SeenPosition> found;
  auto begin = all.begin();
  auto room = static_cast<std::ptrdiff_t>(request.limits.limit);
  while (begin != all.end() && found.size() < request.limits.limit && !deadline.has_passed()) {
    const auto end = begin + std::min(room, all.end() - begin);
    std::partial_sort(begin, end, all.end(), is_seen_later);
    if (matches.is_exact()) {
      found.insert(found.end(), begin, end);
    } else {
      judge({begin, end}, matches, deadline, found);
    }
    begin = end;
    room *= 2;
  }
  std::sort(found.begin(), found.end(), is_seen_later);
  if (found.size() > request.limits.limit) found.resize(request.limits.limit);
  return found;
}

}  // namespace broadsheet::server
