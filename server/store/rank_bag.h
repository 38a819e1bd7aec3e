// Ranking a bag of words. Scores are summed up word by word over a stretch of articles at a time,
// in an array that fits the nearest cache; words whose bounds together cannot lift an article into
// the list do not lead, they are looked up for the articles that others led to (MaxScore: Turtle
// and Flood, "Query evaluation: strategies and optimizations", 1995).
#pragma once

#include "server/store/match.h"

namespace broadsheet::server {

// Ranks the articles of one part that hold one of the words or phrases into `best`. Throws
// Xapian::Error.
void rank_bag(const PartView& part,
              CompiledQuery& query,
              const MatchLimits& limits,
              Deadline& deadline,
              BestDocs& best);

}  // namespace broadsheet::server
