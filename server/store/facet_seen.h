// Lists by when articles were first seen, newest first: what feeds show. No order of the index
// helps, so all matches are looked up in the column of that time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/store/facet_matches.h"

namespace broadsheet::server {

// Where such a list goes on: after this time and number. Equal times go by number, so that the
// order outlives a rebuild.
struct SeenPosition {
  std::int64_t seen = 0;
  DocId doc = 0;

  friend auto operator<=>(const SeenPosition&, const SeenPosition&) = default;
};

// Whether `a` comes before `b`.
[[nodiscard]] inline bool is_seen_later(const SeenPosition& a, const SeenPosition& b) {
  return a.seen != b.seen ? a.seen > b.seen : a.doc < b.doc;
}

// The first `limit` matches of one part after a position. Throws Xapian::Error.
[[nodiscard]] std::vector<SeenPosition> last_seen_matches(const PartView& part,
                                                          Cursor& matches,
                                                          const GatherRequest& request,
                                                          const std::optional<SeenPosition>& after,
                                                          Deadline& deadline);

}  // namespace broadsheet::server
