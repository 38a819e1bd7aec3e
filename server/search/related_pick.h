// Choosing links among scored candidates: no near-duplicates, and not the same thing ten times.
#pragma once

#include <functional>
#include <vector>

#include "schema/text.h"
#include "server/search/related_mix.h"
#include "server/search/related_subject.h"
#include "server/search/types.h"

namespace broadsheet::server {

struct PickedLink {
  std::size_t candidate = 0;  // index into the candidates
  Relation relation = Relation::background;
};

struct PickOptions {
  std::size_t limit = 10;
  Collapse collapse = Collapse::duplicate;
  // The relation of a candidate that is no near-duplicate.
  std::function<Relation(const Candidate&)> relation;
  std::vector<Relation> wanted;  // empty: all
  // Whether what has the subject's own text is shown all the same: to whoever writes a draft it is
  // news that an article has it already.
  bool shows_copies_of_subject = false;
};

struct Picks {
  std::vector<PickedLink> links;  // best first, pinned ones in their places
  std::size_t folded = 0;         // near-duplicates left out
  std::size_t unwanted = 0;       // left out for their relation
};

// Takes the best candidate again and again, counting off what is like the links already taken:
// maximal marginal relevance, Carbonell and Goldstein (1998). What is pinned comes in whatever its
// likeness, in the order of its places, and counts as taken before all others. Changes `nearest` of
// the candidates.
[[nodiscard]] Picks pick_links(std::vector<Candidate>& candidates,
                               const Subject& subject,
                               const PickOptions& options,
                               TextAnalyzer& analyzer);

}  // namespace broadsheet::server
